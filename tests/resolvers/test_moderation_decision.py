"""What moderators decide takes effect at once, is told to whom it is about, and can be undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.comment
import resolvers.house_rule
import resolvers.mute
import resolvers.post
import resolvers.registration
import server.appeal
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.refusal import RefusalCode
from server.settings import Settings
from tests.inside import Ask
from tests.resolvers import talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.moderating import (
    CLOSE_COMMENTS,
    COMMENT,
    END_MEMBERSHIP,
    HIDE,
    NOTHING,
    POST,
    PROFILE,
    SUSPEND,
    WARN,
    about,
    appeal,
    decide,
    judged,
    lift,
    logged,
    report,
    report_message,
)
from tests.resolvers.talking import begin, ids, write
from tests.world import World

READ_POST = "query ($id: ID!) { post(id: $id) { body commentCount comments { nodes { body } } } }"
HOME = models.Audience.NEIGHBOURHOOD


async def post(ask: Ask, world: World, persona: str = "neighbour") -> Any:
    return (await talking.asked(ask, persona, READ_POST, id=world.posts[HOME]))["post"]


async def reported(act: Act, world: World, reporter: str = "neighbour") -> models.ContentReport:
    """The resident's post, brought before the moderators."""
    return await report(act, reporter, POST, world.posts[HOME])


async def test_a_hidden_post_is_gone_for_all_and_comes_back_as_it_was(
    act: Act, ask: Ask, world: World
) -> None:
    before = await post(ask, world)
    made = await reported(act, world)
    [decision] = await decide(act, made.case_id, HIDE)
    assert [await post(ask, world, each) for each in ("resident", "neighbour", "moderator")] == [
        *(None, None, None)
    ]
    await lift(act, decision)
    assert await post(ask, world) == before


async def test_a_hidden_comment_takes_its_replies_along_and_the_counters_follow(
    act: Act, ask: Ask, world: World
) -> None:
    post_id = world.posts[HOME]
    verb = resolvers.comment.add_comment
    start = (await post(ask, world))["commentCount"]
    comment = await act("resident", verb, post_id=post_id, body="Lelijk woord.")
    await act("moderator", verb, post_id=post_id, body="Nou nou.", parent_id=comment.id)
    made = await report(act, "neighbour", COMMENT, comment.id)
    [decision] = await decide(act, made.case_id, HIDE)
    found = await post(ask, world)
    assert found["commentCount"] == start
    assert "Lelijk woord." not in str(found)
    await lift(act, decision)
    assert (await post(ask, world))["commentCount"] == start + 2


async def test_a_hidden_message_and_a_hidden_profile_lose_their_words_and_get_them_back(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour")
    message = await write(act, talk, "Lelijk woord.", "neighbour")
    member = models.Membership.filter(id=ids(world, "neighbour")[0])
    await member.update(about="Lelijk profiel.")
    for made in (
        await report_message(act, message),
        await report(act, "resident", PROFILE, ids(world, "neighbour")[0]),
    ):
        [decision] = await decide(act, made.case_id, HIDE)
        words = (await models.ChatMessage.get(id=message.id)).body, (await member.get()).about
        assert "Lelijk" not in words[0 if decision.subject is not PROFILE else 1]
        await lift(act, decision)
    assert (await models.ChatMessage.get(id=message.id)).body == "Lelijk woord."
    assert (await member.get()).about == "Lelijk profiel."


async def test_under_a_post_with_closed_comments_nobody_writes(act: Act, world: World) -> None:
    made = await reported(act, world)
    [decision] = await decide(act, made.case_id, CLOSE_COMMENTS)
    comment = resolvers.comment.add_comment
    given = {"post_id": world.posts[HOME], "body": "Nog iets."}
    async with refused(RefusalCode.CONFLICT, "post_id"):
        await act("neighbour", comment, **given)
    await lift(act, decision)
    await act("neighbour", comment, **given)


async def test_whoever_is_suspended_sees_nothing_until_it_is_over(
    act: Act, ask: Ask, world: World
) -> None:
    made = await reported(act, world)
    [decision] = await decide(act, made.case_id, SUSPEND, days=3)
    assert decision.until is not None
    left = decision.until - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)
    assert await post(ask, world, "resident") is None
    [told] = await about(ask, "resident")
    assert (told["measure"], told["nextSteps"], told["decidedBy"]) == ("SUSPEND", ["APPEAL"], None)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.Membership.filter(id=decision.accused_id).update(suspended_until=past)
    assert await post(ask, world, "resident") is not None


async def test_whoever_was_sent_away_does_not_come_back_by_another_code(
    act: Act, ask: Ask, world: World
) -> None:
    made = await reported(act, world)
    [decision] = await decide(act, made.case_id, END_MEMBERSHIP)
    assert await post(ask, world, "resident") is None
    join = resolvers.registration.join_neighbourhood
    given = {"code": world.code, "display_name": "Terug"}
    async with refused(RefusalCode.INVITATION_REFUSED, "code"):
        await act("resident", join, **given)
    await lift(act, decision)
    assert await post(ask, world, "resident") is not None


