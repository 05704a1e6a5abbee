"""Digests: what they tell, once each, never the reader's own, and never what is past."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.comment
import resolvers.post
from models.base import floor
from realtime.hub import Hub
from resolvers import digest
from server.settings import Settings
from tests.notifying import choose, done, notifying, text
from tests.resolvers.conftest import Act
from tests.resolvers.talking import block
from tests.world import World

A_LITTLE = timedelta(minutes=5)
Frequency = models.Frequency


async def wait_for(world: World, persona: str, frequency: models.Frequency) -> None:
    """The digest of a persona is due, and nothing was told by it yet since an hour ago."""
    resident_id = world.people[persona].resident_id
    assert resident_id is not None
    await models.Digest.filter(resident_id=resident_id, frequency=frequency).delete()
    await models.Digest.create(
        resident_id=resident_id,
        frequency=frequency,
        due_at=now(),
        told_id=floor(now() - timedelta(hours=1)),
    )


async def publish(act: Act, world: World, persona: str, body: str, **more: Any) -> models.Post:
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.MESSAGE, "body": body, **more}
    made: models.Post = await act(persona, resolvers.post.create_post, **given)
    return made


def now() -> datetime:
    return datetime.now(UTC)


async def letters(
    hub: Hub, settings: Settings, moment: datetime | None = None
) -> list[tuple[str, str]]:
    """To whom digests went at a moment, or else a little later, and with what words."""
    async with notifying(settings, hub) as sink:
        await done()
        sink.letters.clear()
        await digest.write_due(moment or now() + A_LITTLE)
        await done()
        return [(str(each["To"]), text(each)) for each in sink.letters]


async def test_a_digest_tells_of_what_others_posted_once(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Post.all().delete()
    await wait_for(world, "neighbour", Frequency.DAILY)
    await publish(act, world, "resident", "Wie heeft een ladder?")
    await publish(act, world, "neighbour", "Ik heb een ladder.")
    [(to, words)] = await letters(hub, settings)
    assert to == "neighbour@noaber.example"
    assert "Resident wrote in your neighbourhood" in words
    assert "Wie heeft een ladder?" in words
    assert "Ik heb een ladder." not in words
    assert await letters(hub, settings, now() + timedelta(days=2)) == []


async def test_what_is_too_young_to_have_settled_waits_for_the_next_one(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Post.all().delete()
    await wait_for(world, "neighbour", Frequency.DAILY)
    await publish(act, world, "resident", "Wie heeft een ladder?")
    moment = datetime.now(UTC)
    assert await letters(hub, settings, moment) == []
    [(_, words)] = await letters(hub, settings, moment + timedelta(days=1, hours=1))
    assert "Wie heeft een ladder?" in words


async def test_it_tells_of_nothing_that_is_over_hidden_or_gone_when_it_is_sent(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await models.Post.all().delete()
    await wait_for(world, "neighbour", Frequency.DAILY)
    gone = await publish(act, world, "resident", "Weg ermee.")
    over = await publish(act, world, "resident", "Opgelost.", kind=models.PostKind.CLASSIFIED)
    await publish(act, world, "moderator", "Van iemand die ik blokkeer.")
    await block(act, world, "neighbour", "moderator")
    await act("resident", resolvers.post.delete_post, post_id=gone.id)
    await act("resident", resolvers.post.mark_solved, post_id=over.id)
    assert await letters(hub, settings) == []
    states = await models.Letter.filter(frequency=Frequency.DAILY)
    assert {letter.state for letter in states} <= {models.LetterState.DROPPED}


async def test_a_reason_that_waits_for_a_digest_is_told_in_it_unless_it_was_read(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    await choose(world, "resident", comment="HOURLY", post="NONE", announcement="NONE")
    await wait_for(world, "resident", Frequency.HOURLY)
    post_id = world.posts[models.Audience.NEIGHBOURHOOD]
    async with notifying(settings, hub) as sink:
        for body in ("Een.", "Twee."):
            await act("neighbour", resolvers.comment.add_comment, post_id=post_id, body=body)
        await done()
        assert list(sink.letters) == []
    first = await models.Notification.filter(reason=models.Reason.COMMENT).order_by("id").first()
    assert first is not None
    await models.Notification.filter(id=first.id).update(read_at=now())
    [(to, words)] = await letters(hub, settings)
    assert to == "resident@noaber.example"
    assert ("Een." in words, "Twee." in words) == (False, True)


async def test_everybody_is_given_the_digests_that_their_switches_ask_for(world: World) -> None:
    await choose(world, "neighbour", thread="WEEKLY")
    await digest.begin_all(now())
    assert await digest.begin_all(now()) == 0
    residents = await models.Resident.all().count()
    assert await models.Digest.filter(frequency=Frequency.DAILY).count() == residents
    [weekly] = await models.Digest.filter(frequency=Frequency.WEEKLY)
    assert weekly.resident_id == world.people["neighbour"].resident_id


@pytest.mark.parametrize(
    ("frequency", "quiet", "now", "due"),
    [
        (Frequency.DAILY, None, "2026-11-25T06:00+00:00", "2026-11-25T07:00+00:00"),
        (Frequency.DAILY, None, "2026-11-25T07:00+00:00", "2026-11-26T07:00+00:00"),
        (Frequency.DAILY, (7 * 60, 9 * 60), "2026-11-25T06:00+00:00", "2026-11-25T08:00+00:00"),
        (Frequency.WEEKLY, None, "2026-11-25T06:00+00:00", "2026-11-30T07:00+00:00"),
        (Frequency.HOURLY, None, "2026-11-25T06:00+00:00", "2026-11-25T07:00+00:00"),
        (Frequency.HOURLY, (8 * 60, 540), "2026-11-25T06:30+00:00", "2026-11-25T08:00+00:00"),
    ],
)
def test_when_the_next_one_is_due(
    frequency: models.Frequency, quiet: tuple[int, int] | None, now: str, due: str
) -> None:
    start, end = quiet or (None, None)
    hours = models.NotificationHours(quiet_from=start, quiet_until=end, resident_id=UUID(int=0))
    found = digest.next_hour(frequency, hours, datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(due)
