"""Migrations on a database that is lived in: what was there goes on, in its new place."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

import models.database
from models.base import uuid7
from models.transaction import transaction
from server import migration
from tests.server.test_migration import empty

__all__ = ["empty"]
BEFORE = "0011_epoch"
PLACE: dict[str, Any] = {
    "slug": "home",
    "name": "Home",
    "place": "Deinze",
    "opened_on": date(2020, 3, 20),
    "household_count": 2,
    "registered_household_count": 2,
}
MEMBER: dict[str, Any] = {
    "display_name": "Somebody",
    "about": "",
    "role": "RESIDENT",
    "state": "ACTIVE",
    "nearby_count": 0,
}
POST: dict[str, Any] = {
    "kind": "MESSAGE",
    "audience": "NEIGHBOURHOOD",
    "body": "Bonjour.",
    "comment_count": 0,
    **dict.fromkeys(("thanks_count", "like_count", "care_count", "clap_count", "sad_count"), 0),
}
WORDS = "Lelijk woord."
TALK: dict[str, Any] = {"last_message_id": uuid7()}


async def migrate_to(database_url: str, name: str) -> None:
    """Apply the migrations up to one, as the version did that had no more."""
    config = models.database.config(database_url, pool_size=1, statement_seconds=60)
    async with TortoiseContext() as context:
        await context.init(config=config)
        async with transaction() as open_:
            executor = MigrationExecutor(open_, config["apps"])
            await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
            await executor.migrate([MigrationTarget(models.database.APP, name)])


async def insert(connection: Any, table: str, **row: Any) -> UUID:
    id = row.setdefault("id", uuid7())
    names = ", ".join(row)
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    await connection.execute(
        f"insert into {table} (created_at, {names}) values (now(), {places})", *row.values()
    )
    return UUID(str(id))


async def live(connection: Any) -> tuple[list[UUID], UUID, UUID]:
    """Two who live there, a post of the first, and a message of the first that the other reported.

    Gives the accounts, the post and the message.
    """
    own = {"neighbourhood_id": await insert(connection, "neighbourhood", **PLACE)}
    people, members = [], []
    for language in ("FR", "NL"):
        account = {"email": f"{language}@noaber.example", "language": language}
        people.append(await insert(connection, "resident", **account))
        joined = {**own, "resident_id": people[-1], **MEMBER}
        members.append(await insert(connection, "membership", **joined))
    author = {**own, "author_id": members[0]}
    post = await insert(connection, "post", **author, **POST)
    begun = {**own, "kind": "DIRECT", "participant_ids": members, **TALK}
    said = {**author, "conversation_id": await insert(connection, "conversation", **begun)}
    message = await insert(connection, "chat_message", **said, reader_ids=members, body=WORDS)
    accused = {**own, "accused_id": members[0], "message_id": message}
    told = {**accused, "resident_id": people[1], "reason": "OTHER", "note": "Tja."}
    report = await insert(connection, "content_report", **told)
    copied = {**accused, "report_id": report, "author_id": members[0], "body": WORDS}
    await insert(connection, "reported_message", **copied, sent_at=datetime.now(UTC))
    return people, post, message


@pytest.mark.timeout(180)
async def test_posts_speak_their_author_s_language_and_reports_stand_behind_a_case(
    empty: str,
) -> None:
    await migrate_to(empty, BEFORE)
    connection = await asyncpg.connect(empty)
    people, post, message = await live(connection)
    await migration.apply(empty)
    assert await connection.fetchval("select language from post where id = $1", post) == "FR"
    case = await connection.fetchrow("select * from moderation_case")
    assert case is not None
    assert (case["subject_id"], case["resident_id"]) == (message, people[0])
    assert (case["body"], case["reasons"], case["notes"]) == (WORDS, ["OTHER"], ["Tja."])
    standing = await connection.fetchrow("select case_id, outcome from content_report")
    assert standing is not None
    assert tuple(standing) == (case["id"], "WAITING")
    assert await connection.fetchval("select case_id from reported_message") == case["id"]
    await connection.close()
