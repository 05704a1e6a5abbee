"""Being of age: what one may say of oneself, what a housemate says, and what follows from it."""

import pytest

import models
from resolvers.age import say_of_age
from resolvers.guardian_leave_grant import withdraw_guardian_leave
from resolvers.refusal import RefusalCode
from resolvers.resident import update_account
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import family, leave, offer, request, say_age, whose
from tests.resolvers.test_guardian_leave import ended, heard, helping
from tests.world import World

UNDER_18, ADULT = models.AgeBand
AGE = "{ viewer { ageBand } }"
FORBIDDEN = RefusalCode.FORBIDDEN


async def band(world: World, persona: str) -> models.AgeBand | None:
    return (await models.Resident.get(id=world.people[persona].resident_id)).age_band


async def test_it_is_said_and_read_by_oneself_alone(ask: Ask, act: Act, world: World) -> None:
    assert (await ask("resident", AGE)).data == {"viewer": {"ageBand": None}}
    await act("resident", update_account, age_band=ADULT)
    await act("resident", update_account, phone="")
    assert (await ask("resident", AGE)).data == {"viewer": {"ageBand": "ADULT"}}
    assert (await ask("neighbour", AGE)).data == {"viewer": {"ageBand": None}}
    assert (await ask("signed_out", AGE)).data == {"viewer": None}


@pytest.mark.parametrize("before", [None, ADULT])
async def test_whoever_says_to_be_under_18_ends_all_own_help(
    act: Act, world: World, before: models.AgeBand | None
) -> None:
    await say_age(world, before, "neighbour")
    own = await helping(act, world)
    await act("neighbour", update_account, age_band=UNDER_18)
    await ended(world, own)
    for verb in (offer(act, world), request(act, world, "neighbour")):
        async with refused(FORBIDDEN):
            await verb


async def test_a_guardian_who_is_none_takes_the_leave_along(act: Act, world: World) -> None:
    await family(world)
    given = await leave(act, world)
    own = await helping(act, world)
    await act("resident", update_account, age_band=UNDER_18)
    await ended(world, own)
    assert (await models.GuardianLeave.get(id=given.id)).revoked_at is not None
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2


async def test_to_say_the_same_again_ends_nothing(act: Act, world: World) -> None:
    await family(world)
    await leave(act, world)
    await offer(act, world)
    await act("neighbour", update_account, age_band=UNDER_18)
    assert await models.HelpOffer.exists()


async def test_who_has_had_no_leave_corrects_it_alone(act: Act, world: World) -> None:
    await say_age(world, UNDER_18, "neighbour")
    await act("neighbour", update_account, age_band=ADULT)
    assert await band(world, "neighbour") is ADULT
    await offer(act, world)


async def test_who_was_given_leave_does_not_come_of_age_alone(act: Act, world: World) -> None:
    await family(world)
    given = await leave(act, world)
    for _ in range(2):
        async with refused(FORBIDDEN):
            await act("neighbour", update_account, age_band=ADULT)
        await act("resident", withdraw_guardian_leave, guardian_leave_id=given.id)
    assert await band(world, "neighbour") is UNDER_18


async def test_a_housemate_says_that_a_minor_is_of_age_and_nothing_ends(
    act: Act, world: World
) -> None:
    await family(world)
    given = await leave(act, world)
    await offer(act, world)
    await act("resident", say_of_age, membership_id=whose(world, "neighbour"))
    assert await band(world, "neighbour") is ADULT
    assert await models.HelpOffer.exists()
    assert (await models.GuardianLeave.get(id=given.id)).revoked_at is not None
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2
    async with refused(RefusalCode.INVALID, "membership_id"):
        await act("resident", say_of_age, membership_id=whose(world, "neighbour"))


async def test_only_a_housemate_of_age_says_it(act: Act, world: World) -> None:
    await family(world)
    await say_age(world, ADULT, "moderator", "worker", "stranger")
    for persona in ("moderator", "worker", "neighbour"):
        async with refused(FORBIDDEN):
            await act(persona, say_of_age, membership_id=whose(world, "neighbour"))
    async with refused(RefusalCode.NOT_FOUND):
        await act("stranger", say_of_age, membership_id=whose(world, "neighbour"))
    await say_age(world, None, "resident")
    async with refused(FORBIDDEN):
        await act("resident", say_of_age, membership_id=whose(world, "neighbour"))
