"""Whatever has an id: found by it, of the right type, and only for whom it is there at all."""

from uuid import UUID

import pytest

import models
import schema
from resolvers import node
from tests.inside import Ask
from tests.world import World

NODE = "query ($id: ID!) { node(id: $id) { __typename id ... on Post { body } } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
NOWHERE = "00000000-0000-7000-8000-000000000000"


def things(world: World) -> dict[str, UUID | None]:
    """One of each kind that the small world has, by the name of its type."""
    audience = models.Audience.NEIGHBOURHOOD
    person = world.people["resident"]
    return {
        "Neighbourhood": world.home,
        "Membership": person.membership_id,
        "Post": world.posts[audience],
        "Comment": world.comments[audience],
        "Resident": person.resident_id,
        "Session": person.session_id,
        "Organisation": world.organisations["town"],
        "Unit": world.units["care"],
        "Staff": world.staff["manager"],
    }


# persona: what there is for them
SEEN = {
    "resident": "Neighbourhood Membership Post Comment Resident Session Organisation",
    "neighbour": "Neighbourhood Membership Post Comment Organisation",
    "stranger": "Neighbourhood Organisation",
    "signed_out": "Neighbourhood Organisation",
    "manager": "Neighbourhood Organisation Unit Staff",
}


@pytest.mark.parametrize("persona", SEEN)
async def test_each_sees_by_its_id_what_they_may_see(
    ask: Ask, partners: World, persona: str
) -> None:
    asked = things(partners)
    answer = await ask(persona, NODES, ids=[str(id) for id in asked.values()])
    assert answer.errors is None
    assert answer.data is not None
    seen = SEEN[persona].split()
    assert answer.data["nodes"] == [
        {"__typename": kind, "id": str(id)} if kind in seen else None for kind, id in asked.items()
    ]


async def test_one_is_found_like_many(ask: Ask, world: World) -> None:
    id = str(world.posts[models.Audience.NEIGHBOURHOOD])
    answer = await ask("neighbour", NODE, id=id)
    assert answer.data == {
        "node": {"__typename": "Post", "id": id, "body": "Body for NEIGHBOURHOOD"}
    }
    assert (await ask("stranger", NODE, id=id)).data == {"node": None}
    assert (await ask("neighbour", NODE, id=NOWHERE)).data == {"node": None}


async def test_what_was_deleted_is_gone(ask: Ask, world: World) -> None:
    id = str(world.posts[models.Audience.NEIGHBOURHOOD])
    gone = "mutation ($id: ID!) { deletePost(input: {postId: $id}) { errors { code } } }"
    assert (await ask("resident", gone, id=id)).data == {"deletePost": {"errors": []}}
    assert (await ask("resident", NODE, id=id)).data == {"node": None}


async def test_the_order_of_the_question_is_that_of_the_answer(ask: Ask, world: World) -> None:
    ids = [str(world.home), NOWHERE, str(world.home), str(world.neighbourhoods["far"])]
    answer = await ask("signed_out", NODES, ids=ids)
    assert answer.data is not None
    assert [each and each["id"] for each in answer.data["nodes"]] == [ids[0], None, ids[2], ids[3]]
    assert (await ask("signed_out", NODES, ids=[])).data == {"nodes": []}


async def test_a_hundred_at_most_and_each_counts(ask: Ask, world: World) -> None:
    answer = await ask("resident", NODES, ids=[NOWHERE] * 100)
    assert answer.extensions is not None
    assert answer.extensions["cost"]["requested"] == 101
    refused = await ask("resident", NODES, ids=[NOWHERE] * 101)
    assert refused.errors is not None
    assert refused.errors[0].extensions == {"code": "INVALID"}
    assert (await ask("resident", NODES, ids=["x"])).data is None


def test_every_type_that_is_a_node_is_looked_for() -> None:
    known = schema.api._schema
    names = {kind.name for kind in known.get_possible_types(known.type_map["Node"])}  # type: ignore[arg-type]
    assert names == {model.__name__ for model in node.KINDS}
