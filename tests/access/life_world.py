"""Life in the world of the matrix: a gathering, a poll, a picture, a budget, and who is named."""

from datetime import UTC, datetime, timedelta
from typing import Any

import models
import resolvers.attendance
import resolvers.ballot
import resolvers.budget
import resolvers.budget_idea
import resolvers.calendar_feed
import resolvers.comment
import resolvers.follow
import resolvers.gathering_post
import resolvers.poll_post
import resolvers.post
from realtime.hub import Hub
from resolvers import picture_ready, reminder
from tests.inside import Act
from tests.neighbours import whose
from tests.world import World

NEARBY = models.Audience.NEIGHBOURS_NEARBY
GOING, _, NOT_GOING, _ = models.AttendanceState


async def build(world: World, hub: Hub, act: Act) -> None:
    """All of it for neighbours nearby; by the moderator what the resident is told of."""
    await _gathering(world, hub, act)
    await _poll(world, act)
    await _picture(world, hub)
    await _budget(world, act)
    beside = world.neighbourhoods["beside"]
    await act("resident", resolvers.follow.follow_neighbourhood, neighbourhood_id=beside)
    resident_id = world.people["resident"].resident_id
    await models.CalendarFeed.create(resident_id=resident_id, hash="of the matrix")


def _later(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def _here(world: World) -> dict[str, Any]:
    return {"neighbourhood_id": world.home, "audience": NEARBY, "title": "Straatfeest"}


async def _gathering(world: World, hub: Hub, act: Act) -> None:
    """The resident waited for the one place, got it, is reminded; the neighbour waits now."""
    starts = _later(9)
    given = {**_here(world), "body": "Kom!", "place": "Plein", "starts_at": starts, "capacity": 1}
    verbs = resolvers.gathering_post
    found = await act("moderator", verbs.create_gathering, **given, ends_at=_later(10))
    attend = resolvers.attendance.attend
    for persona, state in (
        ("neighbour", GOING),
        ("resident", GOING),
        ("neighbour", NOT_GOING),
        ("neighbour", GOING),
    ):
        await act(persona, attend, gathering_id=found.id, state=state)
    await act("moderator", verbs.edit_gathering, gathering_id=found.id, place="Kerk")
    await reminder.remind_due(hub, starts - timedelta(minutes=10))
    words = {"post_id": found.post_id, "body": "Jij ook?"}
    named = [whose(world, "resident")]
    await act("moderator", resolvers.comment.add_comment, **words, mention_ids=named)
    world.things |= {"gathering": found.id, "gathering post": found.post_id}


async def _poll(world: World, act: Act) -> None:
    """Open to see, and answered by the two who live there."""
    given = {
        **_here(world),
        "body": "Welke dag?",
        "method": models.PollMethod.CHOICE,
        "options": ["Vrijdag", "Zaterdag"],
        "is_secret": False,
        "results": models.PollResults.AFTER_VOTING,
        "closes_at": _later(9),
    }
    poll = await act("resident", resolvers.poll_post.create_poll, **given)
    for persona in ("resident", "neighbour"):
        await act(persona, resolvers.ballot.vote, poll_id=poll.id, values=[0])
    world.things |= {"poll": poll.id, "poll post": poll.post_id}


async def _picture(world: World, hub: Hub) -> None:
    """One that is ready, under the post for neighbours nearby; one that waits for a post."""
    given: dict[str, Any] = {
        "neighbourhood_id": world.home,
        "author_id": whose(world, "resident"),
        "alt": "Een hond.",
        "state": models.PictureState.UPLOADED,
    }
    shown = await models.Picture.create(**given, post_id=world.posts[NEARBY], audience=NEARBY)
    await picture_ready.settle(hub, shown.id, (1920, 960))
    loose = await models.Picture.create(**given)
    world.things |= {"picture": shown.id, "loose picture": loose.id}


async def _budget(world: World, act: Act) -> None:
    """The town's, with an idea of the resident's that the neighbour supports."""
    given: dict[str, Any] = {
        "organisation_id": world.organisations["town"],
        "neighbourhood_id": world.home,
        "title": "Buurtbudget",
        "body": "U beslist.",
        "amount": 5_000,
        "support_needed": 1,
        "ideas_until": _later(9),
        "vote_from": _later(10),
        "vote_until": _later(20),
    }
    found = await act("manager", resolvers.budget.announce_budget, **given)
    idea = {**_here(world), "kind": models.PostKind.IDEA, "body": "Een bank."}
    posts = [await act("resident", resolvers.post.create_post, **idea) for _ in range(2)]
    ids = {"budget_id": found.id, "post_id": posts[0].id}
    made = await act("resident", resolvers.budget_idea.propose_idea, **ids, cost=100)
    await act("neighbour", resolvers.budget_idea.support_idea, idea_id=made.id)
    world.things |= {"budget": found.id, "idea": made.id, "idea post": posts[1].id}
