"""Erasures, as an operator keeps them: a backup that is restored forgets again by these ids."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from tortoise.context import TortoiseContext

import models.database
from realtime.hub import Hub
from resolvers import account_deletion
from server.settings import Settings


async def listed(database_url: str) -> list[str]:
    """The ids of all accounts that were erased, oldest first."""
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        return [str(id) for id in await account_deletion.erased()]


async def again(settings: Settings, resident_ids: Sequence[UUID]) -> int:
    """Erase these accounts where they are there again; gives how many were."""
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(settings.database_url, pool_size=2))
        async with Hub(settings.redis_url, settings.channel_prefix) as hub:
            now = datetime.now(UTC)
            return sum([await account_deletion.erase(hub, id, now) for id in resident_ids])
