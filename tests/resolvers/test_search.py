"""Search: what is found by which word, in what order, and never what is hidden."""

import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

import models
import resolvers.comment
import resolvers.post
from auth.visibility import visible
from realtime.hub import Hub
from resolvers import search
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.talking import asked, block
from tests.world import World

SEARCH = """
query ($query: String!, $first: Int, $after: String) {
  search(query: $query, first: $first, after: $after) {
    nodes { post { title body } comment { body } snippet { text isMatch } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
Language, Audience = models.Language, models.Audience


async def publish(act: Act, world: World, body: str, persona: str = "resident", **more: Any) -> Any:
    given: dict[str, Any] = {"neighbourhood_id": world.home, "kind": models.PostKind.MESSAGE}
    return await act(persona, resolvers.post.create_post, **given, body=body, **more)


async def found(ask: Ask, query: str, persona: str = "neighbour", **more: Any) -> list[str]:
    """The words of what a persona finds, the best first."""
    page = (await asked(ask, persona, SEARCH, query=query, **more))["search"]
    return [(each["comment"] or each["post"])["body"] for each in page["nodes"]]


@pytest.mark.parametrize(
    ("language", "body", "query"),
    [
        (Language.NL, "Wie kan mijn fietsen herstellen?", "fiets"),
        (Language.NL, "Ik zoek een fiets.", "fietsen"),
        (Language.NL, "Wie doet boodschappen?", "boodschap"),
        (Language.NL, "Wie heeft een ladder te leen?", "lader"),
        (Language.FR, "Qui peut réparer mes vélos ?", "vélo"),
        (Language.FR, "Je cherche des voisins pour jardiner.", "jardin"),
        (Language.EN, "I am giving away two chairs.", "chair"),
        (Language.EN, "Somebody to go running with?", "run"),
        (Language.DE, "Wer verleiht seine Leitern?", "Leiter"),
    ],
)
async def test_other_forms_of_a_word_are_found_in_the_language_of_the_post(
    act: Act, ask: Ask, world: World, language: models.Language, body: str, query: str
) -> None:
    await publish(act, world, body, language=language)
    await publish(act, world, "Iets heel anders.", language=language)
    assert await found(ask, query) == [body]


async def test_a_title_weighs_more_than_a_body_and_comments_are_found_with_their_post(
    act: Act, ask: Ask, world: World
) -> None:
    await publish(act, world, "Er hangt een schommel in de tuin.")
    post = await publish(act, world, "Kom kijken.", title="Schommel te geef")
    await act("neighbour", resolvers.comment.add_comment, post_id=post.id, body="Mooie schommel!")
    words = await found(ask, "schommel")
    assert words[0] == "Kom kijken."
    assert sorted(words) == ["Er hangt een schommel in de tuin.", "Kom kijken.", "Mooie schommel!"]


async def test_the_words_around_a_match_come_in_pieces_that_hold_no_marks_of_ours(
    act: Act, ask: Ask, world: World
) -> None:
    await publish(act, world, "Een <b>ladder</b> van hout.")
    page = (await asked(ask, "neighbour", SEARCH, query="ladder"))["search"]
    [hit] = page["nodes"]
    pieces = [(each["text"], each["isMatch"]) for each in hit["snippet"]]
    assert "ladder</b> van hout" in "".join(text for text, _ in pieces)
    assert [text for text, is_match in pieces if is_match] == ["ladder"]


async def test_a_word_that_fits_by_its_letters_is_marked_too(
    act: Act, ask: Ask, world: World
) -> None:
    await publish(act, world, "Mijn aanhangwagen staat klaar.")
    page = (await asked(ask, "neighbour", SEARCH, query="aanhangwagens"))["search"]
    [hit] = page["nodes"]
    assert [each["text"] for each in hit["snippet"] if each["isMatch"]] == ["aanhangwagen"]


async def test_pages_follow_each_other_without_gap_or_repeat(
    act: Act, ask: Ask, world: World
) -> None:
    bodies = {f"Ladder nummer {number}." for number in range(7)}
    for body in bodies:
        await publish(act, world, body)
    seen: list[str] = []
    after, more = None, True
    while more:
        given = {"query": "ladder", "first": 3, "after": after}
        page = (await asked(ask, "neighbour", SEARCH, **given))["search"]
        seen += [each["post"]["body"] for each in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert sorted(seen) == sorted(bodies)


async def test_what_one_may_not_see_is_not_found(act: Act, ask: Ask, world: World) -> None:
    only = await publish(act, world, "Ladder voor buren alleen.", audience=Audience.NEIGHBOURS_ONLY)
    near = await publish(
        act, world, "Ladder voor wie dichtbij is.", audience=Audience.NEIGHBOURS_NEARBY
    )
    away = await publish(act, world, "Ladder van een ander.", "moderator")
    assert len(await found(ask, "ladder", "neighbour")) == 3
    assert sorted(await found(ask, "ladder", "worker")) == sorted([near.body, away.body])
    assert await found(ask, "ladder", "nearby") == [near.body]
    assert await found(ask, "ladder", "stranger") == []
    assert await found(ask, "ladder", "former") == []
    await block(act, world, "neighbour", "moderator")
    await act("resident", resolvers.post.delete_post, post_id=only.id)
    assert await found(ask, "ladder", "neighbour") == [near.body]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "INVALID"),
        (" a ", "INVALID"),
        ("x" * 101, "TOO_LONG"),
        ("een " * 11, "TOO_LONG"),
    ],
)
async def test_a_query_is_bounded(ask: Ask, world: World, query: str, code: str) -> None:
    answer = await ask("neighbour", SEARCH, query=query)
    assert answer.errors is not None
    assert [(answer.errors[0].extensions or {})["code"]] == [code]


QUERIES = ["'; drop table post; --", "&|!()", "\\\\", '"a', "--", "a:*b", "or or", "-ladder"]


@pytest.mark.parametrize("query", QUERIES)
async def test_no_query_breaks_it(act: Act, ask: Ask, world: World, query: str) -> None:
    await publish(act, world, "Ladder.")
    await asked(ask, "neighbour", SEARCH, query=query)


async def test_another_place_does_not_exist_and_a_wrong_cursor_is_told(
    hub: Hub, world: World
) -> None:
    context = await Context(hub, world.people["neighbour"].token).fresh()
    with pytest.raises(Refusal) as refusal:
        await search.search(context, query="ladder", neighbourhood_id=world.neighbourhoods["far"])
    assert refusal.value.code is RefusalCode.NOT_FOUND
    for cursor in ("x", "AAAA", "é", "A" * 33):
        with pytest.raises(Refusal) as refusal:
            await search.search(context, query="ladder", after=cursor)
        assert (refusal.value.code, refusal.value.field) == (RefusalCode.INVALID, "after")


WORD = strategies.text(string.ascii_lowercase, min_size=4, max_size=9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=strategies.lists(WORD, min_size=1, max_size=4),
    one=strategies.sampled_from(sorted(Audience)),
)
async def test_nothing_hidden_is_found_and_all_that_is_visible_with_the_word_is(
    act: Act, hub: Hub, world: World, words: list[str], one: models.Audience
) -> None:
    await models.Post.all().delete()
    for word in words:
        await publish(act, world, f"qz{word} {word}", audience=one)
    for persona in ("neighbour", "worker", "nearby", "stranger"):
        context = await Context(hub, world.people[persona].token).fresh()
        page = await search.search(context, query=f"qz{words[0]}", first=100)
        expected = {
            each.id
            for each in await visible(models.Post, context.viewer)
            if f"qz{words[0]} " in f"{each.body} "
        }
        ids = {hit.post.id for hit in page.nodes}
        assert expected <= ids
        assert ids <= {each.id for each in await visible(models.Post, context.viewer)}
