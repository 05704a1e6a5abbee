"""What an organisation can never come to know by a share, whatever it asks for."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, is_leaf_type

import models
import schema
from tests.inside import Ask
from tests.resolvers import sharing
from tests.resolvers.conftest import Act
from tests.world import World

SDL = schema.api._schema
PERSONAS = ("manager", "editor", "case_worker", "analyst", "token shares:read", "token cases:read")
NAME, SHARED = "zichtbare naam", "gedeelde woorden"
PAGE = """
query ($id: ID!, $first: Int!) {
  shares(organisationId: $id, first: $first) {
    nodes {
      kind title body postedAt authorName organisation { name } neighbourhood { name }
      comments { nodes { body createdAt } } case { state }
    }
  }
}
"""
# the viewer, the page, the words, the names, organisations, places, the comments, their words, the
# cases; then the lines of the ledger, and the events
STATEMENTS = 11


def selection(kind: Any, depth: int, path: tuple[str, ...] = ()) -> str:
    """Every field of a type, and of what lies below it, without going round in circles."""
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    if is_leaf_type(kind):
        return " "
    if not isinstance(kind, GraphQLObjectType):
        return "{ __typename }"
    if depth == 0 or kind.name in path:
        return ""
    parts = []
    for name, field in kind.fields.items():
        if any(isinstance(given.type, GraphQLNonNull) for given in field.args.values()):
            continue
        below = selection(field.type, depth - 1, (*path, kind.name))
        if below:
            parts.append(f"{name}{'(first: 3)' if 'first' in field.args else ''} {below}")
    return f"{{ {' '.join(parts)} }}" if parts else ""


def documents() -> Iterator[str]:
    """A document for each field of a share, with all that lies below it."""
    share = SDL.type_map["PostShare"]
    assert isinstance(share, GraphQLObjectType)
    for name, field in share.fields.items():
        below = selection(field.type, 4, ("PostShare", "PageInfo", "AccessRecord"))
        if below:
            yield f"query ($id: ID!) {{ share(id: $id) {{ {name} {below} }} }}"


async def mark(world: World) -> None:
    """A marker in each column of words about the author, and in each other thing written there."""
    resident = world.people["resident"]
    await models.Resident.filter(id=resident.resident_id).update(
        email="merk1@noaber.example", phone="+32 merk2"
    )
    await models.Household.filter(id=world.household_id).update(
        street="merk3", house_number="merk4"
    )
    mine = models.Membership.filter(id=resident.membership_id)
    await mine.update(display_name=NAME, street="merk5", about="merk6")
    for audience, id in world.posts.items():
        marked = f"merk7 {audience.value}"
        await models.Post.filter(id=id).update(title=marked, body=marked)
    shared = world.posts[models.Audience.NEIGHBOURHOOD]
    await models.Post.filter(id=shared).update(title=SHARED, body=SHARED)
    await models.Comment.all().update(body="merk8")
    await models.PostRevision.all().update(body="merk9", title="merk10")


@pytest.mark.parametrize("with_name", [True, False])
async def test_no_other_word_of_the_author_reaches_the_organisation(
    ask: Ask, act: Act, partners: World, with_name: bool
) -> None:
    await mark(partners)
    share = await sharing.share(act, partners, with_name=with_name)
    comment = await sharing.comment(act, partners, body="merk11")
    await act("resident", sharing.ASK, share_id=share.id, comment_id=comment.id)
    heard = ""
    for document in documents():
        for persona in PERSONAS:
            answer = await ask(persona, document, id=share.id)
            codes = [error.extensions and error.extensions["code"] for error in answer.errors or ()]
            assert codes in ([], ["FORBIDDEN"]), codes
            heard += f"{answer.data} {answer.errors}"
    assert SHARED in heard
    assert (NAME in heard) is with_name
    assert "merk" not in heard
    assert "Dorpsstraat" not in heard
    assert "noaber.example" not in heard


async def test_the_same_documents_show_the_markers_to_the_author(
    ask: Ask, act: Act, partners: World
) -> None:
    """A test of the test: it asks for everything there is to ask for."""
    await mark(partners)
    share = await sharing.share(act, partners)
    comment = await sharing.comment(act, partners, body="merk11")
    await act("resident", sharing.ASK, share_id=share.id, comment_id=comment.id)
    heard = ""
    for document in documents():
        mine = document.replace(
            "query ($id: ID!) { share(id: $id)", "{ viewer { shares(first: 1) { nodes"
        )
        answer = await ask("resident", f"{mine} }} }}")
        assert answer.errors is None
        heard += str(answer.data)
    for marker in ("merk5", "merk6", "merk7 NEIGHBOURS_ONLY", "merk8", "merk10", "merk11"):
        assert marker in heard, marker


@pytest.mark.parametrize("size", [1, 3])
async def test_a_page_of_shares_costs_the_same_at_any_size(
    ask: Ask, act: Act, partners: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    for post_id in partners.posts.values():
        share = await sharing.share(act, partners, post_id=post_id, with_name=True)
        own = await models.Comment.get(post_id=post_id)
        await act("resident", sharing.ASK, share_id=share.id, comment_id=own.id)
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        town = partners.organisations["town"]
        answer = await ask("manager", PAGE, id=town, first=size)
    assert answer.errors is None
    assert answer.data is not None
    nodes = answer.data["shares"]["nodes"]
    assert [len(node["comments"]["nodes"]) for node in nodes] == [1] * size
    statements = [r.getMessage() for r in caplog.records if r.name == "tortoise.db_client"]
    assert len(statements) == STATEMENTS, [each[:100] for each in statements]
