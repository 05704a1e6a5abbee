"""HTTP with an end: a request arrives in time and its answer is read in time, or it is cut."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from server.bound import Config, Deadline, cut


class Exchange(HttpToolsProtocol):
    """HTTP: a request arrives in time, a response is read in time, or the connection is cut."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], **rest: Any
    ) -> None:
        super().__init__(config, server_state, app_state, **rest)
        self.arrival = Deadline(config.bounds.request_seconds)
        self.stall = Deadline(config.bounds.stall_seconds)
        self.is_whole = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.arrival.start(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.arrival.stop()
        self.stall.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Any byte ends uvicorn's keep-alive timeout, so any byte but a request's last starts ours.
        self.is_whole = False
        super().data_received(data)
        if self.is_whole:
            self.arrival.stop()
        elif self.parser is not None:
            self.arrival.start(self.transport)

    def on_message_begin(self) -> None:
        self.is_whole = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self.is_whole = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._end()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._end()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stall.start(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self.stall.stop()

    def handle_websocket_upgrade(self) -> None:
        """A socket begins on a quiet connection: what stalls the response would be forgotten."""
        if self.cycle is None or self.cycle.response_complete:
            self.stall.stop()
            super().handle_websocket_upgrade()
        else:
            cut(self.transport)

    def _end(self) -> None:
        """A closed connection lives on until its last byte is taken: not for ever."""
        if self.transport.is_closing():
            self.stall.start(self.transport)
