"""The sending side of one socket, for all but the live feed."""

from typing import Any

from strawberry.asgi import ASGIWebSocketAdapter

from server.request import Refused

REASON_BYTES = 123


class Adapter(ASGIWebSocketAdapter):
    """Says what the library has no words for, and no more than a frame has room for."""

    async def refuse(self, operation_id: Any, refusal: Refused) -> None:
        """End one operation that never was one."""
        message = {"id": operation_id, "type": "error", "payload": [refusal.told]}
        await self.send_json(message)

    async def close(self, code: int, reason: str) -> None:
        """Close, with as much of the reason as there is room for: it may be the client's own."""
        await super().close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))
