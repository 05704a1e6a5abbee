"""The limits of an operation: what is at the bound runs, one above it is refused, anywhere."""

from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query
from strawberry.types import ExecutionResult

import server
from tests.inside import Ask
from tests.running import As
from tests.test_round_trips import FEED_PAGE
from tests.world import World

FOLDER = Path(server.__file__).parent / "static" / "example"
EXAMPLES = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.graphql")}
COSTS = {
    "01_viewer": 123,
    "02_feed": 563,
    "03_create_post": 7,
    "04_add_comment": 7,
    "05_react": 9,
    "06_live": 11,
    "07_share_post": 11,
    "08_my_shares": 2_202,
    "09_cases": 651,
    "10_announce": 48,
    "11_volunteers": 61,
    "12_partner_live": 9,
    "13_request_help": 40,
    "14_match": 142,
    "15_talk": 1_162,
    "16_search": 101,
    "17_notifications": 96,
    "18_moderation": 263,
    "19_together": 144,
}
NOWHERE = "00000000-0000-7000-8000-000000000000"
HOME = f'neighbourhood(id: "{NOWHERE}")'
REVOKE = f'revokeSession(input: {{sessionId: "{NOWHERE}"}}) {{ errors {{ code }} }} '
FOLLOW = f'feedEvents(neighbourhoodId: "{NOWHERE}") {{ id }} '
ADJACENT = "adjacent(first: 1) { nodes { " * 6
SPIRAL = "adjacent { nodes { " * 5 + "id" + " } }" * 5


def deep(below: str) -> str:
    """A document in which `below` stands under 13 fields."""
    return f"{{ {HOME} {{ {ADJACENT} {below} {'} } ' * 6} }} }}"


def costing(items: int, fields: int) -> str:
    return f"{{ neighbourhoods(first: {items}) {{ nodes {{ {'id ' * fields} }} }} }}"


def kinds(count: int) -> str:
    """A document of as many tokens: 23 and the kinds."""
    listed = "MESSAGE " * (count - 23)
    return f"{{ {HOME} {{ feed(kinds: [{listed}]) {{ nodes {{ id }} }} }} }}"


def fragments(count: int) -> str:
    """A document that spreads as many fragments, half of them in one place, half in another."""
    kinds = ["Resident" if number % 2 else "Neighbourhood" for number in range(count)]
    spread = {
        kind: " ".join(f"...F{n}" for n, of in enumerate(kinds) if of == kind) for kind in kinds
    }
    defined = " ".join(f"fragment F{n} on {kind} {{ id }}" for n, kind in enumerate(kinds))
    return (
        f"{{ viewer {{ {spread['Resident']} }} {HOME} {{ {spread['Neighbourhood']} }} }} {defined}"
    )


def repeated(count: int) -> str:
    """A document with one field as often, in the same place."""
    return f"{{ viewer {{ {'id ' * count} }} }}"


def cost(requested: int, budget: int = 10_000) -> dict[str, Any]:
    """What the extensions tell of a cost."""
    left = max(0, budget - requested)
    return {"cost": {"requested": requested, "budget": budget, "remaining": left}}


def limits(result: ExecutionResult) -> list[tuple[Any, Any, Any]]:
    """Which limits an operation went beyond, with the figure and the bound."""
    told = [error.extensions or {} for error in result.errors or []]
    return [
        (each["limit"], each["figure"], each["bound"])
        for each in told
        if each.get("code") == "TOO_COMPLEX"
    ]


def padded(characters: int) -> str:
    """A document of as many characters."""
    return "{ viewer { id } }".ljust(characters)


