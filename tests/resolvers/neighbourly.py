"""Neighbours who offer help and ask for it, by the verbs that do so."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
from resolvers.guardian_leave_grant import give_guardian_leave
from resolvers.help_offer import offer_help
from resolvers.help_request_edit import request_help
from tests.resolvers.conftest import Act
from tests.world import World

SOON = datetime.now(UTC) + timedelta(days=2)
PEOPLE = ("resident", "neighbour", "moderator", "nearby")


def whose(world: World, persona: str) -> UUID:
    """The membership of a persona."""
    id = world.people[persona].membership_id
    assert id is not None
    return id


async def say_age(world: World, band: models.AgeBand | None, *personas: str) -> None:
    """What these personas said about their age, once."""
    ids = [world.people[persona].resident_id for persona in personas]
    await models.Resident.filter(id__in=ids).update(age_band=band)


async def of_age(world: World) -> None:
    """Everybody who lives somewhere said to be of age."""
    await say_age(world, models.AgeBand.ADULT, *PEOPLE)


async def offer(
    act: Act, world: World, persona: str = "neighbour", *slugs: str, **more: Any
) -> models.HelpOffer:
    """An offer of a persona, of these skills or of mending bicycles."""
    given = {"membership_id": whose(world, persona), "skills": list(slugs or ("bicycle-repair",))}
    made: models.HelpOffer = await act(persona, offer_help, **given, **more)
    return made


async def request(
    act: Act, world: World, persona: str = "resident", **more: Any
) -> models.HelpRequest:
    """A request of a persona at home, for somebody who mends bicycles unless said otherwise."""
    place = "beside" if persona == "nearby" else "home"
    given = {
        "neighbourhood_id": world.neighbourhoods[place],
        "body": "Mijn ketting ligt eraf.",
        "skill": "bicycle-repair",
        **more,
    }
    made: models.HelpRequest = await act(persona, request_help, **given)
    return made


async def family(world: World, minor: str = "neighbour", guardian: str = "resident") -> None:
    """A minor and somebody of age behind one door."""
    household = (await models.Membership.get(id=whose(world, guardian))).household_id
    await models.Membership.filter(id=whose(world, minor)).update(household_id=household)
    await say_age(world, models.AgeBand.UNDER_18, minor)
    await say_age(world, models.AgeBand.ADULT, guardian)


async def leave(act: Act, world: World, minor: str = "neighbour", **more: Any) -> Any:
    """The leave that the resident gives for a minor of the household."""
    return await act("resident", give_guardian_leave, membership_id=whose(world, minor), **more)


async def matched(
    world: World,
    request: models.HelpRequest,
    persona: str,
    state: models.HelpMatchState = models.HelpMatchState.ACCEPTED,
    by: str | None = None,
) -> models.HelpMatch:
    """A match of a persona with a request, written down; accepted, the request has its helper."""
    taken = (models.HelpMatchState.ACCEPTED, models.HelpMatchState.COMPLETED)
    if state in taken:
        rows = models.HelpRequest.filter(id=request.id)
        await rows.update(state=models.HelpRequestState.MATCHED)
    return await models.HelpMatch.create(
        neighbourhood_id=request.neighbourhood_id,
        post_id=request.post_id,
        requester_id=request.author_id,
        helper_id=whose(world, persona),
        proposed_by_id=request.author_id if by is None else whose(world, by),
        state=state,
    )
