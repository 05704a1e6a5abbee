"""A marker in every private column of words, and none of them where it was not given."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import models
from realtime.hub import Hub
from server.settings import Settings
from tests.marker import column, document, expected, refused, story, walk
from tests.world import World


@pytest.fixture
async def catalogue(database: None) -> AsyncIterator[None]:
    """The markers that become skills leave the catalogue as it was: no test empties it."""
    before = await models.Skill.all().values_list("id", flat=True)
    yield
    await models.Skill.exclude(id__in=before).delete()


@pytest.mark.timeout(180)
@pytest.mark.usefixtures("catalogue")
async def test_no_word_reaches_a_partner_to_whom_it_was_not_given(
    hub: Hub, world: World, settings: Settings, tmp_path: Path
) -> None:
    told = await story.tell(hub, world, settings, tmp_path / "log")
    for persona in expected.PERSONAS:
        assert told.answers[persona] == expected.ANSWERS[persona], persona
        assert told.events[persona] == expected.EVENTS[persona], persona
    assert told.elsewhere == expected.ELSEWHERE
    # a test of the test: each of these was read, and what is granted to nobody is found by its own
    for person, own in expected.OWN.items():
        assert own <= told.answers[person], person
    assert told.events["neighbour"] >= expected.LATE
    assert told.amounts["log"] == 1
    for place in ("webhooks", "valkey"):
        assert told.amounts[place] > 10, place


def test_every_private_column_of_words_has_a_marker_or_a_reason() -> None:
    every = {column.name(m, c) for m in column.private() for c in column.of_words(m)}
    assert {column.name(*each) for each in column.planted()} == every - column.EXEMPT.keys()
    for excepted in (column.EXEMPT, column.KEPT, column.BEHIND, column.SKILLS):
        assert set(excepted) <= every


def test_every_field_that_can_be_reached_is_asked() -> None:
    asked = document.asked(
        text for door in document.doors("Query") for text in document.documents(door)
    )
    assert document.reachable("Query") - asked == set()


def test_every_field_of_every_event_is_listened_to() -> None:
    for door in document.doors("Subscription"):
        asked = document.asked(document.subscription(door))
        assert document.told(door) - asked == set()


def test_what_is_passed_over_is_there() -> None:
    assert walk.PASSED.keys() <= document.doors("Query").keys()
    assert refused.PASSED.keys() <= document.doors("Mutation").keys()