async def test_the_reporter_is_answered_and_named_to_nobody(
    act: Act, ask: Ask, world: World
) -> None:
    made = await reported(act, world)
    await decide(act, made.case_id, WARN, answer="Wij spraken met hen.")
    answered = await models.ContentReport.get(id=made.id)
    acted = models.ReportOutcome.ACTED
    assert (answered.outcome, answered.answer) == (acted, "Wij spraken met hen.")
    seen = str([await judged(ask, world), await logged(ask, world), await about(ask, "resident")])
    for secret in (made.id, made.resident_id, ids(world, "neighbour")[0], "Neighbour"):
        assert str(secret) not in seen


async def test_that_nothing_was_done_is_not_told_to_whom_it_is_about(
    act: Act, ask: Ask, world: World
) -> None:
    made = await reported(act, world)
    await decide(act, made.case_id, NOTHING)
    assert await about(ask, "resident") == []
    assert [line["measure"] for line in await logged(ask, world)] == ["NOTHING"]
    answered = await models.ContentReport.get(id=made.id)
    assert answered.outcome is models.ReportOutcome.NOT_ACTED


async def test_a_case_is_decided_once_and_by_none_but_a_moderator_it_is_not_about(
    act: Act, world: World
) -> None:
    made = await reported(act, world)
    for persona in ("resident", "neighbour", "worker", "stranger"):
        async with refused(RefusalCode.NOT_FOUND):
            await decide(act, made.case_id, WARN, persona=persona)
    await decide(act, made.case_id, WARN)
    async with refused(RefusalCode.CONFLICT, "case_id"):
        await decide(act, made.case_id, HIDE)
    assert await models.ModerationDecision.all().count() == 1


@pytest.mark.parametrize(
    ("measures", "more", "field"),
    [
        ([], {}, "measures"),
        ([WARN, WARN], {}, "measures"),
        ([NOTHING, WARN], {}, "measures"),
        ([SUSPEND], {}, "days"),
        ([SUSPEND], {"days": 91}, "days"),
        ([WARN], {"days": 3}, "days"),
        ([SUSPEND, END_MEMBERSHIP], {"days": 3}, "measures"),
    ],
)
async def test_measures_that_do_not_fit_are_refused_and_nothing_happens(
    act: Act,
    world: World,
    measures: list[models.ModerationMeasure],
    more: dict[str, Any],
    field: str,
) -> None:
    made = await reported(act, world)
    async with refused(RefusalCode.INVALID, field):
        await decide(act, made.case_id, *measures, **more)
    assert await models.ModerationDecision.all().count() == 0


@pytest.mark.parametrize("is_lifted", [True, False])
async def test_the_platform_answers_an_appeal_once(
    act: Act, ask: Ask, world: World, settings: Settings, is_lifted: bool
) -> None:
    made = await reported(act, world)
    [decision] = await decide(act, made.case_id, HIDE)
    async with refused(RefusalCode.NOT_FOUND):
        await appeal(act, decision, "neighbour")
    await appeal(act, decision, "resident")
    async with refused(RefusalCode.CONFLICT):
        await appeal(act, decision, "resident")
    [waiting] = await server.appeal.waiting(settings.database_url)
    assert str(decision.id) in waiting
    assert "Resident" not in waiting
    given: dict[str, Any] = {"decision_id": decision.id, "is_lifted": is_lifted}
    given["words"] = "Wij keken ernaar."
    await server.appeal.answer(settings.database_url, **given)
    assert await server.appeal.waiting(settings.database_url) == []
    [told] = await about(ask, "resident")
    expected = "LIFTED" if is_lifted else "UPHELD"
    assert (told["state"], told["answer"], told["nextSteps"]) == (expected, "Wij keken ernaar.", [])
    assert (await post(ask, world) is not None) is is_lifted
    async with refused(RefusalCode.CONFLICT):
        await server.appeal.answer(settings.database_url, **given)


async def test_house_rules_have_versions_and_are_accepted_one_by_one(
    act: Act, world: World
) -> None:
    rules = resolvers.house_rule
    where = {"neighbourhood_id": world.home}
    async with refused(RefusalCode.CONFLICT, "version"):
        await act("neighbour", rules.accept_house_rules, **where, version=0)
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", rules.set_house_rules, **where, body="x")
    first = await act("moderator", rules.set_house_rules, **where, body="Wees aardig.")
    second = await act("moderator", rules.set_house_rules, **where, body="Wees lief.")
    assert (first.version, second.version) == (1, 2)
    async with refused(RefusalCode.CONFLICT, "version"):
        await act("neighbour", rules.accept_house_rules, **where, version=1)
    for _ in range(2):
        await act("neighbour", rules.accept_house_rules, **where, version=2)
    assert [row.version for row in await models.RulesAcceptance.all()] == [2]


async def test_a_mute_is_one_way_and_can_be_left_out_of_the_feed(
    act: Act, ask: Ask, world: World, hub: Hub
) -> None:
    [resident] = ids(world, "resident")
    await act("neighbour", resolvers.mute.mute_member, membership_id=resident)
    document = """query ($id: ID!, $muted: Boolean) {
      neighbourhood(id: $id) { feed(muted: $muted, first: 100) { nodes { id } } } }"""

    async def count(persona: str, muted: bool | None) -> int:
        found = await talking.asked(ask, persona, document, id=world.home, muted=muted)
        return len(found["neighbourhood"]["feed"]["nodes"])

    everything = await count("neighbour", None)
    assert await count("neighbour", True) + await count("neighbour", False) == everything
    assert await count("neighbour", True) > 0
    assert await count("resident", True) == 0
    context = await Context(hub, world.people["resident"].token).fresh()
    assert context.viewer.blocked == frozenset()
