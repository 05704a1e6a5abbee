"""Matches come and go, and nobody whom they do not concern can tell by anything at all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.post
from resolvers import figure
from tests import neighbours
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers import matching, onlooker
from tests.resolvers.conftest import Act
from tests.resolvers.matching import ACCEPT, COMPLETE, DECLINE, SHARE, THANK, WITHDRAW
from tests.world import World

NEARBY = models.Audience.NEIGHBOURS_NEARBY
CONCERNED = ("resident", "neighbour", "fourth", "worker")
ONLOOKERS = (
    *("third", "moderator", "other_worker", "nearby", "stranger", "worker_elsewhere", "former"),
    *("manager", "case_worker", "analyst", "token statistics:read", "token shares:read"),
    "signed_out",
)
# whatever a match may change, and only the two and the worker may read
OF_MATCHES = {models.HelpMatch, models.Conversation, models.Participant}


async def build(world: World) -> list[models.Post]:
    """Two requests, and a fourth neighbour who may be asked."""
    await neighbours.move_in(world, "fourth", models.MembershipRole.RESIDENT)
    await neighbours.offer(world, "fourth")
    return [await neighbours.request(world, NEARBY, people) for people in (1, 2)]


async def live(act: Act, world: World, posts: list[models.Post]) -> list[models.HelpMatch]:
    """Matches of every kind, brought to every state."""
    post, other = posts
    first = await matching.propose(act, world, post, note="Zaterdag?")
    await act("neighbour", DECLINE, match_id=first.id)
    hushed = await matching.propose(act, world, post, "worker")
    second = await matching.propose(act, world, post, "fourth", helping="fourth")
    await act("resident", ACCEPT, match_id=second.id)
    await act("fourth", WITHDRAW, match_id=second.id)
    third = await matching.propose(act, world, other, "worker", helping="fourth")
    for persona in ("fourth", "resident"):
        await act(persona, ACCEPT, match_id=third.id)
    await act("resident", SHARE, match_id=third.id, address="Bij de molen")
    full = await matching.accepted(act, world, other)
    await act("neighbour", COMPLETE, match_id=full.id)
    for persona in ("neighbour", "resident"):
        await act(persona, THANK, match_id=full.id, words="Dank u!")
    again = await matching.propose(act, world, post, "neighbour")
    await act("resident", ACCEPT, match_id=again.id)
    states = [(await models.HelpRequest.get(post_id=each.id)).state for each in posts]
    assert states == [models.HelpRequestState.MATCHED] * 2
    return [first, hushed, second, third, full, again]


def known(world: World, posts: list[models.Post]) -> onlooker.Ids:
    """What an onlooker may know of, and ask about."""
    members = [whose(world, name) for name in ("resident", "neighbour", "fourth", "worker")]
    organisations = [world.organisations["town"]]
    return {
        "post": [post.id for post in posts],
        "membership": members,
        "neighbourhood": [world.home],
        "neighbourhoodId": [world.home],
        "organisation": organisations,
        "organisationId": organisations,
        **{name: [matching.unknown()] for name in ("match", "conversation", "share", "case")},
        "announcement": [matching.unknown()],
        "volunteer": [matching.unknown()],
    }


@pytest.mark.parametrize("persona", ONLOOKERS)
@pytest.mark.timeout(180)
async def test_an_onlooker_reads_exactly_the_same_before_and_after(
    act: Act, ask: Ask, village: World, persona: str
) -> None:
    posts = await build(village)
    ids = known(village, posts)
    before = await onlooker.everything(ask, persona, ids)
    assert len(before) > 70
    matches = await live(act, village, posts)
    assert await onlooker.everything(ask, persona, ids) == before
    never = [found for document, found in before.items() if document.startswith("{ match(")]
    for match in matches:
        found = await onlooker.everything(ask, persona, {"match": [match.id]}, "match")
        assert list(found.values()) == never


@pytest.mark.timeout(180)
async def test_the_two_and_the_worker_do_read_a_difference(
    act: Act, ask: Ask, village: World
) -> None:
    posts = await build(village)
    ids = known(village, posts)
    before = {one: await onlooker.everything(ask, one, ids) for one in CONCERNED}
    await live(act, village, posts)
    for persona, found in before.items():
        assert await onlooker.everything(ask, persona, ids) != found


async def test_no_table_changes_but_those_of_matches_and_no_stream_but_those_of_the_concerned(
    act: Act, village: World
) -> None:
    posts = await build(village)
    concerned = [village.people[persona].resident_id for persona in CONCERNED]
    changing = {*OF_MATCHES, models.HelpRequest, models.HelpOffer, models.Stream, models.Event}
    others = [
        model
        for model in vars(models).values()
        if hasattr(model, "_meta") and model not in changing
    ]
    assert len(others) > 30

    async def rest() -> list[Any]:
        streams = [row for row in await onlooker.kept(models.Stream) if row["id"] not in concerned]
        told = await models.Event.exclude(stream_id__in=concerned).values()
        requests = await onlooker.kept(models.HelpRequest)
        offers = await onlooker.kept(models.HelpOffer)
        unseen = {"state", "asked_count", "last_asked_at"}
        rows = [{k: v for k, v in row.items() if k not in unseen} for row in requests + offers]
        return [streams, told, rows, *[await onlooker.kept(model) for model in others]]

    before = await rest()
    await live(act, village, posts)
    assert await rest() == before


async def test_no_figure_counts_a_match(act: Act, village: World) -> None:
    posts = await build(village)
    now = datetime.now(UTC)
    await models.Neighbourhood.all().update(opened_on=now.date() - timedelta(days=40))
    ours = ("id", "created_at")

    async def figures() -> list[Any]:
        await models.Figure.all().delete()
        while await figure.count_due(now + timedelta(days=40)):
            pass
        rows = await models.Figure.all().values()
        return sorted(str({k: v for k, v in row.items() if k not in ours}) for row in rows)

    before = await figures()
    assert len(before) > 10
    await live(act, village, posts)
    assert await figures() == before


async def test_the_feed_goes_on_without_a_gap(act: Act, village: World) -> None:
    posts = await build(village)
    solve = resolvers.post.mark_solved
    await act("resident", solve, post_id=posts[0].id)
    await act("resident", solve, post_id=posts[0].id, solved=False)
    await live(act, village, posts)
    await act("resident", solve, post_id=posts[1].id)
    rows = await models.Event.filter(stream_id=village.home).order_by("sequence")
    assert [(row.sequence, row.kind.value) for row in rows] == [
        (number, "POST_SOLVED") for number in (1, 2, 3)
    ]


DOORS = (*matching.GIVEN, "match")


@pytest.mark.parametrize("door", DOORS)
async def test_a_hidden_match_is_looked_for_as_one_that_never_was(
    act: Act, ask: Ask, village: World, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    match = await matching.accepted(act, village, await neighbours.request(village))

    async def knock(persona: str, id: Any) -> list[str]:
        with onlooker.statements(caplog) as asked:
            if door == "match":
                await ask(persona, "query ($id: ID!) { match(id: $id) { state } }", id=id)
            else:
                await matching.do(ask, persona, door, id)
        return asked()

    for persona in ("third", "moderator", "other_worker", "stranger", "manager"):
        hidden = await knock(persona, match.id)
        assert len(hidden) >= 2
        assert hidden == await knock(persona, matching.unknown())
