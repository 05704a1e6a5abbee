"""Gatherings and polls for tests: made and answered by the people of the small world."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.attendance
import resolvers.ballot
import resolvers.gathering_post
import resolvers.poll_post
from tests.resolvers.conftest import Act
from tests.world import World

GOING, MAYBE, NOT_GOING, WAITING = models.AttendanceState


def soon(**later: float) -> datetime:
    """A moment to come: in ten days, or so much later than now."""
    return datetime.now(UTC) + timedelta(**(later or {"days": 10}))


async def invite(
    act: Act, world: World, persona: str = "resident", **more: Any
) -> models.Gathering:
    """A gathering at home."""
    given = {
        "neighbourhood_id": world.home,
        "title": "Straatfeest",
        "body": "Breng iets mee.",
        "place": "Op het plein",
        "starts_at": soon(),
        **more,
    }
    made: models.Gathering = await act(persona, resolvers.gathering_post.create_gathering, **given)
    return made


async def attend(
    act: Act,
    found: models.Gathering,
    persona: str,
    state: models.AttendanceState = GOING,
    **more: Any,
) -> models.AttendanceState:
    """A persona answers; gives where that puts them."""
    given = {"gathering_id": found.id, "state": state, **more}
    row: models.Attendance = await act(persona, resolvers.attendance.attend, **given)
    return row.state


async def again(found: models.Gathering) -> models.Gathering:
    """The row as it is now."""
    return await models.Gathering.get(id=found.id)


async def states(found: models.Gathering) -> dict[UUID, models.AttendanceState]:
    """Who answered what, by membership."""
    rows = await models.Attendance.filter(gathering_id=found.id)
    return {row.membership_id: row.state for row in rows}


async def question(act: Act, world: World, persona: str = "resident", **more: Any) -> models.Poll:
    """A poll at home: open to see, of three options, told once one has answered."""
    given = {
        "neighbourhood_id": world.home,
        "title": "Welke dag?",
        "body": "Voor het straatfeest.",
        "method": models.PollMethod.CHOICE,
        "options": ["Vrijdag", "Zaterdag", "Zondag"],
        "is_secret": False,
        "results": models.PollResults.AFTER_VOTING,
        "closes_at": soon(),
        **more,
    }
    made: models.Poll = await act(persona, resolvers.poll_post.create_poll, **given)
    return made


async def vote(act: Act, poll: models.Poll, persona: str, *values: int) -> models.Poll:
    """A persona votes."""
    given = {"poll_id": poll.id, "values": list(values)}
    voted: models.Poll = await act(persona, resolvers.ballot.vote, **given)
    return voted
