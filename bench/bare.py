"""The yardstick: two handlers of Starlette with one statement each, and nothing else.

`python -m bench.bare` serves them on the engines of DATABASE_URL, at PORT. It knows one viewer's
rights from the statement alone and no other rule of the house.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth import secrets, tokens
from bench import statement
from server.settings import Settings, read


def create_app(settings: Settings) -> Starlette:
    """The application on a pool as large as that of the server."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        size = settings.pool_size
        async with asyncpg.create_pool(
            settings.database_url, min_size=2, max_size=size, command_timeout=10, reset=_leave
        ) as pool:
            app.state.pool = pool
            yield

    routes = [
        Route("/feed", feed_page, methods=["POST"]),
        Route("/viewer", viewer, methods=["POST"]),
    ]
    return Starlette(lifespan=lifespan, routes=routes)


async def feed_page(request: Request) -> Response:
    """The feed page of the neighbourhood that the variables name."""
    asked = orjson.loads(await request.body())
    return await _answer(request, statement.FEED_PAGE, asked["variables"]["id"])


async def viewer(request: Request) -> Response:
    """The account behind the token."""
    return await _answer(request, statement.VIEWER)


async def _answer(request: Request, query: str, *given: object) -> Response:
    token = tokens.bearer(request.headers.get("authorization")) or ""
    answer = await request.app.state.pool.fetchval(query, secrets.digest(token), *given)
    if answer is None:
        return Response(status_code=404)
    return Response(answer, media_type="application/json")


async def _leave(connection: "asyncpg.Connection[Any]") -> None:
    """A connection goes back as it is: none of our statements leaves anything behind on it."""


def main() -> None:
    """Serve until a signal."""
    settings = read()
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_level=settings.log_level,
        server_header=False,
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
