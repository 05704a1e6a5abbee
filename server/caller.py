"""Requests to addresses that others chose: each checked when it is called, and limited in time."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Self

import httpcore

from server.address import Gate, Place

AT_ONCE = 20
ANSWERS = (httpcore.NetworkError, httpcore.ProtocolError, OSError)


class Late(Exception):
    """It did not answer in time."""


class Unreached(Exception):
    """It could not be reached, or did not speak HTTP."""


class Network(httpcore.AsyncNetworkBackend):
    """Connects to the very address that was checked, so that a name cannot change in between.

    The name goes on standing in the request and in the TLS handshake.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 — the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of the host that answers. Raises `Refused`."""
        *others, last = await self._gate.addresses(host, port)
        for address in others:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError:
                continue
        return await self._network.connect_tcp(last, port, timeout, local_address, socket_options)


class Caller:
    """Posts, at most `AT_ONCE` at a time and `seconds` long each; an async context manager."""

    def __init__(self, gate: Gate, seconds: float) -> None:
        self._seconds = seconds
        # each request has a connection of its own, checked when it is made
        self._pool = httpcore.AsyncConnectionPool(
            network_backend=Network(gate), max_connections=AT_ONCE, max_keepalive_connections=0
        )

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._pool.aclose()

    async def post(
        self, place: Place, headers: Mapping[bytes | str, bytes | str], body: bytes
    ) -> int:
        """The status of one attempt; what else is answered is not read.

        Raises `Refused` for what may not be called, `Late`, `Unreached`.
        """
        url = httpcore.URL(
            scheme=place.scheme, host=place.host, port=place.port, target=place.target
        )
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._pool.stream("POST", url, headers=headers, content=body) as answer,
            ):
                return int(answer.status)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise Late from error
        except ANSWERS as error:
            raise Unreached from error
