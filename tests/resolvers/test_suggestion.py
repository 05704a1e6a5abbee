"""Suggestions to the one who asks: who, in which order, in which words, and to whom else."""

import logging
from typing import Any

import pytest

import models
from resolvers.day_part import part_of
from resolvers.suggestion_word import WORDS, SuggestionReason
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.neighbourly import (
    SOON,
    of_age,
    offer,
    request,
    whose,
)
from tests.world import World

NEARBY, ONLY = models.Audience.NEIGHBOURS_NEARBY, models.Audience.NEIGHBOURS_ONLY
STREET, FAR = models.HelpReach.STREET, models.HelpReach.NEARBY
Match = models.HelpMatchState
FIELDS = "helperId displayName street reasons sentence skill { slug } helper { displayName }"
ONE = f"query ($id: ID!, $first: Int! = 20) {{ post(id: $id) {{ helpRequest {{ suggestions(first: $first) {{ {FIELDS} }} }} }} }}"  # noqa: E501
OWN = """
query ($first: Int!) { viewer { helpRequests(first: $first) { nodes {
  suggestions { displayName skill { slug } helper { displayName street } } } } } }
"""
# the viewer, the account, the requests, the suggestions, the profiles, the skills
STATEMENTS = 6
MEMBERS = ("neighbour", "moderator", "nearby")


async def suggested(
    ask: Ask, made: models.HelpRequest, persona: str = "resident", **more: Any
) -> Any:
    """What a persona is suggested for a request; None for who is suggested nothing."""
    answer = await ask(persona, ONE, id=made.post_id, **more)
    assert answer.data is not None
    return answer.data["post"] and answer.data["post"]["helpRequest"]["suggestions"]


async def names(ask: Ask, made: models.HelpRequest, persona: str = "resident") -> list[str]:
    return [each["displayName"] for each in await suggested(ask, made, persona)]


async def elsewhere(world: World, *personas: str) -> None:
    """These personas live in another street."""
    ids = [whose(world, persona) for persona in personas]
    await models.Membership.filter(id__in=ids).update(street="Kerkstraat")


async def block(world: World, one: str, other: str) -> None:
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people[one].resident_id,
        blocked_id=world.people[other].resident_id,
        membership_id=whose(world, other),
    )


async def test_a_suggestion_says_who_and_why_and_no_more(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world, "neighbour", availability=[part_of(SOON)])
    await offer(act, world, "moderator", "vet", "plumbing")
    await elsewhere(world, "moderator")
    await offer(act, world, "nearby", reach=FAR)
    made = await request(act, world, audience=NEARBY, wanted_from=SOON)
    assert await suggested(ask, made) == [
        {
            "helperId": str(whose(world, "neighbour")),
            "displayName": "Neighbour",
            "street": "Dorpsstraat",
            "reasons": ["OFFERS_SKILL", "FREE_THEN", "SAME_STREET"],
            "sentence": "Offers exactly this help. Has time then. Lives in the same street.",
            "skill": {"slug": "bicycle-repair"},
            "helper": {"displayName": "Neighbour"},
        },
        {
            "helperId": str(whose(world, "nearby")),
            "displayName": "Nearby",
            "street": None,
            "reasons": ["OFFERS_SKILL", "NEXT_NEIGHBOURHOOD"],
            "sentence": "Offers exactly this help. Lives in an adjacent neighbourhood.",
            "skill": {"slug": "bicycle-repair"},
            "helper": None,
        },
        {
            "helperId": str(whose(world, "moderator")),
            "displayName": "Moderator",
            "street": "Kerkstraat",
            "reasons": ["OFFERS_KINDRED_SKILL", "SAME_NEIGHBOURHOOD"],
            "sentence": "Offers help that is like it. Lives in the same neighbourhood.",
            "skill": {"slug": "plumbing"},
            "helper": {"displayName": "Moderator"},
        },
    ]
    for persona in MEMBERS:
        resident_id = world.people[persona].resident_id
        assert resident_id is not None
        assert await ledger.told(resident_id) == []