BOUNDS = {
    "characters": (padded(60_000), padded(60_001), 60_001, 60_000),
    "tokens": (kinds(2_000), kinds(2_001), 2_001, 2_000),
    "depth": (deep("participation { rate }"), deep("feed { nodes { id } }"), 16, 15),
    "root fields": ("{" + "viewer { id } " * 20 + "}", "{" + "viewer { id } " * 21 + "}", 21, 20),
    "aliases": (
        f"{{ {HOME} {{ {' '.join(f'a{n}: name' for n in range(30))} }} }}",
        f"{{ {HOME} {{ {' '.join(f'a{n}: name' for n in range(31))} }} }}",
        31,
        30,
    ),
    "directives": (
        f"{{ {HOME} {{ {'name @include(if: true) ' * 30} }} }}",
        f"{{ {HOME} {{ {'name @include(if: true) ' * 31} }} }}",
        31,
        30,
    ),
    "fragments": (fragments(100), fragments(101), 101, 100),
    "operations": ("{ viewer { id } }", "query { viewer { id } } " * 21, 21, 20),
    "repeats": (repeated(100), repeated(101), 5_001, 5_000),
    "cost": (costing(99, 100), costing(100, 99), 10_001, 10_000),
}


@pytest.mark.parametrize("limit", BOUNDS)
async def test_what_is_at_the_bound_runs_and_one_more_is_refused(ask: Ask, limit: str) -> None:
    at_the_bound, above, figure, bound = BOUNDS[limit]
    passed = await ask("resident", at_the_bound)
    assert passed.errors is None
    refused = await ask("resident", above)
    assert refused.data is None
    assert limits(refused) == [(limit, figure, bound)]
    assert refused.errors is not None
    assert refused.errors[0].message == f"Too complex: {limit} {figure:,}, at most {bound:,}."


async def test_comments_are_tokens_too(ask: Ask) -> None:
    refused = await ask("signed_out", "#\n" * 2_000 + "{ viewer { id } }")
    assert limits(refused) == [("tokens", 2_001, 2_000)]


async def test_words_about_limits_in_a_faulty_text_are_no_limit(ask: Ask) -> None:
    refused = await ask("signed_out", '{ viewer "Document is nested too deeply" }')
    assert refused.errors is not None
    assert refused.errors[0].message.startswith("Syntax Error: Expected Name")
    assert limits(refused) == []


async def test_mutations_have_as_many_root_fields_as_queries(ask: Ask) -> None:
    passed = await ask("resident", f"mutation {{ {REVOKE * 20} }}")
    assert passed.data == {"revokeSession": {"errors": [{"code": "NOT_FOUND"}]}}
    assert limits(await ask("resident", f"mutation {{ {REVOKE * 21} }}")) == [
        ("root fields", 21, 20)
    ]


@pytest.mark.parametrize(
    "second", [FOLLOW, f"other: {FOLLOW}", "__typename", "... { __typename }", "...More"]
)
async def test_a_subscription_has_one_root_field(ask: Ask, second: str) -> None:
    more = f"fragment More on Subscription {{ {FOLLOW} }}" if second == "...More" else ""
    refused = await ask("resident", f"subscription {{ {FOLLOW} {second} }} {more}")
    assert limits(refused) == [("root fields", 2, 1)]


async def test_a_subscription_has_no_less_than_one_root_field(ask: Ask) -> None:
    for selection in ("__typename", "... { __typename }"):
        refused = await ask("resident", f"subscription {{ {selection} }}")
        assert refused.errors is not None
        assert "introspection" in refused.errors[0].message


async def test_every_limit_gone_beyond_is_told(ask: Ask) -> None:
    wide = " ".join(f"a{n}: {HOME} @skip(if: false) {{ {SPIRAL} }}" for n in range(31))
    assert limits(await ask("resident", f"{{ {wide} }}")) == [
        ("root fields", 31, 20),
        ("aliases", 31, 30),
        ("directives", 31, 30),
        ("cost", 31 * 6_736_842, 10_000),
    ]


async def test_a_spiral_is_too_dear(ask: Ask) -> None:
    refused = await ask("resident", f"{{ {HOME} {{ {SPIRAL} }} }}")
    assert limits(refused) == [("cost", 6_736_842, 10_000)]
    assert refused.extensions == cost(6_736_842)


