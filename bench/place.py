"""The place of the measurements: engines of its own, Deinze in them, and people signed in."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
from tortoise.context import TortoiseContext

import models
import models.database
from auth import secrets, session
from models.transaction import transaction
from server import migration, persona, seed
from server.engines import Addresses, running

CLIENT = "bench"
LIFETIME = timedelta(hours=1)
# one id serves each newcomer as resident, membership, session and token; nobody has a household
NEWCOMERS = """
with given as (select * from unnest($2::uuid[], $3::text[]) as t(id, hash)),
resident as (
    insert into resident (id, created_at, email, language)
    select id, now(), id || '@noaber.example', 'nl' from given
), membership as (
    insert into membership (id, created_at, neighbourhood_id, resident_id, display_name, role,
        state, about, nearby_count)
    select id, now(), $1, id, 'Newcomer', 'RESIDENT', 'ACTIVE', '', 0 from given
), session as (
    insert into session (id, created_at, resident_id, client, last_used_at, expires_at)
    select id, now(), id, 'bench', now(), now() + interval '1 day' from given
)
insert into session_token (id, created_at, session_id, kind, hash, expires_at)
select id, now(), id, 'ACCESS', hash, now() + interval '1 hour' from given
"""


@dataclass(frozen=True)
class Place:
    """Where the engines answer; the neighbourhood, an author in it and the tokens of neighbours."""

    addresses: Addresses
    neighbourhood_id: str
    author: str
    neighbours: Sequence[str]


@contextmanager
def prepared(neighbours: int) -> Iterator[Place]:
    """Deinze in a folder that is gone afterwards, with so many neighbours of the author signed in.

    The engines write as in production: nothing about durability is switched off.
    """
    with tempfile.TemporaryDirectory(prefix="noaber-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, PostgreSQL runs as `nobody` and has to come in
        with running(folder) as addresses:
            yield asyncio.run(_people(addresses, neighbours))


async def _people(addresses: Addresses, neighbours: int) -> Place:
    await migration.apply(addresses.database_url)
    await seed.load(addresses.database_url)
    author = (await persona.introduce(addresses.database_url))["resident"]
    async with TortoiseContext() as context:
        config = models.database.config(addresses.database_url, pool_size=1)
        await context.init(config=config)
        tokens = await _sign_in(UUID(author.neighbourhood_id), neighbours)
    return Place(addresses, author.neighbourhood_id, author.token, tokens)


async def settle(place: Place, count: int) -> list[str]:
    """The tokens of so many newcomers to the neighbourhood, each signed in."""
    given = [secrets.new_token("nba") for _ in range(count)]
    connection = await asyncpg.connect(place.addresses.database_url)
    try:
        await connection.execute(
            NEWCOMERS,
            UUID(place.neighbourhood_id),
            [models.base.uuid7() for _ in given],
            [secrets.digest(token) for token in given],
        )
    finally:
        await connection.close()
    return given


async def _sign_in(neighbourhood_id: UUID, count: int) -> list[str]:
    """The tokens of the first residents of a neighbourhood."""
    members = models.Membership.filter(
        neighbourhood_id=neighbourhood_id, state=models.MembershipState.ACTIVE
    )
    tokens = []
    for member in await members.order_by("id").limit(count):
        async with transaction():
            opened = await session.open_session(
                member.resident_id, CLIENT, access_lifetime=LIFETIME
            )
        tokens.append(opened.access)
    return tokens
