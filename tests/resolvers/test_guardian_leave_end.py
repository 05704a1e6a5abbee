"""Leave that runs out, and what happens when it ends at the moment in which it is used."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import models
from realtime.hub import Hub
from resolvers.guardian_leave_grant import end_due, withdraw_guardian_leave
from resolvers.refusal import Refusal, RefusalCode
from resolvers.resident import update_account
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import family, leave, offer, request, say_age
from tests.resolvers.test_guardian_leave import ended, heard, helping
from tests.world import World

UNDER_18, ADULT = models.AgeBand


async def expire(leave: models.GuardianLeave) -> datetime:
    """The leave ends by itself, a minute ago."""
    end = datetime.now(UTC) - timedelta(minutes=1)
    await models.GuardianLeave.filter(id=leave.id).update(expires_at=end)
    return end


async def both(*verbs: Any) -> list[Any]:
    """The answers when these run at once, refusals among them; nothing else is raised."""
    answers = await asyncio.gather(*verbs, return_exceptions=True)
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    assert [each for each in failed if not isinstance(each, Refusal)] == []
    return answers


async def test_leave_that_runs_out_ends_all_help_and_is_told_once(
    act: Act, world: World, hub: Hub
) -> None:
    await family(world)
    given = await leave(act, world)
    own = await helping(act, world)
    assert await end_due(hub, datetime.now(UTC)) == 0
    end = await expire(given)
    assert [await end_due(hub, datetime.now(UTC)) for _ in range(2)] == [1, 0]
    await ended(world, own)
    assert (await models.GuardianLeave.get(id=given.id)).revoked_at == end
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2


async def test_expired_leave_opens_nothing_before_anybody_ends_it(act: Act, world: World) -> None:
    await family(world)
    await expire(await leave(act, world))
    for verb in (offer(act, world), request(act, world, "neighbour")):
        async with refused(RefusalCode.FORBIDDEN):
            await verb


async def test_leave_given_anew_after_it_ran_out_keeps_what_the_minor_offers(
    act: Act, world: World, hub: Hub
) -> None:
    await family(world)
    first = await leave(act, world)
    await offer(act, world)
    await expire(first)
    again = await leave(act, world)
    assert again.id != first.id
    assert await end_due(hub, datetime.now(UTC)) == 0
    assert await models.HelpOffer.exists()


async def test_two_workers_end_leave_once(act: Act, world: World, hub: Hub) -> None:
    await family(world)
    await family(world, minor="moderator")
    for minor in ("neighbour", "moderator"):
        await expire(await leave(act, world, minor))
    now = datetime.now(UTC)
    assert sum(await both(*(end_due(hub, now) for _ in range(4)))) == 2
    assert await heard(world, "neighbour") == 2
    assert await heard(world, "resident") == 4


async def test_no_offer_slips_past_leave_that_is_taken_back(act: Act, world: World) -> None:
    await family(world)
    for _ in range(5):
        given = await leave(act, world)
        verbs = (
            offer(act, world),
            request(act, world, "neighbour"),
            act("resident", withdraw_guardian_leave, guardian_leave_id=given.id),
        )
        await both(*verbs)
        assert await models.HelpOffer.exists() is False
        states = {row.state for row in await models.HelpRequest.all()}
        assert states <= {models.HelpRequestState.WITHDRAWN}


async def test_no_offer_slips_past_whoever_says_to_be_under_18(act: Act, world: World) -> None:
    for _ in range(5):
        await say_age(world, ADULT, "neighbour")
        said = act("neighbour", update_account, age_band=UNDER_18)
        await both(offer(act, world), request(act, world, "neighbour"), said)
        assert await models.HelpOffer.exists() is False
        states = {row.state for row in await models.HelpRequest.all()}
        assert states <= {models.HelpRequestState.WITHDRAWN}
