"""Cursors, as the server of the tests would have given them."""

from uuid import UUID

from auth import tokens
from realtime import outbox
from realtime.cursor import Cursors, Spot

SECRET = "5e" * 32


async def cursor(token: str | None, stream_id: UUID, sequence: int = 0) -> str:
    """The cursor of whoever has this token at a place in a stream; at its beginning if not told."""
    viewer = None if token is None else await tokens.viewer_of(token)
    holder_id = None if viewer is None else viewer.holder_id
    spot = Spot(sequence, (await outbox.position(stream_id)).epoch)
    return Cursors(bytes.fromhex(SECRET)).write(spot, stream_id, holder_id)