async def test_the_figure_of_a_fan_out_is_a_number_that_clients_can_read(ask: Ask) -> None:
    nested = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(150)]
    document = " ".join(["{ ...F0 }", *nested, "fragment F150 on Query { a: viewer { id } }"])
    refused = await ask("resident", document)
    most = 2**31 - 1
    assert limits(refused) == [
        ("fragments", 151, 100),
        ("root fields", most, 20),
        ("aliases", most, 30),
        ("cost", most, 10_000),
    ]


@pytest.mark.parametrize("example", sorted(EXAMPLES))
async def test_the_examples_of_the_ide_pass(ask: Ask, example: str) -> None:
    answer = await ask("resident", EXAMPLES[example], neighbourhoodId=NOWHERE)
    assert limits(answer) == []
    assert answer.extensions == cost(COSTS[example])


@pytest.mark.parametrize(("first", "requested"), [(50, 1_603), (100, 3_203), (5_000, 3_203)])
async def test_the_feed_page_passes(ask: Ask, world: World, first: int, requested: int) -> None:
    answer = await ask("neighbour", FEED_PAGE, id=world.home, first=first)
    assert limits(answer) == []
    assert answer.extensions == cost(requested)


async def test_the_introspection_of_tools_passes_for_nothing(ask: Ask) -> None:
    whole = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    for document in (get_introspection_query(), whole):
        answer = await ask("signed_out", document)
        assert answer.errors is None
        assert answer.extensions == cost(0, 2_000)


async def test_introspection_is_bounded_too(ask: Ask) -> None:
    turns = "type { fields { " * 8
    document = f"{{ __schema {{ types {{ fields {{ {turns} name {'} } ' * 8} }} }} }} }}"
    assert limits(await ask("signed_out", document)) == [("depth", 20, 15)]


@pytest.mark.parametrize("fragments", ["...A", "...A ...A viewer { id }"])
async def test_a_cycle_is_told_by_validation(ask: Ask, fragments: str) -> None:
    answer = await ask("signed_out", f"{{ ...A }} fragment A on Query {{ {fragments} }}")
    assert answer.errors is not None
    assert answer.errors[0].message == "Cannot spread fragment 'A' within itself."


async def test_an_answer_over_http_tells_the_cost(as_: As) -> None:
    client = as_("resident")
    answer = await client.send("{ viewer { email } }")
    assert answer["extensions"] == cost(2)
    refused = await client.send(f"{{ {HOME} {{ {SPIRAL} }} }}")
    assert refused["errors"] == [
        {
            "message": "Too complex: cost 6,736,842, at most 10,000.",
            "extensions": {
                "code": "TOO_COMPLEX",
                "limit": "cost",
                "figure": 6_736_842,
                "bound": 10_000,
            },
        }
    ]


@pytest.mark.parametrize("limit", BOUNDS)
async def test_a_socket_knows_the_same_limits(as_: As, limit: str) -> None:
    at_the_bound, above, figure, bound = BOUNDS[limit]
    async with as_("resident").follow(at_the_bound, after="") as following:
        [passed] = await following.events(1)
        assert "errors" not in passed
    async with as_("resident").follow(above, after="") as following:
        await following.completed()
        [error] = following.messages[-1]["payload"]
        assert error["extensions"] == {
            "code": "TOO_COMPLEX",
            "limit": limit,
            "figure": figure,
            "bound": bound,
        }


async def test_a_subscription_over_a_socket_knows_them_too(as_: As, world: World) -> None:
    follow = f'feedEvents(neighbourhoodId: "{world.home}") {{ id }} '
    async with as_("resident").follow(f"subscription {{ {follow} }}") as following:
        assert [each["type"] for each in following.messages] == ["connection_ack"]
    async with as_("resident").follow(f"subscription {{ {follow * 2} }}", after="") as following:
        await following.completed()
        [error] = following.messages[-1]["payload"]
        assert error["message"] == "Too complex: root fields 2, at most 1."


async def test_server_sent_events_know_them_too(as_: As) -> None:
    async with as_("resident").stream(f"subscription {{ {FOLLOW * 2} }}") as results:
        refused = await anext(results)
    assert refused["errors"][0]["message"] == "Too complex: root fields 2, at most 1."
