"""Memberships: the profile, the count that opens a name to neighbours nearby, and moving out."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.comment
import resolvers.post
from resolvers.membership import move_out, update_profile
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
PROFILE = "query ($id: ID!) { membership(id: $id) { displayName street about } }"


def whose(world: World, persona: str) -> UUID:
    id = world.people[persona].membership_id
    assert id is not None
    return id


async def of(world: World, persona: str) -> models.Membership:
    return await models.Membership.get(id=whose(world, persona))


async def registered(world: World) -> int:
    return (await models.Neighbourhood.get(id=world.home)).registered_household_count


async def test_what_is_written_for_neighbours_nearby_is_counted(act: Act, world: World) -> None:
    counted = []

    async def note() -> None:
        counted.append((await of(world, "neighbour")).nearby_count)

    given = {"neighbourhood_id": world.home, "kind": models.PostKind.IDEA, "body": "Een feest"}
    post = await act("neighbour", resolvers.post.create_post, **given, audience=NEARBY)
    await note()
    under = {"post_id": post.id, "body": "Ja!"}
    comment = await act("neighbour", resolvers.comment.add_comment, **under)
    await note()
    await act("neighbour", resolvers.post.edit_post, post_id=post.id, audience=ONLY)
    await note()
    await act("neighbour", resolvers.post.edit_post, post_id=post.id, audience=NEARBY)
    await note()
    await act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id)
    await note()
    await act("neighbour", resolvers.post.delete_post, post_id=post.id)
    await note()
    assert counted == [1, 2, 0, 2, 1, 0]


async def test_a_name_is_read_next_door_only_while_there_is_something_to_read(
    ask: Ask, act: Act, world: World
) -> None:
    id = whose(world, "resident")
    named = {"membership": {"displayName": "Resident", "street": None, "about": None}}
    assert (await ask("nearby", PROFILE, id=id)).data == named
    await act("resident", resolvers.post.delete_post, post_id=world.posts[NEARBY])
    assert (await ask("nearby", PROFILE, id=id)).data == {"membership": None}


async def test_a_profile_is_changed_by_what_is_given_only(act: Act, world: World) -> None:
    id = whose(world, "neighbour")
    await act("neighbour", update_profile, membership_id=id, display_name="  Jo   Buur ")
    changed = await of(world, "neighbour")
    assert (changed.display_name, changed.about) == ("Jo Buur", "About neighbour.")
    await act("neighbour", update_profile, membership_id=id, about="")
    changed = await of(world, "neighbour")
    assert (changed.display_name, changed.about) == ("Jo Buur", "")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"display_name": " "}, RefusalCode.INVALID, "display_name"),
        ({"display_name": "x" * 61}, RefusalCode.TOO_LONG, "display_name"),
        ({"about": "x" * 1_001}, RefusalCode.TOO_LONG, "about"),
        ({"display_name": "good", "about": "\x07"}, RefusalCode.INVALID, "about"),
    ],
)
async def test_a_profile_that_may_not_be_changes_nothing(
    act: Act, world: World, given: dict[str, Any], code: RefusalCode, field: str
) -> None:
    async with refused(code, field):
        await act("neighbour", update_profile, membership_id=whose(world, "neighbour"), **given)


@pytest.mark.parametrize(("verb", "given"), [(update_profile, {"about": "x"}), (move_out, {})])
async def test_only_the_member_changes_a_membership(
    act: Act, world: World, verb: Any, given: dict[str, Any]
) -> None:
    id = whose(world, "resident")
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, membership_id=id, **given)
    async with refused(RefusalCode.NOT_FOUND):
        await act("stranger", verb, membership_id=id, **given)


async def test_the_last_one_to_leave_unregisters_the_household(act: Act, world: World) -> None:
    await act("resident", move_out, membership_id=whose(world, "resident"))
    gone = await of(world, "resident")
    assert (gone.state, gone.street) == (models.MembershipState.ENDED, None)
    assert gone.ended_at is not None
    assert await registered(world) == 9
    household = await models.Household.get(id=gone.household_id)
    assert household.registered_at is None
    invitation = await models.InvitationCode.get(id=world.invitation_id)
    assert invitation.revoked_at is not None
    assert await ledger.drift() == []


async def test_who_has_left_does_not_leave_again(act: Act, world: World) -> None:
    await act("neighbour", move_out, membership_id=whose(world, "neighbour"))
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", move_out, membership_id=whose(world, "neighbour"))


async def test_while_a_housemate_stays_the_household_is_registered(act: Act, world: World) -> None:
    await share_household(world)
    await act("neighbour", move_out, membership_id=whose(world, "neighbour"))
    assert await registered(world) == 10


async def test_housemates_who_leave_at_once_are_counted_once(act: Act, world: World) -> None:
    await share_household(world)
    await asyncio.gather(
        *(act(n, move_out, membership_id=whose(world, n)) for n in ("resident", "neighbour"))
    )
    assert await registered(world) == 9


async def test_a_door_that_was_never_registered_is_not_counted_out(act: Act, world: World) -> None:
    waiting = await of(world, "pending")
    await models.Household.filter(id=waiting.household_id).update(registered_at=None)
    await act("pending", move_out, membership_id=waiting.id)
    assert (await of(world, "pending")).state is models.MembershipState.ENDED
    assert await registered(world) == 10


async def share_household(world: World) -> None:
    """The neighbour lives behind the resident's door."""
    neighbour = models.Membership.filter(id=whose(world, "neighbour"))
    await neighbour.update(household_id=world.household_id)
