"""A small world for tests: three villages, everybody who may look, and one of each thing to see."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import models
from auth import passwords, secrets, session
from models.transaction import transaction

PASSWORD = "a password of the tests"
PASSWORD_HASH = passwords.HASHER.hash(PASSWORD)
NOW = datetime.now(UTC)
RESIDENT, MODERATOR, WORKER = models.MembershipRole
ACTIVE = models.MembershipState.ACTIVE

# persona: (neighbourhood, role, state)
PLACES = {
    "resident": ("home", RESIDENT, ACTIVE),
    "neighbour": ("home", RESIDENT, ACTIVE),
    "moderator": ("home", MODERATOR, ACTIVE),
    "worker": ("home", WORKER, ACTIVE),
    "nearby": ("beside", RESIDENT, ACTIVE),
    "stranger": ("far", RESIDENT, ACTIVE),
    "worker_elsewhere": ("far", WORKER, ACTIVE),
    "former": ("home", RESIDENT, models.MembershipState.ENDED),
    "pending": ("home", RESIDENT, models.MembershipState.PENDING),
    "expired": ("home", RESIDENT, ACTIVE),
    "revoked": ("home", RESIDENT, ACTIVE),
}


def today() -> date:
    """The day it is now, which a long run of tests may begin before."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Person:
    """One persona: the account, the membership, and a bearer token (None: signed out)."""

    resident_id: UUID | None = None
    membership_id: UUID | None = None
    session_id: UUID | None = None
    token: str | None = None
    refresh: str | None = None


@dataclass
class World:
    """The ids of what there is. Posts and what is under them are by `resident`, one an audience.

    `things` are those of the matrix, by name.
    """

    neighbourhoods: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=lambda: {"signed_out": Person()})
    posts: dict[models.Audience, UUID] = field(default_factory=dict)
    comments: dict[models.Audience, UUID] = field(default_factory=dict)
    household_id: UUID | None = None
    invitation_id: UUID | None = None
    code: str = ""
    organisations: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> UUID:
        """The neighbourhood of the resident."""
        return self.neighbourhoods["home"]


async def build(world: World) -> None:
    """Write the world into the empty database of the test."""
    async with transaction():
        for name in ("home", "beside", "far"):
            world.neighbourhoods[name] = await _neighbourhood(name)
        for one, other in (("home", "beside"), ("beside", "home")):
            await models.Adjacency.create(
                neighbourhood_id=world.neighbourhoods[one],
                adjacent_id=world.neighbourhoods[other],
            )
        for name, (place, role, state) in PLACES.items():
            world.people[name] = await _person(world, name, place, role, state)
        for audience in models.Audience:
            await _thread(world, audience)
        await _invitation(world)


async def _neighbourhood(name: str) -> UUID:
    row = await models.Neighbourhood.create(
        slug=name,
        name=name.title(),
        place="Deinze",
        opened_on=date(2020, 3, 16),
        household_count=100,
        registered_household_count=10,
    )
    await models.Stream.create(id=row.id, kind=models.StreamKind.NEIGHBOURHOOD)
    return row.id


async def _person(
    world: World,
    name: str,
    place: str,
    role: models.MembershipRole,
    state: models.MembershipState,
) -> Person:
    neighbourhood_id = world.neighbourhoods[place]
    resident = await models.Resident.create(
        email=f"{name}@noaber.example", phone="+32 9 000 00 00", language=models.Language.EN
    )
    await models.Stream.create(id=resident.id, kind=models.StreamKind.RESIDENT)
    household = await models.Household.create(
        neighbourhood_id=neighbourhood_id,
        street="Dorpsstraat",
        house_number=name,
        registered_at=NOW,
    )
    if name == "resident":
        world.household_id = household.id
        await models.Credential.create(
            resident_id=resident.id, password_hash=PASSWORD_HASH, changed_at=NOW
        )
    membership = await models.Membership.create(
        neighbourhood_id=neighbourhood_id,
        resident_id=resident.id,
        household_id=None if role is WORKER else household.id,
        display_name=name.title(),
        street=None if role is WORKER else "Dorpsstraat",
        about=f"About {name}.",
        role=role,
        state=state,
        verification=models.Verification.LETTER,
        verified_at=NOW,
    )
    lifetime = timedelta(seconds=-1) if name == "expired" else timedelta(hours=1)
    pair = await session.open_session(resident.id, "tests", access_lifetime=lifetime)
    if name == "revoked":
        await session.end(pair.session_id)
    return Person(resident.id, membership.id, pair.session_id, pair.access, pair.refresh)


async def _thread(world: World, audience: models.Audience) -> None:
    """A post with everything a post can have, a comment under it, and a reaction on both."""
    author_id = world.people["resident"].membership_id
    shared: dict[str, Any] = {
        "neighbourhood_id": world.home,
        "author_id": author_id,
        "audience": audience,
    }
    post = await models.Post.create(
        **shared,
        kind=models.PostKind.HELP_REQUEST,
        title=f"Title for {audience.value}",
        body=f"Body for {audience.value}",
        comment_count=1,
        thanks_count=1,
        solved_at=NOW,
        edited_at=NOW,
    )
    comment = await models.Comment.create(
        **shared, post_id=post.id, body=f"Comment for {audience.value}", edited_at=NOW, care_count=1
    )
    await models.PostRevision.create(
        neighbourhood_id=world.home, author_id=author_id, post_id=post.id, body="As it was"
    )
    thanks, care = models.ReactionKind.THANKS, models.ReactionKind.CARE
    await models.Reaction.create(**shared, post_id=post.id, kind=thanks)
    await models.Reaction.create(**shared, post_id=post.id, comment_id=comment.id, kind=care)
    if audience is models.Audience.NEIGHBOURS_NEARBY:
        await models.Membership.filter(id=author_id).update(nearby_count=2)
    world.posts[audience], world.comments[audience] = post.id, comment.id


async def _invitation(world: World) -> None:
    world.code = secrets.new_code()
    invitation = await models.InvitationCode.create(
        neighbourhood_id=world.home,
        household_id=world.household_id,
        kind=models.InvitationKind.HOUSEHOLD,
        hash=secrets.digest_code(world.code),
        issued_by_id=world.people["resident"].membership_id,
        expires_at=NOW + timedelta(days=14),
    )
    world.invitation_id = invitation.id
