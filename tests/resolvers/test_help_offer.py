"""What members offer their neighbours: made, changed, paused, ended, and listed."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest

import models
import schema
from resolvers.help_offer import edit_offer, offer_help, withdraw_offer
from resolvers.membership import move_out
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import offer, whose
from tests.world import World, today

YESTERDAY = today() - timedelta(days=1)
MONDAY, SUNDAY = models.Availability.MONDAY_MORNING, models.Availability.SUNDAY_EVENING
FIELDS = "skills { slug nameNl } note availability reach endsOn paused hearsRequests"
OFFER = f"query ($id: ID!) {{ membership(id: $id) {{ helpOffer {{ {FIELDS} }} }} }}"
WHOLE = {
    "note": "Liefst na het eten.",
    "availability": [SUNDAY, MONDAY, SUNDAY],
    "reach": models.HelpReach.STREET,
    "ends_on": date(2099, 12, 31),
    "hears_requests": True,
}
READ = {
    "skills": [
        {"slug": "tax-return", "nameNl": "belastingaangifte invullen"},
        {"slug": "bicycle-repair", "nameNl": "fietsen herstellen"},
    ],
    "note": "Liefst na het eten.",
    "availability": ["MONDAY_MORNING", "SUNDAY_EVENING"],
    "reach": "STREET",
    "endsOn": "2099-12-31",
    "paused": False,
}
DIRECTORY = """
query ($id: ID!, $skill: String, $group: SkillGroup, $when: [Availability!], $first: Int,
       $after: String) {
  neighbourhood(id: $id) { helpOffers(
    skill: $skill, group: $group, availability: $when, first: $first, after: $after) {
      nodes { member { displayName } skills { slug } } pageInfo { endCursor hasNextPage } } }
}
"""
# the viewer, the neighbourhood, the offers, their members, their skills
STATEMENTS = 5


async def of(ask: Ask, world: World, persona: str, whom: str = "resident") -> Any:
    answer = await ask(persona, OFFER, id=whose(world, whom))
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["membership"] and answer.data["membership"]["helpOffer"]


async def listed(ask: Ask, world: World, persona: str = "resident", **more: Any) -> Any:
    answer = await ask(persona, DIRECTORY, id=world.home, **more)
    assert answer.errors is None
    assert answer.data is not None
    page = answer.data["neighbourhood"]["helpOffers"]
    return page and [node["member"]["displayName"] for node in page["nodes"]]


async def test_only_the_own_neighbourhood_reads_an_offer(
    ask: Ask, act: Act, partners: World
) -> None:
    slugs = ("tax-return", "bicycle-repair", "tax-return")
    await offer(act, partners, "resident", *slugs, **WHOLE)
    assert await of(ask, partners, "resident") == {**READ, "hearsRequests": True}
    for persona in ("neighbour", "moderator", "worker"):
        assert await of(ask, partners, persona) == {**READ, "hearsRequests": None}, persona
    for persona in ("nearby", "stranger", "former", "pending", "manager", "editor"):
        assert await of(ask, partners, persona) is None, persona
    answer = await ask("token volunteers:read", OFFER, id=whose(partners, "resident"))
    assert answer.data == {"membership": None}


async def test_an_offer_takes_the_place_of_the_one_before(act: Act, world: World) -> None:
    first = await offer(act, world, "resident", "cooking", **WHOLE, paused=True)
    await models.HelpOffer.filter(id=first.id).update(asked_count=3)
    again = await offer(act, world, "resident", "vet", "baking")
    [row] = await models.HelpOffer.all()
    assert (row.id, row.skills, row.asked_count) == (first.id, ["vet", "baking"], 3)
    assert (row.note, row.availability, row.reach) == ("", [], models.HelpReach.NEIGHBOURHOOD)
    assert (row.paused, row.ends_on, row.hears_requests) == (False, None, False)
    assert again.id == first.id


async def test_an_edit_changes_what_it_names_and_nothing_else(act: Act, world: World) -> None:
    id = whose(world, "resident")
    await offer(act, world, "resident", "cooking", **WHOLE)
    edits: tuple[dict[str, Any], ...] = (
        *({"paused": True}, {"skills": ["vet"]}),
        *({"availability": []}, {"ends_on": None}),
    )
    for given in edits:
        before = (await models.HelpOffer.all().values())[0]
        await act("resident", edit_offer, membership_id=id, **given)
        assert await models.HelpOffer.all().values() == [{**before, **given}]
    await act("resident", edit_offer, membership_id=id, note="", reach=models.HelpReach.NEARBY)
    await act("resident", edit_offer, membership_id=id)
    [row] = await models.HelpOffer.all()
    assert (row.note, row.reach, row.hears_requests) == ("", models.HelpReach.NEARBY, True)


async def test_what_is_paused_or_past_is_read_by_its_member_alone(
    ask: Ask, act: Act, world: World
) -> None:
    id = whose(world, "resident")
    await offer(act, world, "resident", "cooking")
    for hidden in ({"paused": True}, {"ends_on": YESTERDAY}):
        await models.HelpOffer.all().update(**hidden)
        assert (await of(ask, world, "resident"))["skills"][0]["slug"] == "cooking"
        for persona in ("neighbour", "moderator", "worker"):
            assert await of(ask, world, persona) is None, persona
        for persona in ("resident", "neighbour"):
            assert await listed(ask, world, persona) == []
        await act("resident", edit_offer, membership_id=id, paused=False, ends_on=today())
        assert await listed(ask, world, "neighbour") == ["Resident"]


async def test_a_withdrawn_offer_is_gone_and_may_be_withdrawn_again(
    ask: Ask, act: Act, world: World
) -> None:
    await offer(act, world, "resident")
    id = whose(world, "resident")
    await act("resident", withdraw_offer, membership_id=id)
    assert await of(ask, world, "neighbour") is None
    assert await models.HelpOffer.exists() is False
    await act("resident", withdraw_offer, membership_id=id)
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", edit_offer, membership_id=id, paused=True)


async def test_whoever_moves_out_offers_nothing_more(ask: Ask, act: Act, world: World) -> None:
    await offer(act, world, "resident")
    await act("resident", move_out, membership_id=whose(world, "resident"))
    assert await of(ask, world, "neighbour") is None
    assert await models.HelpOffer.exists() is False


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"skills": []}, RefusalCode.INVALID, "skills"),
        ({"skills": ["no-such-skill"]}, RefusalCode.INVALID, "skills"),
        ({"skills": ["vet", "no-such-skill"]}, RefusalCode.INVALID, "skills"),
        ({"skills": [f"s{n}" for n in range(21)]}, RefusalCode.INVALID, "skills"),
        ({"note": "x" * 501}, RefusalCode.TOO_LONG, "note"),
        ({"note": "\x07"}, RefusalCode.INVALID, "note"),
        ({"ends_on": YESTERDAY}, RefusalCode.INVALID, "ends_on"),
    ],
)
async def test_an_offer_that_may_not_be_is_refused(
    act: Act, world: World, given: dict[str, Any], code: RefusalCode, field: str
) -> None:
    id = whose(world, "resident")
    await offer(act, world, "resident", "cooking")
    async with refused(code, field):
        await act("resident", offer_help, membership_id=id, **{"skills": ["vet"], **given})
    async with refused(code, field):
        await act("resident", edit_offer, membership_id=id, **given)


async def test_twenty_skills_may_be_offered(act: Act, world: World) -> None:
    rows = await models.Skill.all().order_by("id").limit(21)
    slugs = [row.slug for row in rows]
    made = await offer(act, world, "resident", *slugs[:20], ends_on=today())
    assert made.skills == slugs[:20]
    async with refused(RefusalCode.INVALID, "skills"):
        await offer(act, world, "resident", *slugs)


@pytest.mark.parametrize(
    ("verb", "given"),
    [(offer_help, {"skills": ["vet"]}), (edit_offer, {"paused": True}), (withdraw_offer, {})],
)
async def test_only_a_verified_member_who_lives_there_offers(
    act: Act, world: World, verb: Any, given: dict[str, Any]
) -> None:
    await offer(act, world, "resident")
    id = whose(world, "resident")
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, membership_id=id, **given)
    async with refused(RefusalCode.NOT_FOUND):
        await act("stranger", verb, membership_id=id, **given)
    for persona in ("pending", "former", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, membership_id=whose(world, persona), **given)


async def test_the_directory_is_for_the_own_neighbourhood_only(
    ask: Ask, act: Act, partners: World
) -> None:
    for persona in ("resident", "neighbour", "moderator", "nearby"):
        await offer(act, partners, persona)
    for persona in ("resident", "neighbour", "moderator", "worker"):
        assert await listed(ask, partners, persona) == ["Moderator", "Neighbour", "Resident"]
    outside = ("nearby", "stranger", "worker_elsewhere", "former", "pending", "signed_out")
    for persona in (*outside, "manager", "token volunteers:read"):
        assert await listed(ask, partners, persona) is None, persona


async def test_the_directory_is_narrowed_by_skill_group_and_time(
    ask: Ask, act: Act, world: World
) -> None:
    await offer(act, world, "resident", "cooking", "vet", availability=[MONDAY])
    await offer(act, world, "neighbour", "dog-walking", availability=[MONDAY, SUNDAY])
    await offer(act, world, "moderator", "cooking")
    assert await listed(ask, world, skill="cooking") == ["Moderator", "Resident"]
    assert await listed(ask, world, skill="no-such-skill") == []
    assert await listed(ask, world, group="ANIMALS") == ["Neighbour", "Resident"]
    assert await listed(ask, world, when=["MONDAY_MORNING"]) == ["Neighbour", "Resident"]
    assert await listed(ask, world, when=["SUNDAY_EVENING", "FRIDAY_MORNING"]) == ["Neighbour"]
    assert await listed(ask, world, when=[]) == []
    assert await listed(ask, world, skill="cooking", group="ANIMALS") == ["Resident"]
    assert await listed(ask, world, skill="cooking", when=["SUNDAY_EVENING"]) == []


async def test_the_directory_is_read_in_pages_at_the_same_cost(
    ask: Ask, act: Act, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for persona in ("resident", "neighbour", "moderator"):
        await offer(act, world, persona, "cooking", "vet")
    names, after = [], None
    for size in (1, 2):
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
            answer = await ask("worker", DIRECTORY, id=world.home, first=size, after=after)
        assert answer.data is not None
        page = answer.data["neighbourhood"]["helpOffers"]
        names += [node["member"]["displayName"] for node in page["nodes"]]
        assert page["pageInfo"]["hasNextPage"] is (size == 1)
        after = page["pageInfo"]["endCursor"]
        assert len([r for r in caplog.records if r.name == "tortoise.db_client"]) == STATEMENTS
    assert names == ["Moderator", "Neighbour", "Resident"]


async def test_blocked_persons_do_not_see_each_others_offers(
    ask: Ask, act: Act, world: World
) -> None:
    for persona in ("resident", "neighbour"):
        await offer(act, world, persona)
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people["resident"].resident_id,
        blocked_id=world.people["neighbour"].resident_id,
        membership_id=whose(world, "neighbour"),
    )
    assert await listed(ask, world, "resident") == ["Resident"]
    assert await listed(ask, world, "neighbour") == ["Neighbour"]
    assert await listed(ask, world, "moderator") == ["Neighbour", "Resident"]


def test_how_often_somebody_was_asked_is_told_to_nobody() -> None:
    printed = schema.api.as_str()
    assert "hearsRequests" in printed
    assert "askedCount" not in printed
    assert "lastAskedAt" not in printed
