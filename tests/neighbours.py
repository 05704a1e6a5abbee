"""Neighbours for the small world who help each other: what they offer, and what they ask for.

Beside the people of `tests.world` there are a third neighbour and another worker.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import models
from auth import session
from tests.world import NOW, Person, World


async def build(world: World) -> None:
    """Everybody of age; a third neighbour and another worker; an offer of whoever may be asked."""
    await move_in(world, "third", models.MembershipRole.RESIDENT)
    await move_in(world, "other_worker", models.MembershipRole.NEIGHBOURHOOD_WORKER)
    await models.Resident.all().update(age_band=models.AgeBand.ADULT)
    for persona in ("neighbour", "third", "moderator"):
        await offer(world, persona)


async def move_in(
    world: World, name: str, role: models.MembershipRole, place: str = "home"
) -> None:
    """One persona more, who lives or works in a neighbourhood."""
    resident = await models.Resident.create(
        email=f"{name}@noaber.example",
        age_band=models.AgeBand.ADULT,
        language=models.Language.EN,
    )
    await models.Stream.create(id=resident.id, kind=models.StreamKind.RESIDENT)
    membership = await models.Membership.create(
        neighbourhood_id=world.neighbourhoods[place],
        resident_id=resident.id,
        display_name=name.title(),
        role=role,
        state=models.MembershipState.ACTIVE,
        verified_at=NOW,
    )
    pair = await session.open_session(resident.id, "tests", access_lifetime=timedelta(hours=1))
    world.people[name] = Person(resident.id, membership.id, pair.session_id, pair.access)


def whose(world: World, persona: str) -> UUID:
    """The membership of a persona."""
    id = world.people[persona].membership_id
    assert id is not None
    return id


async def offer(
    world: World,
    persona: str,
    reach: models.HelpReach = models.HelpReach.NEIGHBOURHOOD,
    **more: Any,
) -> models.HelpOffer:
    """What a persona offers the neighbours."""
    membership = await models.Membership.get(id=whose(world, persona))
    return await models.HelpOffer.create(
        neighbourhood_id=membership.neighbourhood_id,
        membership_id=membership.id,
        skills=["bicycle-repair"],
        reach=reach,
        **more,
    )


async def request(
    world: World,
    audience: models.Audience = models.Audience.NEIGHBOURHOOD,
    people: int = 1,
    persona: str = "resident",
) -> models.Post:
    """A post that asks for so many helpers."""
    shared: dict[str, Any] = {
        "neighbourhood_id": world.home,
        "author_id": whose(world, persona),
        "audience": audience,
    }
    kind = models.PostKind.HELP_REQUEST
    post = await models.Post.create(**shared, kind=kind, body="Mijn ketting ligt eraf.")
    await models.HelpRequest.create(**shared, post_id=post.id, people=people)
    return post


async def block(world: World, one: str, other: str) -> None:
    """One persona blocks another."""
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people[one].resident_id,
        blocked_id=world.people[other].resident_id,
        membership_id=whose(world, other),
    )
