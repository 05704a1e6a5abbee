"""Skills: the catalogue that a migration brings, and what members offer their neighbours."""

import importlib
from typing import Any
from uuid import UUID

import pytest

import models
from models.database import connection
from resolvers.membership import move_out
from resolvers.refusal import RefusalCode
from resolvers.skill import offer_help, withdraw_offer
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

CATALOGUE = "query ($group: SkillGroup, $first: Int, $after: String) { skills(group: $group, "
CATALOGUE += "first: $first, after: $after) { nodes { id slug group nameNl nameFr nameEn }"
CATALOGUE += " pageInfo { endCursor hasNextPage } } }"
OFFER = "query ($id: ID!) { membership(id: $id) { helpOffer { skills { slug nameNl } } } }"
OFFERED = {
    "helpOffer": {
        "skills": [
            {"slug": "tax-return", "nameNl": "belastingaangifte invullen"},
            {"slug": "bicycle-repair", "nameNl": "fietsen herstellen"},
        ]
    }
}


def whose(world: World, persona: str) -> UUID:
    id = world.people[persona].membership_id
    assert id is not None
    return id


async def offer(act: Act, world: World, *slugs: str) -> models.HelpOffer:
    given = {"membership_id": whose(world, "resident"), "skills": list(slugs)}
    made: models.HelpOffer = await act("resident", offer_help, **given)
    return made


async def whole_catalogue(ask: Ask, persona: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        answer = await ask(persona, CATALOGUE, first=30, after=after)
        assert answer.errors is None
        assert answer.data is not None
        page = answer.data["skills"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def test_everybody_reads_the_catalogue_in_its_order(ask: Ask) -> None:
    catalogue = importlib.import_module("models.migrations.0005_skill_catalogue")
    names = ("id", "group", "slug", "nameNl", "nameFr", "nameEn")
    expected = [dict(zip(names, row, strict=True)) for row in catalogue.ROWS]
    assert len(expected) == 74
    assert await whole_catalogue(ask, "signed_out") == expected
    assert await whole_catalogue(ask, "resident") == expected


async def test_the_catalogue_has_a_skill_in_each_group_and_no_name_twice(world: World) -> None:
    rows = await models.Skill.all()
    assert {row.group for row in rows} == set(models.SkillGroup)
    for column in ("slug", "name_nl", "name_fr", "name_en"):
        assert len({getattr(row, column) for row in rows}) == len(rows), column


async def test_the_migration_may_run_again_and_be_undone(world: World) -> None:
    catalogue = importlib.import_module("models.migrations.0005_skill_catalogue")
    [operation] = catalogue.Migration.operations
    [(insert, rows)], [(delete, ids)] = operation.sql, operation.reverse_sql
    before = await models.Skill.all().order_by("id").values()
    await connection().execute_query(insert, rows)
    assert await models.Skill.all().order_by("id").values() == before
    await connection().execute_query(delete, ids)
    assert await models.Skill.all().count() == 0
    await connection().execute_query(insert, rows)
    assert await models.Skill.all().order_by("id").values() == before


async def test_one_group_of_the_catalogue_is_read_alone(ask: Ask) -> None:
    answer = await ask("signed_out", CATALOGUE, group="ANIMALS")
    assert answer.data is not None
    found = [skill["slug"] for skill in answer.data["skills"]["nodes"]]
    assert found == ["dog-walking", "pet-sitting", "chickens", "vet"]


async def test_only_the_own_neighbourhood_reads_an_offer(
    ask: Ask, act: Act, partners: World
) -> None:
    await offer(act, partners, "tax-return", "bicycle-repair", "tax-return")
    id = whose(partners, "resident")
    for persona in ("resident", "neighbour", "moderator", "worker"):
        assert (await ask(persona, OFFER, id=id)).data == {"membership": OFFERED}, persona
    assert (await ask("nearby", OFFER, id=id)).data == {"membership": {"helpOffer": None}}
    for persona in ("stranger", "former", "pending"):
        assert (await ask(persona, OFFER, id=id)).data == {"membership": None}, persona
    for persona in ("manager", "editor", "token volunteers:read"):
        assert (await ask(persona, OFFER, id=id)).data == {"membership": None}, persona


async def test_an_offer_takes_the_place_of_the_one_before(act: Act, world: World) -> None:
    first = await offer(act, world, "cooking")
    again = await offer(act, world, "vet", "baking")
    rows = await models.HelpOffer.all()
    assert [(row.id, row.skills) for row in rows] == [(first.id, ["vet", "baking"])]
    assert again.id == first.id


async def test_a_withdrawn_offer_is_gone_and_may_be_withdrawn_again(
    ask: Ask, act: Act, world: World
) -> None:
    await offer(act, world, "cooking")
    id = whose(world, "resident")
    await act("resident", withdraw_offer, membership_id=id)
    assert (await ask("neighbour", OFFER, id=id)).data == {"membership": {"helpOffer": None}}
    assert await models.HelpOffer.exists() is False
    await act("resident", withdraw_offer, membership_id=id)


async def test_whoever_moves_out_offers_nothing_more(ask: Ask, act: Act, world: World) -> None:
    await offer(act, world, "cooking")
    id = whose(world, "resident")
    await act("resident", move_out, membership_id=id)
    assert (await ask("neighbour", OFFER, id=id)).data == {"membership": {"helpOffer": None}}
    assert await models.HelpOffer.exists() is False


@pytest.mark.parametrize(
    "slugs", [[], ["no-such-skill"], ["cooking", "no-such-skill"], [f"s{n}" for n in range(21)]]
)
async def test_only_one_to_twenty_skills_of_the_catalogue_are_offered(
    act: Act, world: World, slugs: list[str]
) -> None:
    async with refused(RefusalCode.INVALID, "skills"):
        await offer(act, world, *slugs)


async def test_twenty_skills_may_be_offered(act: Act, world: World) -> None:
    rows = await models.Skill.all().order_by("id").limit(21)
    slugs = [row.slug for row in rows]
    made = await offer(act, world, *slugs[:20])
    assert made.skills == slugs[:20]
    async with refused(RefusalCode.INVALID, "skills"):
        await offer(act, world, *slugs)


@pytest.mark.parametrize(
    ("verb", "given"), [(offer_help, {"skills": ["vet"]}), (withdraw_offer, {})]
)
async def test_only_a_verified_member_who_lives_there_offers(
    act: Act, world: World, verb: Any, given: dict[str, Any]
) -> None:
    await offer(act, world, "cooking")
    id = whose(world, "resident")
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, membership_id=id, **given)
    async with refused(RefusalCode.NOT_FOUND):
        await act("stranger", verb, membership_id=id, **given)
    for persona in ("pending", "former", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, verb, membership_id=whose(world, persona), **given)
