"""Who lives in the town: the personas of the small world, and a crowd for crowded sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import asyncpg
from tortoise import Tortoise

import models
import models.database
from auth import session
from models.base import uuid7
from models.transaction import transaction
from server import migration
from tests import world

LIFETIME = timedelta(days=1)

ROWS = """
select e.id, e.sequence, p.body from event e join post p on p.id = e.post_id
where e.kind = 'POST_PUBLISHED' and p.body like $1 order by e.stream_id, e.sequence
"""


@dataclass(frozen=True)
class Row:
    """One event that is in the database: its place in its stream, and the post's first line."""

    id: str
    sequence: int
    marker: str


@dataclass
class People:
    """Tokens that outlive every scenario, by persona; the streams by name; tokens of a crowd."""

    database_url: str
    streams: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    crowd: list[str] = field(default_factory=list)

    async def rows(self, trial: str) -> list[Row]:
        """What the database holds of the posts of one trial, in the order of its streams."""
        connection = await asyncpg.connect(self.database_url, timeout=10)
        try:
            found = await connection.fetch(ROWS, f"{trial}/%")
        finally:
            await connection.close()
        return [Row(str(r["id"]), r["sequence"], r["body"].partition("\n")[0]) for r in found]

    async def gather(self, count: int) -> None:
        """Have at least so many residents in the crowd, all members of `home`."""
        async with _database(self.database_url), transaction():
            while len(self.crowd) < count:
                self.crowd.append(await self._newcomer())

    async def _newcomer(self) -> str:
        home, id = self.streams["home"], uuid7()
        resident = await models.Resident.create(id=id, email=f"{id}@noaber.example")
        await models.Stream.create(id=id, kind=models.StreamKind.RESIDENT)
        household = await models.Household.create(
            neighbourhood_id=home, street="Kerkstraat", house_number=str(id)[-12:]
        )
        await models.Membership.create(
            neighbourhood_id=home,
            resident_id=resident.id,
            household_id=household.id,
            display_name="Somebody",
            state=world.ACTIVE,
            verification=models.Verification.LETTER,
            verified_at=world.NOW,
        )
        return await _token(resident.id)


async def populate(database_url: str) -> People:
    """Make the tables, and the world in them."""
    await migration.apply(database_url)
    people = People(database_url)
    async with _database(database_url):
        built = world.World()
        await world.build(built)
        people.streams = built.neighbourhoods
        async with transaction():
            for name in ("resident", "neighbour", "worker", "nearby", "stranger"):
                resident_id = built.people[name].resident_id
                assert resident_id
                people.tokens[name] = await _token(resident_id)
    return people


async def _token(resident_id: UUID) -> str:
    return (await session.open_session(resident_id, "faults", access_lifetime=LIFETIME)).access


@asynccontextmanager
async def _database(database_url: str) -> AsyncIterator[None]:
    await Tortoise.init(config=models.database.config(database_url))
    try:
        yield
    finally:
        await Tortoise.close_connections()
