"""A shared answer is, byte for byte, what each of those who share it would have got alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
import resolvers.comment
import resolvers.feed_event
import resolvers.post
import resolvers.reaction
import schema
from realtime.cursor import owner
from realtime.events import Told
from realtime.hub import Hub
from resolvers.context import Context, Handover
from resolvers.work import perform
from schema import sharing
from server import live
from tests import beginning
from tests.world import World

SDL = schema.api._schema
SUBSCRIBERS = ("resident", "neighbour", "moderator", "worker", "nearby")
DEEP = 3
SHARED = "{ ... on PostPublished { post { body author { displayName street } } } }"
PERSONAL = "{ ... on PostPublished { post { body isMine myReaction } } }"


def selections(kind: GraphQLOutputType, depth: int) -> st.SearchStrategy[str]:
    """A random selection set on a type, nested up to a depth."""
    named = get_named_type(kind)
    fields = getattr(named, "fields", {})
    usable = {
        asked(name, field): get_named_type(field.type)
        for name, field in fields.items()
        if depth or is_leaf_type(get_named_type(field.type))
    }
    if not usable:
        return st.just("{ __typename }")
    one = st.sampled_from(sorted(usable)).flatmap(lambda name: _field(name, usable[name], depth))
    return st.lists(one, min_size=1, max_size=4).map(lambda parts: f"{{ {_unique(parts)} }}")


def values(kind: Any) -> list[str]:
    """The values of an enum, required or not."""
    return list(get_named_type(kind).values)


def asked(name: str, field: GraphQLField) -> str:
    """The field with the first value of each enum that it cannot do without."""
    needed = {each: arg.type for each, arg in field.args.items() if is_required_argument(arg)}
    given = [f"{each}: {values(kind)[0]}" for each, kind in needed.items()]
    return f"{name}({', '.join(given)})" if given else name


def _field(name: str, kind: Any, depth: int) -> st.SearchStrategy[str]:
    if is_leaf_type(kind):
        return st.just(name)
    return selections(kind, depth - 1).map(lambda inner: f"{name} {inner}")


def _unique(parts: list[str]) -> str:
    return " ".join({part.split(" ")[0]: part for part in parts}.values())


def _event(name: str) -> st.SearchStrategy[str]:
    kind = SDL.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return selections(kind, DEEP).map(lambda inner: f"... on {name} {inner}")


documents = st.tuples(
    *(_event(name) for name in ("PostPublished", "CommentAdded", "ReactionChanged", "PostSolved"))
).map(
    lambda parts: (
        "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
        f" {{ __typename cursor {' '.join(parts)} }} }}"
    )
)


async def happen(hub: Hub, world: World) -> int:
    """A post for neighbours nearby, a comment, a reaction, solved; gives the number of events."""
    context = await Context(hub, world.people["resident"].token).fresh()
    given: dict[str, Any] = {
        "neighbourhood_id": world.home,
        "kind": models.PostKind.HELP_REQUEST,
        "body": "Help?",
        "audience": models.Audience.NEIGHBOURS_NEARBY,
    }
    post = await perform(context, resolvers.post.create_post, given, None)
    words = {"post_id": post.id, "body": "Yes"}
    await perform(context, resolvers.comment.add_comment, words, None)
    thanks = {"subject_id": post.id, "kind": models.ReactionKind.THANKS}
    await perform(context, resolvers.reaction.react, thanks, None)
    await perform(context, resolvers.post.mark_solved, {"post_id": post.id}, None)
    return 4


async def alone(hub: Hub, world: World, persona: str, document: str) -> AsyncIterator[bytes]:
    """What a subscriber gets by an execution of its own."""
    context = Context(hub, world.people[persona].token)
    after = await beginning.cursor(context.token, world.home)
    variables = {"id": str(world.home), "after": after}
    stream: Any = await schema.api.subscribe(document, variables, context)
    async with aclosing(stream):
        async for result in stream:
            yield _bytes(result)


def _bytes(result: Any) -> bytes:
    payload = {"data": result.data}
    if result.errors:
        payload["errors"] = [error.formatted for error in result.errors]
    return orjson.dumps(payload)


async def got(shared: live.Sharing, following: sharing.Following, word: Told) -> bytes:
    """What a subscriber of a group gets."""
    answer = await shared.answer(following, word)
    assert answer is not None
    context = following.context
    return answer.to(context.hub.cursors, owner(following.source.id, context.viewer.holder_id))


async def follow(
    hub: Hub, world: World, persona: str, document: str
) -> tuple[sharing.Following, list[Told]]:
    """How a socket goes on with the same subscription, and the events it is to tell."""
    handover = Handover()
    context = Context(hub, world.people[persona].token, handover=handover)
    after = await beginning.cursor(context.token, world.home)
    variables = {"id": str(world.home), "after": after}
    stream: Any = await schema.api.subscribe(document, variables, context)
    assert [result async for result in stream] == []
    assert handover.context is not None
    await hub.position(world.home)
    told = await hub.read(world.home, 0)
    return sharing.following(
        document, None, variables, handover.context, resolvers.feed_event.feed(world.home)
    ), told


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=documents)
async def test_every_subscriber_gets_what_it_would_have_got_alone(
    hub: Hub, world: World, document: str
) -> None:
    if not (await hub.position(world.home)).last:
        await happen(hub, world)
    shared = live.Sharing()
    for persona in SUBSCRIBERS:
        following, told = await follow(hub, world, persona, document)
        answers = [await got(shared, following, word) for word in told]
        expected = alone(hub, world, persona, document)
        async with asyncio.timeout(10):
            assert answers == [await anext(expected) for _ in told]
        await expected.aclose()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("selection", "executions"), [(SHARED, 1), (PERSONAL, 3)])
async def test_only_what_is_not_personal_is_made_once_for_all(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch, selection: str, executions: int
) -> None:
    await happen(hub, world)
    document = (
        "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
        f" {selection} }}"
    )
    made: list[Context] = []
    real = sharing.answer

    async def counted(following: Any, context: Context, word: Any) -> sharing.Answer | None:
        made.append(context)
        return await real(following, context, word)

    monkeypatch.setattr(sharing, "answer", counted)
    monkeypatch.setattr(live, "SECONDS", 3600.0)
    shared = live.Sharing()
    # three of one class; the expired of the world is no subscriber
    for persona in ("resident", "neighbour", "neighbour"):
        following, told = await follow(hub, world, persona, document)
        await shared.answer(following, told[0])
    assert len(made) == executions


async def test_different_classes_never_share(hub: Hub, world: World) -> None:
    await happen(hub, world)
    document = (
        "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
        f" {SHARED} }}"
    )
    keys = [(await follow(hub, world, persona, document))[0].key for persona in SUBSCRIBERS]
    resident, neighbour, moderator, worker, nearby = keys
    assert resident == neighbour
    assert len({resident, moderator, worker, nearby}) == 4


async def test_a_cursor_is_no_reason_not_to_share_but_other_variables_are(
    hub: Hub, world: World
) -> None:
    context = await Context(hub, world.people["neighbour"].token).fresh()
    document = (
        "subscription ($id: ID!, $after: String, $n: Int) {"
        " feedEvents(neighbourhoodId: $id, after: $after)"
        " { ... on PostPublished { post { comments(first: $n) { nodes { body } } } } } }"
    )

    def key(**variables: Any) -> Any:
        return sharing.following(
            document, None, variables, context, resolvers.feed_event.feed(world.home)
        ).key

    assert key(id="x", after="a", n=1) == key(id="x", after="b", n=1)
    assert key(id="x", after="a", n=1) != key(id="x", after="a", n=2)


async def test_who_changes_class_shares_with_the_old_one_no_more(hub: Hub, world: World) -> None:
    await happen(hub, world)
    document = (
        "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
        f" {SHARED} }}"
    )
    shared = live.Sharing()
    stays, told = await follow(hub, world, "neighbour", document)
    goes, _ = await follow(hub, world, "resident", document)
    assert goes.key == stays.key
    with_street = await got(shared, stays, told[0])
    # whoever moves next door still follows, and reads the name without the street
    goes.context.viewer = (await follow(hub, world, "nearby", document))[0].context.viewer
    without_street = await got(shared, goes, told[0])
    assert b'"street":"Dorpsstraat"' in with_street
    assert b'"street":null' in without_street
    assert await got(shared, stays, told[0]) == with_street
