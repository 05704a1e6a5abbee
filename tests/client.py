"""A client of the running server, as a frontend is: documents over HTTP, events over a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import websockets

SECONDS = 10.0


@dataclass
class Client:
    """Somebody who speaks to the server at `http` and `ws`, with a bearer token or without one."""

    http: str
    ws: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole answer to an operation: data and errors."""
        headers = dict(self.headers)
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        body = orjson.dumps({"query": document, "variables": variables}, default=str)
        headers["Content-Type"] = "application/json"
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            response = await client.post(self.http, content=body, headers=headers)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = await self.send(document, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
        """The payload of one mutation, with the fields asked for and the errors."""
        name = mutation[0].upper() + mutation[1:]
        document = (
            f"mutation ($input: {name}Input!) {{ {mutation}(input: $input)"
            f" {{ {fields} errors {{ code field message }} }} }}"
        )
        data = await self.ask(document, input=given)
        payload: dict[str, Any] = data[mutation]
        return payload

    @asynccontextmanager
    async def stream(self, document: str, **variables: Any) -> AsyncIterator[AsyncIterator[Any]]:
        """Subscribe by server-sent events; the block runs when the server has answered."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "text/event-stream"}
        body = orjson.dumps({"query": document, "variables": variables}, default=str)
        headers["Content-Type"] = "application/json"
        async with (
            httpx.AsyncClient(timeout=SECONDS) as client,
            client.stream("POST", self.http, content=body, headers=headers) as response,
        ):
            assert response.headers["content-type"].startswith("text/event-stream")
            yield _results(response)

    @asynccontextmanager
    async def follow(self, document: str, **variables: Any) -> AsyncIterator["Following"]:
        """Subscribe over a socket of its own; from now on, unless `after` says otherwise.

        The block runs when the server has given its first word, a heartbeat or a refusal.
        """
        async with websockets.connect(
            self.ws, subprotocols=[websockets.Subprotocol("graphql-transport-ws")]
        ) as socket:
            payload = {} if self.token is None else {"authorization": f"Bearer {self.token}"}
            await _send(socket, {"type": "connection_init", "payload": payload})
            following = Following(socket)
            task = asyncio.create_task(following.read())
            try:
                if await following.acknowledged():
                    request = {"query": document, "variables": variables}
                    await _send(socket, {"id": "1", "type": "subscribe", "payload": request})
                    await following.opened("after" not in variables)
                yield following
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


@dataclass
class Following:
    """What a subscription has brought so far."""

    socket: websockets.ClientConnection
    messages: list[dict[str, Any]] = field(default_factory=list)
    close_code: int | None = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Collect messages until the socket closes."""
        with suppress(websockets.ConnectionClosed):
            while True:
                self.messages.append(orjson.loads(await self.socket.recv()))
                self._arrived.set()
        self.close_code = self.socket.close_code
        self._arrived.set()

    async def acknowledged(self) -> bool:
        """Whether the server took the credential, rather than close the socket."""
        await self.until(lambda: self._of("connection_ack") or self.close_code)
        return self.close_code is None

    async def opened(self, from_now: bool) -> None:
        """Wait for the heartbeat that opens a feed followed from now on, and lay it aside."""
        if not from_now:
            return
        await self.until(lambda: self.results() or self.close_code)
        if self.results() and "errors" not in self.results()[0]:
            self.messages[:] = [m for m in self.messages if m["type"] != "next"]

    async def events(self, count: int, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """The first `count` results, waited for."""
        await self.until(lambda: len(self.results()) >= count, seconds)
        return self.results()[:count]

    def results(self) -> list[dict[str, Any]]:
        """The results so far, oldest first."""
        return [message["payload"] for message in self._of("next")]

    async def completed(self, seconds: float = SECONDS) -> None:
        """Wait until the server ends the stream."""
        await self.until(lambda: self._of("complete") or self._of("error"), seconds)

    def broken_off(self) -> list[str]:
        """The codes of the error that ended the stream, if one did."""
        errors = [error for message in self._of("error") for error in message["payload"]]
        return [error["extensions"]["code"] for error in errors]

    async def closed(self, seconds: float = SECONDS) -> int:
        """The code by which the server closed the socket, waited for."""
        await self.until(lambda: self.close_code is not None, seconds)
        assert self.close_code is not None
        return self.close_code

    async def until(self, happened: Any, seconds: float = SECONDS) -> None:
        """Wait until something is so. Raises `TimeoutError`, telling what came instead."""
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise TimeoutError(f"got only {self.messages}") from None

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]


async def _send(socket: websockets.ClientConnection, message: dict[str, Any]) -> None:
    await socket.send(orjson.dumps(message, default=str).decode())


async def _results(response: httpx.Response) -> AsyncIterator[Any]:
    """The data of each `next` event."""
    kind = ""
    async for line in response.aiter_lines():
        if line.startswith("event:"):
            kind = line.partition(":")[2].strip()
        if line.startswith("data:") and kind == "next":
            yield orjson.loads(line.partition(":")[2])
