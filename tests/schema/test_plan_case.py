"""Plans, case by case: what is selected, what is written down, what is left to graphql-core."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from graphql import parse
from graphql.execution.values import VariableValues

import models
import schema
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.policy import Policy
from schema.latest import Latest
from schema.plan.cache import MOST, MOST_WAYS, Plans
from schema.plan.extension import PLANS, TOLD
from schema.plan.shape import Unplanned
from tests.inside import acting
from tests.resolvers import sharing
from tests.world import World

AUDIENCE = models.Audience.NEIGHBOURHOOD
Both = Callable[..., Awaitable[tuple[Any, str]]]


def told() -> dict[tuple[str, str], float]:
    """How often each outcome came, by its reason."""
    samples = [each for metric in TOLD.collect() for each in metric.samples]
    return {
        (each.labels["outcome"], each.labels["reason"]): each.value
        for each in samples
        if each.name.endswith("_total")
    }


@pytest.fixture
def both(hub: Hub, world: World) -> Both:
    """What a document answers by its plan and without, which is the same; and how it came."""

    async def ask(persona: str, document: str, **variables: Any) -> tuple[Any, str]:
        answers = []
        before = told()
        for plans in (True, False):
            policy = replace(Policy(), plans=plans)
            context = Context(hub, world.people[persona].token, "tests", policy=policy)
            result = await schema.api.execute(document, variables, context)
            errors = [(each.message, each.path, each.locations) for each in result.errors or ()]
            answers.append((result.data, errors))
        assert answers[0] == answers[1]
        [came] = [key for key, count in told().items() if count != before.get(key, 0)]
        return answers[0][0], " ".join(came).strip()

    return ask


async def test_aliases_fragments_and_merged_fields(both: Both, world: World) -> None:
    document = """
    query ($id: ID!) {
      one: post(id: $id) { ...Words author { displayName } }
      post(id: $id) { author { id } ... on Post { author { street } __typename } }
    }
    fragment Words on Post { words: body body author { id ...Name } }
    fragment Name on Membership { name: displayName }
    """
    data, came = await both("neighbour", document, id=str(world.posts[AUDIENCE]))
    assert came == "served"
    assert list(data) == ["one", "post"]
    assert list(data["one"]) == ["words", "body", "author"]
    assert list(data["one"]["author"]) == ["id", "name", "displayName"]
    assert list(data["post"]) == ["author", "__typename"]
    assert list(data["post"]["author"]) == ["id", "street"]


@pytest.mark.parametrize(("shown", "hidden"), [(True, True), (True, False), (False, False)])
async def test_each_way_of_the_conditions_has_its_plan(
    both: Both, world: World, shown: bool, hidden: bool
) -> None:
    document = """
    query ($id: ID!, $shown: Boolean!, $hidden: Boolean! = true) {
      post(id: $id) { id body @include(if: $shown) kind @skip(if: $hidden) }
    }
    """
    given = {"id": str(world.posts[AUDIENCE]), "shown": shown, "hidden": hidden}
    data, came = await both("resident", document, **given)
    assert came == "served"
    names = ["id", *(["body"] if shown else []), *([] if hidden else ["kind"])]
    assert list(data["post"]) == names


async def test_an_interface_is_read_by_the_type_of_each_row(both: Both, world: World) -> None:
    document = """
    query ($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename id
        ... on Reactable { reactions { kind count } }
        ... on Post { comments(first: 2) { nodes { body author { displayName } } } }
        ... on Comment { post { id } }
      }
    }
    """
    nowhere = "00000000-0000-7000-8000-000000000000"
    ids = [world.comments[AUDIENCE], nowhere, world.posts[AUDIENCE], world.home]
    data, came = await both("neighbour", document, ids=list(map(str, ids)))
    assert came == "served"
    kinds = [node and node["__typename"] for node in data["nodes"]]
    assert kinds == ["Comment", None, "Post", "Neighbourhood"]


async def test_a_rule_of_a_field_gives_null(both: Both, world: World) -> None:
    document = "query ($id: ID!) { post(id: $id) { history(first: 1) { nodes { body } } } }"
    id = str(world.posts[AUDIENCE])
    assert await both("neighbour", document, id=id) == ({"post": {"history": None}}, "served")
    data, _ = await both("resident", document, id=id)
    assert data["post"]["history"] is not None


@pytest.mark.parametrize(
    ("document", "came"),
    [
        ('{ post(id: "x") { id } }', "served"),
        ('{ a: post(id: "x") { id } b: post(id: "x") { id } }', "replayed error"),
        ("{ __schema { queryType { name } } }", "refused introspection"),
        ("query ($n: Int!) { neighbourhoods(first: $n) { nodes { id } } }", "refused variables"),
        ("{ neighbourhoods(first: 101) { nodes { id } } }", "replayed error"),
        ("{ neighbourhoods(first: 1) { nodes { name } } __typename }", "served"),
    ],
)
async def test_what_is_no_plain_answer_is_left_to_graphql_core(
    both: Both, document: str, came: str
) -> None:
    assert (await both("signed_out", document))[1] == came


async def test_the_ledger_has_the_same_lines(hub: Hub, partners: World) -> None:
    share = await sharing.share(acting(hub, partners), partners)
    lines = []
    for plans in (True, False):
        policy = replace(Policy(), plans=plans)
        context = Context(hub, partners.people["manager"].token, "tests", policy=policy)
        answer = await schema.api.execute(sharing.ONE, {"id": str(share.id)}, context)
        assert answer.errors is None
        lines.append(
            await models.AccessRecord.all().values("subject_id", "fields_read", "staff_id")
        )
        await models.AccessRecord.all().delete()
    assert lines[0] == lines[1]
    assert lines[0]


def test_no_more_is_kept_than_there_is_room_for() -> None:
    plans = Plans()
    for number in range(MOST + 10):
        plans.operation(f"{{ a{number}: __typename }}", None, parse(f"{{ a{number}: __typename }}"))
    assert len(plans._operations) == MOST
    document = "query ($a: Boolean!) { __typename @skip(if: $a) }"
    operation = plans.operation(document, None, parse(document))
    for number in range(MOST_WAYS + 3):
        operation.plan(schema.api, VariableValues({}, {"a": number}))
    assert len(operation._ways) <= MOST_WAYS
    with pytest.raises(Unplanned, match="operation"):
        plans.operation("{ a }", "Nobody", parse("{ a }"))


PAGE = """
query ($n: Int = 1) {
  neighbourhoods(first: $n) { nodes { adjacent(first: 100) { nodes { id } } } }
}
"""


@pytest.mark.parametrize(
    ("before", "given"),
    [
        ({"n": [0] * 100}, {"n": 100}),
        ({}, {"n": None}),
        ({"n": None}, {"n": 100.0}),
        ({"n": True}, {"n": 100}),
    ],
)
async def test_no_variables_make_others_cheap(
    hub: Hub, world: World, before: dict[str, Any], given: dict[str, Any]
) -> None:
    context = Context(hub, world.people["resident"].token, "tests")
    PLANS._operations = Latest(MOST)
    for variables in ({"n": 1}, before):
        await schema.api.execute(PAGE, variables, context)
    known = await schema.api.execute(PAGE, given, context)
    alone = await schema.api.execute(f"{PAGE} # alone", given, context)
    assert told_of(known) == told_of(alone)


def told_of(result: Any) -> tuple[Any, list[Any]]:
    """The cost, and what the errors say for programs."""
    return result.extensions, [each.extensions for each in result.errors or ()]
