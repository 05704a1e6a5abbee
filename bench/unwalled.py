"""Our server without the second wall, to be measured beside it, and for nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.queryset import QuerySet

from auth import visibility
from auth.viewer import Viewer
from auth.visibility import M
from models import wall


@asynccontextmanager
async def apart() -> AsyncIterator[None]:
    """Each statement takes a connection of its own."""
    yield


def unguarded(rows: QuerySet[M], viewer: Viewer) -> QuerySet[M]:
    """Rows by the application's filter alone."""
    return rows


# whoever is imported from here on takes these for the wall's
wall.reading = apart
visibility.behind_the_wall = unguarded

from server.__main__ import commands  # noqa: E402

if __name__ == "__main__":
    commands()
