"""All that a persona can read of the neighbours: every field that leads there, from every root."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from graphql import get_named_type, is_leaf_type, is_required_argument

import models
import schema
from resolvers.cursor import encode
from tests.inside import Ask
from tests.world import World

SDL = schema.api._schema
DEEP = 4
PAGE = 12
# where whoever blocks reads the name of whom; and the way back to what is walked from its own root
LEFT_OUT = {
    ("Resident", "blocks"),
    *((kind, "neighbourhood") for kind in ("Comment", "Membership", "Post")),
}
# what leads to no neighbour
ELSEWHERE = {
    *("AccessRecord", "Case", "CommentShare", "Household", "Invitation", "NeighbourhoodStatistics"),
    *("Organisation", "Participation", "PostShare", "Session", "Skill"),
    *("VolunteerConsent", "VolunteerContact"),
}


def selection(kind: Any, depth: int = DEEP, above: tuple[str, ...] = ()) -> str:
    """Every field of a type, and below it; only a reply stands below what is of its type."""
    named = get_named_type(kind)
    path = (*above, named.name)
    parts = [
        part
        for name, field in named.fields.items()
        if (named.name, name) not in LEFT_OUT
        if not any(map(is_required_argument, field.args.values()))
        if (part := _field(name, field, depth, path))
    ]
    return f"{{ __typename {' '.join(parts)} }}"


def _field(name: str, field: Any, depth: int, path: tuple[str, ...]) -> str:
    named = get_named_type(field.type)
    if is_leaf_type(named):
        return name
    if named.name.endswith("Connection"):
        node = get_named_type(named.fields["nodes"].type)
        if not depth or _is_enough(node.name, path):
            return ""
        edges = f"edges {{ cursor node {selection(node, depth - 1, path)} }}"
        info = "pageInfo { startCursor endCursor hasNextPage hasPreviousPage }"
        return f"{name}(first: {PAGE}) {{ {edges} {info} }}"
    if not depth or _is_enough(named.name, path):
        return ""
    return f"{name} {selection(named, depth - 1, path)}"


def _is_enough(name: str, path: tuple[str, ...]) -> bool:
    return name in ELSEWHERE or path.count(name) > (1 if name == "Comment" else 0)


SELECTIONS = {
    name: selection(SDL.type_map[name])
    for name in ("Post", "Membership", "Conversation", "Neighbourhood", "Resident")
}


async def documents(world: World) -> list[tuple[str, dict[str, Any]]]:
    """The roots: the account, the place, and each post, member and conversation by its id."""
    found: list[tuple[str, dict[str, Any]]] = [
        (f"query {{ viewer {SELECTIONS['Resident']} }}", {}),
        (_by_id("neighbourhood", "Neighbourhood"), {"id": world.home}),
    ]
    for door, model in (("post", models.Post), ("conversation", models.Conversation)):
        rows: Sequence[Any] = await model.all().order_by("id")
        found += [(_by_id(door, model.__name__), {"id": row.id}) for row in rows]
    members = {person.membership_id for person in world.people.values()} - {None}
    offered = await models.HelpOffer.filter(membership_id__in=members).order_by("id")
    return found + [(_by_id("membership", "Membership"), {"id": o.membership_id}) for o in offered]


def _by_id(door: str, kind: str) -> str:
    return f"query ($id: ID!) {{ {door}(id: $id) {SELECTIONS[kind]} }}"


async def everything(ask: Ask, world: World, persona: str) -> list[str]:
    """The answer to each document, as text; the ids that were asked for are not in it."""
    answers = []
    for document, variables in await documents(world):
        answer = await ask(persona, document, **variables)
        assert answer.errors is None, answer.errors
        answers.append(orjson.dumps(answer.data).decode())
    return answers


def traces(given: Sequence[UUID]) -> Iterator[str]:
    """How rows may show in an answer: by their ids, and by the cursors that stand at them."""
    for id in given:
        yield from (str(id), encode(id))
