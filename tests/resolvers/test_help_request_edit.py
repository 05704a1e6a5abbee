"""Requests for help: made with all they ask for, changed, confirmed and taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.post
from resolvers.help_request_edit import (
    confirm_help_request,
    edit_help_request,
    request_help,
    withdraw_help_request,
)
from resolvers.refusal import RefusalCode
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import SOON, matched, offer, request, say_age, whose
from tests.world import World

State = models.HelpRequestState
CONFLICT, INVALID = RefusalCode.CONFLICT, RefusalCode.INVALID
YEARS = datetime.now(UTC) + timedelta(days=400)
COLUMNS = ("skill", "urgency", "wanted_from", "wanted_until", "minutes", "people", "state")
PLAIN = (None, models.Urgency.NO_HURRY, None, None, None, 1, State.OPEN)


async def stored(made: models.HelpRequest) -> dict[str, Any]:
    [row] = await models.HelpRequest.filter(id=made.id).values(*COLUMNS)
    return row


async def edit(act: Act, made: models.HelpRequest, **given: Any) -> None:
    await act("resident", edit_help_request, help_request_id=made.id, **given)


async def test_asking_for_help_makes_a_post_and_its_request(act: Act, world: World) -> None:
    made = await request(
        act, world, title="Lek", minutes=5, audience=models.Audience.NEIGHBOURS_NEARBY
    )
    post = await models.Post.get(id=made.post_id)
    assert (post.kind, post.title) == (models.PostKind.HELP_REQUEST, "Lek")
    [row] = await models.HelpRequest.all()
    assert (row.post_id, row.author_id, row.audience) == (post.id, post.author_id, post.audience)
    assert (row.skill, row.minutes, row.people, row.state) == ("bicycle-repair", 5, 1, State.OPEN)
    assert await ledger.told(world.home) == ["POST_PUBLISHED"]


async def test_a_plain_post_that_asks_for_help_has_a_request_too(act: Act, world: World) -> None:
    for kind in set(models.PostKind) - {models.PostKind.ANNOUNCEMENT}:
        post = await act(
            "resident",
            resolvers.post.create_post,
            neighbourhood_id=world.home,
            kind=kind,
            body="Wie helpt?",
        )
        rows = await models.HelpRequest.filter(post_id=post.id)
        assert len(rows) == (kind is models.PostKind.HELP_REQUEST)
    [row] = await models.HelpRequest.all()
    assert tuple(getattr(row, name) for name in COLUMNS) == PLAIN


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"skill": "no-such-skill"}, "skill"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 10_081}, "minutes"),
        ({"people": 0}, "people"),
        ({"people": 21}, "people"),
        ({"wanted_from": datetime.now(UTC) - timedelta(hours=2)}, "wanted_from"),
        ({"wanted_from": datetime(2099, 1, 1)}, "wanted_from"),
        ({"wanted_from": YEARS}, "wanted_from"),
        ({"wanted_until": datetime.now(UTC) - timedelta(seconds=1)}, "wanted_until"),
        ({"wanted_until": YEARS}, "wanted_until"),
        ({"wanted_from": SOON, "wanted_until": SOON}, "wanted_until"),
        ({"wanted_from": SOON, "wanted_until": SOON - timedelta(hours=1)}, "wanted_until"),
    ],
)
async def test_a_request_that_may_not_be_is_refused(
    act: Act, world: World, given: dict[str, Any], field: str
) -> None:
    async with refused(INVALID, field):
        await request(act, world, **given)
    made = await request(act, world)
    async with refused(INVALID, field):
        await edit(act, made, **given)


async def test_the_bounds_themselves_are_taken(act: Act, world: World) -> None:
    await request(act, world, minutes=10_080, people=20, wanted_from=datetime.now(UTC))
    await request(act, world, minutes=5, wanted_until=datetime.now(UTC) + timedelta(days=365))


async def test_a_post_that_may_not_be_leaves_no_request(act: Act, world: World) -> None:
    async with refused(INVALID, "body"):
        await request(act, world, body=" ")
    for persona in ("stranger", "nearby"):
        async with refused(RefusalCode.NOT_FOUND):
            given = {"neighbourhood_id": world.home, "body": "Help"}
            await act(persona, request_help, **given)


async def test_an_edit_changes_what_it_names_and_is_told(act: Act, world: World) -> None:
    made = await request(act, world, wanted_from=SOON, minutes=30)
    edits: list[dict[str, Any]] = [
        {"skill": "cooking"},
        {"skill": None},
        {"urgency": models.Urgency.TODAY},
        {"wanted_until": SOON + timedelta(hours=1)},
        {"wanted_from": None},
        {"minutes": 45, "people": 3},
    ]
    for given in edits:
        before = await stored(made)
        await edit(act, made, **given)
        assert await stored(made) == {**before, **given}
    assert await ledger.told(world.home) == ["POST_PUBLISHED"] + ["POST_EDITED"] * len(edits)
    assert (await models.Post.get(id=made.post_id)).edited_at is None
    await edit(act, made)
    await edit(act, made, minutes=45, urgency=None, people=None)
    assert len(await ledger.told(world.home)) == 1 + len(edits)


async def test_a_time_that_has_passed_does_not_stand_in_the_way_of_other_edits(
    act: Act, world: World
) -> None:
    made = await request(act, world, wanted_from=SOON)
    past = datetime.now(UTC) - timedelta(days=3)
    await models.HelpRequest.filter(id=made.id).update(wanted_from=past)
    await edit(act, made, minutes=60)
    await edit(act, made, wanted_until=SOON)
    row = await stored(made)
    assert (row["wanted_from"], row["minutes"]) == (past, 60)


async def test_the_order_of_times_holds_over_an_edit(act: Act, world: World) -> None:
    made = await request(act, world, wanted_from=SOON, wanted_until=SOON + timedelta(hours=1))
    async with refused(INVALID, "wanted_until"):
        await edit(act, made, wanted_from=SOON + timedelta(hours=2))


async def test_how_many_are_wanted_decides_whether_there_is_help_enough(
    act: Act, world: World
) -> None:
    made = await request(act, world)
    await matched(world, made, "neighbour")
    await edit(act, made, people=2)
    assert (await stored(made))["state"] is State.OPEN
    await matched(world, made, "moderator", models.HelpMatchState.COMPLETED)
    async with refused(CONFLICT, "people"):
        await edit(act, made, people=1)
    await edit(act, made, people=3)
    await edit(act, made, people=2)
    assert (await stored(made))["state"] is State.MATCHED


async def test_a_request_is_taken_back_once_for_good_with_what_was_proposed(
    act: Act, world: World
) -> None:
    made = await request(act, world)
    match = await matched(world, made, "neighbour", models.HelpMatchState.PROPOSED)
    for _ in range(2):
        await act("resident", withdraw_help_request, help_request_id=made.id)
    assert (await stored(made))["state"] is State.WITHDRAWN
    assert (await models.HelpMatch.get(id=match.id)).state is models.HelpMatchState.WITHDRAWN
    assert await ledger.told(world.home) == ["POST_PUBLISHED", "POST_EDITED"]
    for persona in ("resident", "neighbour"):
        resident_id = world.people[persona].resident_id
        assert resident_id is not None
        assert await ledger.told(resident_id) == ["HELP_MATCH_CHANGED"]
    for verb, given in ((edit_help_request, {"people": 2}), (confirm_help_request, {})):
        async with refused(CONFLICT, "help_request_id"):
            await act("resident", verb, help_request_id=made.id, **given)
    async with refused(CONFLICT, "post_id"):
        await act("resident", resolvers.post.mark_solved, post_id=made.post_id)


async def test_a_solved_request_is_not_taken_back_nor_changed(act: Act, world: World) -> None:
    made = await request(act, world)
    await act("resident", resolvers.post.mark_solved, post_id=made.post_id)
    for verb in (withdraw_help_request, edit_help_request, confirm_help_request):
        async with refused(CONFLICT, "help_request_id"):
            await act("resident", verb, help_request_id=made.id)


async def test_it_is_confirmed_by_its_author_and_all_may_know(act: Act, world: World) -> None:
    made = await request(act, world)
    await act("resident", confirm_help_request, help_request_id=made.id)
    assert (await models.HelpRequest.get(id=made.id)).confirmed_at is not None
    assert await ledger.told(world.home) == ["POST_PUBLISHED", "POST_EDITED"]


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (edit_help_request, {"people": 2}),
        (confirm_help_request, {}),
        (withdraw_help_request, {}),
    ],
)
async def test_only_its_author_changes_a_request(
    act: Act, world: World, verb: Any, given: dict[str, Any]
) -> None:
    made = await request(act, world)
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, help_request_id=made.id, **given)
    for persona in ("nearby", "stranger", "former"):
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, verb, help_request_id=made.id, **given)
    await models.HelpRequest.filter(id=made.id).update(audience=models.Audience.NEIGHBOURS_ONLY)
    async with refused(RefusalCode.NOT_FOUND):
        await act("worker", verb, help_request_id=made.id, **given)


async def test_a_minor_without_leave_asks_nothing(act: Act, world: World) -> None:
    await say_age(world, models.AgeBand.UNDER_18, "neighbour")
    async with refused(RefusalCode.FORBIDDEN):
        await request(act, world, "neighbour")
    given = {"neighbourhood_id": world.home, "body": "Wie helpt?"}
    async with refused(RefusalCode.FORBIDDEN):
        kind = models.PostKind.HELP_REQUEST
        await act("neighbour", resolvers.post.create_post, kind=kind, **given)
    await act("neighbour", resolvers.post.create_post, kind=models.PostKind.MESSAGE, **given)
    async with refused(RefusalCode.FORBIDDEN):
        await offer(act, world)
    assert await models.HelpRequest.filter(author_id=whose(world, "neighbour")).count() == 0
