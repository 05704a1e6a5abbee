"""A key of the client's choice: a mutation that is repeated happens once."""

import asyncio
from typing import Any

import pytest

import models
from realtime.hub import Hub
from resolvers.work import forget_keys
from tests.inside import Ask
from tests.snapshot import digest
from tests.world import NOW, World

NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD
CREATE = """
mutation ($input: CreatePostInput!) {
  createPost(input: $input) { post { id body } errors { code field } }
}
"""
REACT = """
mutation ($input: ReactInput!) {
  react(input: $input) { subject { id } errors { code field } }
}
"""
DELETE = """
mutation ($input: DeletePostInput!) {
  deletePost(input: $input) { deletedId errors { code field } }
}
"""


def message(world: World, key: str | None = "the key", **more: Any) -> dict[str, Any]:
    """The input of a post."""
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "Een keer", **more}
    return given | ({} if key is None else {"clientMutationKey": key})


async def done(
    ask: Ask, document: str, given: dict[str, Any], persona: str = "neighbour"
) -> dict[str, Any]:
    """The payload of a mutation."""
    answer = await ask(persona, document, input=given)
    assert answer.errors is None
    assert answer.data is not None
    [payload] = answer.data.values()
    return dict(payload)


async def written(body: str = "Een keer") -> int:
    return await models.Post.filter(body=body).count()


async def test_a_repeated_key_gives_the_first_answer_and_changes_nothing_more(
    ask: Ask, world: World
) -> None:
    first = await done(ask, CREATE, message(world))
    assert first["errors"] == []
    before = await digest()
    assert await done(ask, CREATE, message(world)) == first
    assert await digest() == before
    assert await written() == 1


async def test_without_a_key_a_repeated_mutation_happens_again(ask: Ask, world: World) -> None:
    first = await done(ask, CREATE, message(world, None))
    again = await done(ask, CREATE, message(world, None))
    assert first["post"]["id"] != again["post"]["id"]
    assert await written() == 2


async def test_a_key_used_by_many_at_once_changes_once(ask: Ask, world: World) -> None:
    answers = await asyncio.gather(*(done(ask, CREATE, message(world)) for _ in range(6)))
    assert answers == [answers[0]] * 6
    assert answers[0]["errors"] == []
    assert await written() == 1
    assert await models.Event.filter(stream_id=world.home).count() == 1


async def test_a_first_use_that_is_refused_at_the_same_moment_lets_the_other_through(
    ask: Ask, world: World
) -> None:
    good, bad = message(world), message(world, body=" ")
    refused, taken = await asyncio.gather(*(done(ask, CREATE, given) for given in (bad, good)))
    assert refused["errors"][0]["code"] in ("INVALID", "CONFLICT")
    assert taken["errors"] == []
    assert await written() == 1


async def test_another_input_with_the_same_key_is_a_conflict(ask: Ask, world: World) -> None:
    await done(ask, CREATE, message(world))
    before = await digest()
    other = await done(ask, CREATE, message(world, body="Iets anders"))
    conflict = [{"code": "CONFLICT", "field": "clientMutationKey"}]
    assert other == {"post": None, "errors": conflict}
    assert await digest() == before


async def test_another_door_with_the_same_key_is_a_conflict(ask: Ask, world: World) -> None:
    post_id = world.posts[NEIGHBOURHOOD]
    given = {"postId": post_id, "clientMutationKey": "the key"}
    edit = (
        "mutation ($input: EditPostInput!) { editPost(input: $input)"
        " { post { id } errors { code field } } }"
    )
    assert (await done(ask, edit, given, "resident"))["errors"] == []
    refused = await done(ask, DELETE, given, "resident")
    assert refused["errors"] == [{"code": "CONFLICT", "field": "clientMutationKey"}]
    assert (await models.Post.get(id=post_id)).removed_at is None


async def test_a_refused_first_use_does_not_burn_the_key(ask: Ask, world: World) -> None:
    refused = await done(ask, CREATE, message(world, body=" "))
    assert refused["errors"] == [{"code": "INVALID", "field": "body"}]
    assert await models.MutationKey.all().count() == 0
    taken = await done(ask, CREATE, message(world))
    assert taken["errors"] == []
    assert await written() == 1


async def test_the_same_key_of_somebody_else_is_another_key(ask: Ask, world: World) -> None:
    for persona in ("neighbour", "resident"):
        assert (await done(ask, CREATE, message(world), persona))["errors"] == []
    assert await written() == 2


async def test_the_first_answer_is_given_as_it_is_now(ask: Ask, world: World) -> None:
    first = await done(ask, CREATE, message(world))
    await models.Post.filter(id=first["post"]["id"]).update(body="Veranderd")
    again = await done(ask, CREATE, message(world))
    assert again["post"] == {"id": first["post"]["id"], "body": "Veranderd"}


async def test_a_repeated_removal_gives_the_same_id(ask: Ask, world: World) -> None:
    id = str(world.posts[NEIGHBOURHOOD])
    given = {"postId": id, "clientMutationKey": "the key"}
    for _ in range(2):
        gone = await done(ask, DELETE, given, "resident")
        assert gone == {"deletedId": id, "errors": []}


async def test_a_repeated_reaction_gives_its_subject(ask: Ask, world: World) -> None:
    for id in (world.posts[NEIGHBOURHOOD], world.comments[NEIGHBOURHOOD]):
        given = {"subjectId": id, "kind": "CARE", "clientMutationKey": f"on {id}"}
        for _ in range(2):
            assert await done(ask, REACT, given) == {"subject": {"id": str(id)}, "errors": []}
    assert await models.Event.filter(stream_id=world.home).count() == 2


@pytest.mark.parametrize("key", ["k" * 65, "", "é" * 65, "\x01"])
async def test_a_key_that_may_not_be_is_refused(ask: Ask, world: World, key: str) -> None:
    before = await digest()
    refused = await done(ask, CREATE, message(world, key))
    assert refused["errors"] == [{"code": "INVALID", "field": "clientMutationKey"}]
    assert await digest() == before


async def test_a_key_of_sixty_four_characters_is_taken(ask: Ask, world: World) -> None:
    assert (await done(ask, CREATE, message(world, "🙂" * 64)))["errors"] == []


async def test_an_old_key_is_forgotten_and_then_new(ask: Ask, hub: Hub, world: World) -> None:
    await done(ask, CREATE, message(world))
    await models.MutationKey.all().update(created_at=NOW.replace(year=2020))
    await done(ask, CREATE, message(world, "a young key", body="Later"))
    assert await forget_keys(NOW.replace(year=2021), limit=10) == 1
    assert [row.key for row in await models.MutationKey.all()] == ["a young key"]
    await done(ask, CREATE, message(world))
    assert await written() == 2