async def test_the_words_are_in_the_language_of_whoever_reads(
    ask: Ask, act: Act, world: World
) -> None:
    await of_age(world)
    await offer(act, world)
    made = await request(act, world)
    said = {
        "NL": "Biedt precies deze hulp aan. Woont in dezelfde straat.",
        "FR": "Propose exactement cette aide. Habite la même rue.",
        "DE": "Bietet genau diese Hilfe an. Wohnt in derselben Straße.",
        "EN": "Offers exactly this help. Lives in the same street.",
    }
    for language, words in said.items():
        for persona in ("resident", "worker"):
            viewer = models.Resident.filter(id=world.people[persona].resident_id)
            await viewer.update(language=language)
            [found] = await suggested(ask, made, persona)
            assert found["sentence"] == words


def test_every_reason_has_words_in_every_language() -> None:
    assert set(WORDS) == set(SuggestionReason)
    for words in WORDS.values():
        assert set(words) == set(models.Language)
        assert len(set(words.values())) == len(words)


async def test_only_the_author_and_the_worker_are_suggested_anybody(
    ask: Ask, act: Act, partners: World
) -> None:
    await of_age(partners)
    await offer(act, partners)
    made = await request(act, partners, audience=NEARBY)
    shown = {p for p in partners.people if await suggested(ask, made, p) is not None}
    assert shown == {"resident", "worker"}
    assert await names(ask, made, "worker") == ["Neighbour"]
    private = await request(act, partners, audience=ONLY)
    shown = {p for p in partners.people if await suggested(ask, private, p) is not None}
    assert shown == {"resident"}


async def test_a_worker_is_shown_nobody_of_another_area(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world, "nearby", reach=FAR)
    made = await request(act, world, audience=NEARBY)
    assert await names(ask, made) == ["Nearby"]
    assert await names(ask, made, "worker") == []


async def test_next_door_it_takes_both_to_allow_it(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    for audience in models.Audience:
        made = await request(act, world, audience=audience)
        for reach in models.HelpReach:
            await offer(act, world, "nearby", reach=reach)
            allowed = audience is NEARBY and reach is FAR
            assert await names(ask, made) == (["Nearby"] if allowed else [])
    await models.Adjacency.all().delete()
    assert await names(ask, await request(act, world, audience=NEARBY)) == []


async def test_who_reaches_the_own_street_is_for_that_street(
    ask: Ask, act: Act, world: World
) -> None:
    await of_age(world)
    await offer(act, world, reach=STREET)
    made = await request(act, world)
    assert await names(ask, made) == ["Neighbour"]
    await elsewhere(world, "neighbour")
    assert await names(ask, made) == []
    await models.Membership.filter(id=made.author_id).update(street=None)
    await models.Membership.filter(id=whose(world, "neighbour")).update(street=None)
    assert await names(ask, made) == []


async def test_at_most_twenty_are_suggested(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    for persona in ("neighbour", "moderator"):
        await offer(act, world, persona)
    made = await request(act, world)
    both = await suggested(ask, made)
    assert await suggested(ask, made, first=1) == both[:1]
    assert await suggested(ask, made, first=0) == []
    for first in (-1, 21):
        answer = await ask("resident", ONE, id=made.post_id, first=first)
        assert [error.extensions for error in answer.errors or []] == [{"code": "INVALID"}]


async def test_suggestions_for_many_requests_cost_the_same(
    ask: Ask, act: Act, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await of_age(world)
    for persona in ("neighbour", "moderator"):
        await offer(act, world, persona)
    for _ in range(4):
        await request(act, world)
    for size in (1, 4):
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
            answer = await ask("resident", OWN, first=size)
        assert answer.data is not None
        nodes = answer.data["viewer"]["helpRequests"]["nodes"]
        assert [len(node["suggestions"]) for node in nodes] == [2] * size
        assert len([r for r in caplog.records if r.name == "tortoise.db_client"]) == STATEMENTS
