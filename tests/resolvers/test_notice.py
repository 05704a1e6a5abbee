"""Whom an event is told to: by the real queue, once each, for a reason with a switch."""

from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.comment
import resolvers.post
from models.database import connection
from models.transaction import transaction
from realtime import events, job
from realtime.hub import Hub
from realtime.job import JobKind
from resolvers import notice
from server.settings import Settings
from tests.notifying import choose, done, notifying, told
from tests.resolvers.conftest import Act
from tests.resolvers.talking import begin, block, write
from tests.world import NOW, World

NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD
Kind = models.PostKind


async def comment(act: Act, world: World, persona: str, body: str = "Ik help.") -> models.Comment:
    post_id = world.posts[NEIGHBOURHOOD]
    made: models.Comment = await act(
        persona, resolvers.comment.add_comment, post_id=post_id, body=body
    )
    return made


async def publish(act: Act, world: World, persona: str, kind: Kind, **more: Any) -> models.Post:
    given = {"neighbourhood_id": world.home, "kind": kind, "body": "De straat is dicht.", **more}
    made: models.Post = await act(persona, resolvers.post.create_post, **given)
    return made


async def test_the_author_of_a_post_is_told_of_a_comment_and_whoever_wrote_before_too(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Comment.all().delete()
    async with notifying(settings, hub):
        await comment(act, world, "moderator")
        await comment(act, world, "neighbour")
        await done()
    assert await told(world, "resident") == [("COMMENT", "COMMENT_ADDED")] * 2
    assert await told(world, "moderator") == [("THREAD", "COMMENT_ADDED")]
    assert await told(world, "neighbour") == []


async def test_nobody_is_told_of_their_own_doing(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Comment.all().delete()
    async with notifying(settings, hub):
        await comment(act, world, "resident")
        await publish(act, world, "resident", Kind.ALERT)
        await done()
    assert await told(world, "resident") == []


async def test_an_alert_is_told_to_all_who_may_read_it_and_to_nobody_else(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    async with notifying(settings, hub):
        await publish(act, world, "resident", Kind.ALERT, audience=models.Audience.NEIGHBOURS_ONLY)
        await done()
    alerted = {
        persona
        for persona in world.people
        if await told(world, persona) == [("ALERT", "POST_PUBLISHED")]
    }
    assert alerted == {"neighbour", "moderator", "expired", "revoked"}


async def test_a_usual_post_is_told_at_once_only_to_those_who_want_that(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await choose(world, "neighbour", post="DIRECT")
    async with notifying(settings, hub):
        await publish(act, world, "resident", Kind.MESSAGE)
        await done()
    assert await told(world, "neighbour") == [("POST", "POST_PUBLISHED")]
    assert await told(world, "moderator") == []


async def test_a_switch_that_is_off_and_a_block_keep_it_from_being_told(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Comment.all().delete()
    await choose(world, "resident", comment="NONE")
    await block(act, world, "moderator", "neighbour")
    async with notifying(settings, hub):
        await comment(act, world, "moderator")
        await comment(act, world, "neighbour")
        await done()
    assert await told(world, "resident") == []
    assert await told(world, "moderator") == []


async def test_a_message_is_told_to_the_other_one(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    async with notifying(settings, hub):
        talk = await begin(act, world, "neighbour")
        await write(act, talk, "Hoi!", "resident")
        await done()
    assert ("MESSAGE", "MESSAGE_SENT") in await told(world, "neighbour")
    assert await told(world, "resident") == []


async def test_an_event_that_is_told_again_changes_nothing(
    act: Act, world: World, hub: Hub
) -> None:
    await comment(act, world, "neighbour")
    [event_id] = await _comment_events()
    first = await notice.tell(hub, event_id, NOW)
    letters = await models.Letter.all().count()
    assert (first, await notice.tell(hub, event_id, NOW)) == (1, 0)
    assert len(await told(world, "resident")) == 1
    assert await models.Letter.all().count() == letters == 1


async def test_a_job_goes_with_its_transaction(world: World) -> None:
    async def fail() -> None:
        async with transaction():
            await job.enqueue(JobKind.LETTER, world.home)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await connection().execute_query_dict("select id from pgqueuer") == []
    with pytest.raises(RuntimeError):
        await job.enqueue(JobKind.LETTER, world.home)


def test_every_kind_that_notifies_has_a_reason() -> None:
    of_feed = {events.PostPublished.kind, events.CommentAdded.kind}
    assert of_feed | set(notice.PERSONAL) == job.NOTIFYING


async def _comment_events() -> list[UUID]:
    rows = await models.Event.filter(kind=models.EventKind.COMMENT_ADDED)
    return [row.id for row in rows]
