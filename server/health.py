"""Whether the process lives."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse


async def healthz(_request: Request) -> PlainTextResponse:
    """Answers as long as the event loop turns."""
    return PlainTextResponse("ok\n")
