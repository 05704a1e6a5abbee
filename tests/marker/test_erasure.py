"""After an erasure no word of the person is left anywhere; before it, the export has them all."""

from datetime import UTC, datetime

import orjson
import pytest
import redis.asyncio

import models
from models.database import connection
from realtime.hub import Hub
from resolvers import account_deletion, data_export
from resolvers.personal_data import PERSONAL_DATA
from server.settings import Settings
from tests import snapshot
from tests.marker import column, scene
from tests.marker.column import Markers
from tests.marker.test_marker import catalogue
from tests.world import World

__all__ = ["catalogue"]
NOW = datetime.now(UTC)
# the markers in lists of skills were made skills, which are nobody's
TABLES = [*(set(snapshot.TABLES) - {"skill"}), "pgqueuer", "pgqueuer_log"]
PEOPLE = ("named", "nameless", "silent", "referred", "volunteer_beside", "neighbour", "resident")
# a street and a number are those of a house, which others live in
OF_A_HOUSE = {"household.street", "household.house_number"}
# what opens something, and what is of those who worked on a case
NOT_EXPORTED = {
    *("credential.password_hash", "session_token.hash", "invitation_code.hash"),
    *("push_device.hash", "push_device.endpoint", "push_device.public_key"),
    *("push_device.auth_secret", "mutation_key.key", "mutation_key.door"),
    *("mutation_key.fingerprint", "case_note.body", "calendar_feed.hash"),
}
# what moderators read of a person, and what a row that nobody in the scene made is not told of
NOT_EXPORTED |= {
    *("moderation_case.body", "moderation_case.notes", "reported_message.body"),
    *("moderation_decision.body", "moderation_decision.reason", "moderation_decision.appeal"),
    *("moderation_decision.answer", "chat_message.body"),
}


def of_person(markers: Markers, person: str, text: str) -> set[str]:
    """The columns whose words of this person stand in a text."""
    found = markers.found(text)
    mine = [each for each in found if f" of {person} " in f"{each} "]
    return {each.partition(" of ")[0] for each in mine}


async def everything(redis_url: str) -> str:
    """All that is in the database and in Valkey, as text."""
    parts = []
    for table in TABLES:
        rows = await connection().execute_query_dict(f'select t::text as row from "{table}" t')
        parts += [str(row["row"]) for row in rows]
    async with redis.asyncio.from_url(redis_url) as client:
        async for key in client.scan_iter():
            parts += [repr(key), repr(await client.dump(key))]
    return "\n".join(parts)


@pytest.fixture
async def planted(hub: Hub, world: World) -> Markers:
    """Everything that can be granted, with a marker in every private column of words."""
    town = await scene.build(hub, world, "http://127.0.0.1:9/")
    return await column.plant(await scene.owners(town))


@pytest.mark.timeout(180)
@pytest.mark.usefixtures("catalogue")
async def test_the_export_has_every_word_and_the_erasure_leaves_none(
    planted: Markers, hub: Hub, world: World, settings: Settings
) -> None:
    for person in PEOPLE:
        resident_id = world.people[person].resident_id
        assert resident_id is not None
        held = of_person(planted, person, await everything(settings.redis_url))
        assert held, person
        told = [rows async for _, rows in data_export.gather(resident_id)]
        exported = of_person(planted, person, orjson.dumps(told, default=str).decode())
        assert held - exported <= NOT_EXPORTED, person
        assert await account_deletion.erase(hub, resident_id, NOW)
        left = of_person(planted, person, await everything(settings.redis_url))
        assert left <= OF_A_HOUSE, person
        assert not await account_deletion.erase(hub, resident_id, NOW)
    erased = {world.people[person].resident_id for person in PEOPLE}
    assert set(await account_deletion.erased()) == erased


def test_every_model_says_what_of_it_is_of_a_person() -> None:
    declared = {getattr(models, each) for each in models.__all__}
    tables = {each for each in declared if hasattr(each, "_meta")}
    assert tables == set(PERSONAL_DATA)
