"""Villages that write on given days, for tests of what is counted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from models.base import uuid7
from resolvers import figure
from tests.world import World

ORDINARY = models.Audience.NEIGHBOURHOOD


def moment(day: str) -> datetime:
    """The noon of a day, or a moment where one is given."""
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return at if "T" in day else at + timedelta(hours=12)


def id_of(at: datetime) -> UUID:
    """An id of a moment."""
    return uuid7(round(at.timestamp() * 1000))


async def settle(world: World, place: str, households: int, day: str) -> list[models.Membership]:
    """Some households of one member each, registered on a day."""
    at, members = moment(day), []
    for _ in range(households):
        id = id_of(at)
        person = await models.Resident.create(id=id, email=f"{id}@noaber.example", phone="")
        household = await models.Household.create(
            neighbourhood_id=world.neighbourhoods[place],
            street="Kerkstraat",
            house_number=str(id)[-12:],
            registered_at=at,
        )
        members.append(
            await models.Membership.create(
                neighbourhood_id=world.neighbourhoods[place],
                resident_id=person.id,
                household_id=household.id,
                display_name="Somebody",
                state=models.MembershipState.ACTIVE,
                verified_at=at,
            )
        )
    return members


async def publish(authors: Sequence[models.Membership], day: str) -> list[models.Post]:
    """A post of each author on a day."""
    rows = [
        models.Post(
            id=id_of(moment(day)),
            created_at=moment(day),
            neighbourhood_id=author.neighbourhood_id,
            author_id=author.id,
            kind=models.PostKind.MESSAGE,
            audience=ORDINARY,
            body="Een ladder?",
        )
        for author in authors
    ]
    await models.Post.bulk_create(rows)
    return rows


async def share(
    world: World, post: models.Post, author: models.Membership, to: str, day: str
) -> models.PostShare:
    """The post shared with an organisation as an idea on a day, for ten years."""
    return await models.PostShare.create(
        id=id_of(moment(day)),
        neighbourhood_id=post.neighbourhood_id,
        organisation_id=world.organisations[to],
        resident_id=author.resident_id,
        expires_at=moment(day) + timedelta(days=3_650),
        post_id=post.id,
        author_id=author.id,
        purpose=models.SharePurpose.IDEA,
        with_name=False,
    )


async def count_until(day: str) -> int:
    """Count what is over on a day."""
    return await figure.count_due(moment(day))
