"""Skills: the catalogue that a migration brings, and how it is searched."""

import importlib
from typing import Any

import pytest

import models
from models.database import connection
from tests.inside import Ask
from tests.world import World

CATALOGUE = "query ($group: SkillGroup, $first: Int, $after: String) { skills(group: $group, "
CATALOGUE += "first: $first, after: $after) { nodes { id slug group nameNl nameFr nameEn }"
CATALOGUE += " pageInfo { endCursor hasNextPage } } }"
SEARCH = "query ($search: String!, $group: SkillGroup, $first: Int, $after: String) { skills("
SEARCH += "search: $search, group: $group, first: $first, after: $after) { nodes { slug }"
SEARCH += " pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }"


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
    left = await models.Skill.all().count()
    await connection().execute_query(insert, rows)
    assert left == 0
    assert await models.Skill.all().order_by("id").values() == before


async def test_one_group_of_the_catalogue_is_read_alone(ask: Ask) -> None:
    answer = await ask("signed_out", CATALOGUE, group="ANIMALS")
    assert answer.data is not None
    found = [skill["slug"] for skill in answer.data["skills"]["nodes"]]
    assert found == ["dog-walking", "pet-sitting", "chickens", "vet"]


async def found(ask: Ask, search: str, persona: str = "signed_out", **more: Any) -> list[str]:
    answer = await ask(persona, SEARCH, search=search, **more)
    assert answer.errors is None
    assert answer.data is not None
    return [skill["slug"] for skill in answer.data["skills"]["nodes"]]


@pytest.mark.parametrize(
    ("search", "slugs"),
    [
        ("fiets", ["learning-to-cycle", "cycling", "bicycle-repair"]),
        ("FIETSEN", ["learning-to-cycle", "cycling", "bicycle-repair"]),
        ("fietsn", ["learning-to-cycle", "cycling", "bicycle-repair"]),
        ("fiets herstelen", ["bicycle-repair"]),
        ("boodschap", ["groceries"]),
        ("boodschappen", ["groceries"]),
        ("jardin", ["garden-tools"]),
        ("jardins", ["garden-tools"]),
        ("jardain", ["garden-tools"]),
        ("velo", ["learning-to-cycle", "cycling", "bicycle-repair"]),
        ("vélos", ["bicycle-repair", "learning-to-cycle", "cycling"]),
        ("bicycle", ["bicycle-repair"]),
        ("repair of bicycles", ["bicycle-repair"]),
        ("tuin", ["garden-tools", "vegetable-garden"]),
        ("hond", ["dog-walking"]),
        ("de hond", ["dog-walking"]),
        ("komputer", ["computer"]),
        ("impots", ["tax-return"]),
        ("  ziekenhuis  ", ["hospital-ride"]),
        ("xyzzy", []),
        ("?!", []),
        ("%", []),
        ("' or 1=1 --", []),
    ],
)
async def test_a_search_forgives_plurals_accents_and_spelling(
    ask: Ask, search: str, slugs: list[str]
) -> None:
    assert await found(ask, search) == slugs


async def test_a_search_keeps_to_a_group_and_reads_nothing_into_no_words(ask: Ask) -> None:
    assert await found(ask, "fiets", group="CHILDREN") == ["learning-to-cycle"]
    assert await found(ask, "fiets", group="GARDEN") == []
    assert await found(ask, "  ", group="ANIMALS") == [
        *("dog-walking", "pet-sitting", "chickens", "vet")
    ]


async def test_a_search_is_read_in_pages_the_best_first(ask: Ask) -> None:
    whole = await found(ask, "helpen", first=100)
    assert whole == ["moving-house", "job-hunting", "event-helper"]
    read: list[str] = []
    after, more = None, True
    while more:
        answer = await ask("resident", SEARCH, search="helpen", first=2, after=after)
        assert answer.data is not None
        info = answer.data["skills"]["pageInfo"]
        assert info["hasPreviousPage"] is bool(read)
        read += [skill["slug"] for skill in answer.data["skills"]["nodes"]]
        after, more = info["endCursor"], info["hasNextPage"]
    assert read == whole
    assert await found(ask, "helpen", first=0) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"search": "x" * 81}, "TOO_LONG"),
        ({"search": "\u202e"}, "INVALID"),
        ({"search": "helpen", "after": "nonsense"}, "INVALID"),
        ({"search": "helpen", "after": "A" * 22}, "INVALID"),
        ({"search": "helpen", "first": 101}, "INVALID"),
    ],
)
async def test_a_search_that_cannot_be_is_refused(ask: Ask, given: Any, code: str) -> None:
    answer = await ask("resident", SEARCH, **given)
    assert [error.extensions for error in answer.errors or []] == [{"code": code}]
