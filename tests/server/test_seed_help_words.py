"""The words of neighbourly help: each request has its skill, and what is said goes together."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

import models
from server.seed import chat, guest, help_offer, help_request, outcome, phrase, village
from tests.server.test_seed_words import SITUATION

ASKING = [each for each in phrase.templates() if each.kind is models.PostKind.HELP_REQUEST]
SLUGS = {slug for _, slug in help_request.marks() if slug}


def worded(text: str, words: phrase.Words) -> Iterator[str]:
    """A text with each word of the lists in its first slot that is not filled yet."""
    slot = phrase.SLOT.search(text)
    if slot is None:
        yield text
        return
    for word in phrase.pools().get(slot[1].rstrip("23"), [SITUATION.get(slot[1], "")]):
        filled = phrase.fill(word, dict(words), Random(1))
        yield phrase.fill(text, words | {slot[1]: filled}, Random(1))


@pytest.mark.parametrize("template", ASKING, ids=lambda each: each.titles[0])
def test_whatever_a_request_says_has_a_mark(template: phrase.Template) -> None:
    texts = [said for body in template.bodies for said in worded(body, dict(SITUATION))]
    found = {help_request.skill(text) for text in texts}
    assert found <= SLUGS | {None}
    assert found != {None}


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Wie kan mij helpen met een lekkende kraan?", "plumbing"),
        ("Wie kan onze hond een paar keer uitlaten of eten geven?", "dog-walking"),
        ("Wie kan het konijn een paar keer uitlaten of eten geven?", "pet-sitting"),
        ("Ik geraak niet wijs uit het online afspreken bij het ziekenhuis.", "computer"),
        ("Ik moet maandag om 9 uur in het ziekenhuis zijn.", "hospital-ride"),
        ("Kan iemand onze planten en de kippen water geven?", "watering"),
        ("Wie heeft een dakkoffer te leen?", None),
    ],
)
def test_the_words_of_a_request_tell_its_skill(text: str, skill: str | None) -> None:
    assert help_request.skill(text) == skill


def test_what_the_file_says_of_skills_is_of_those_that_are_asked_for() -> None:
    raw = village.read("help_request")
    for table in ("urgency", "minutes", "people"):
        assert set(raw[table]) - {"others"} <= SLUGS
    written = village.read("conversation")["match"]
    assert {slug for each in written for slug in each.get("skills", ())} <= SLUGS


def test_whoever_helps_can_say_a_word_and_a_time() -> None:
    raw = village.read("help_offer")
    assert set(raw["note"]) == {*village.read("volunteer")["help"]}
    parts = list(models.Availability)
    for week in raw["week"]:
        assert week["parts"] == sorted(set(week["parts"]), key=parts.index)
    assert max(len(note) for notes in raw["note"].values() for note in notes) <= 500


@pytest.mark.parametrize("kind", ["match", "direct"])
def test_the_lines_of_a_dialogue_have_as_many_wordings_each(kind: str) -> None:
    for raw in village.read("conversation")[kind]:
        counts = {len(wordings) for _, *wordings in raw["lines"]}
        assert len(counts) == 1
        assert chat.WORDINGS % counts.pop() == 0


@pytest.mark.parametrize("file", ["help_match", "conversation"])
def test_nothing_is_said_with_a_slot_left_open(file: str) -> None:
    names = {"requester": "Lies", "helper": "Marc", "one": "Lies", "other": "Marc"}
    for text in sentences(village.read(file)):
        said = phrase.fill(text, dict(names), Random(1))
        assert "{" not in said
        assert len(said) <= 500


def sentences(raw: Any) -> Iterator[str]:
    """All words in a file, however deep."""
    inside = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    yield from [raw] if isinstance(raw, str) else ()
    for each in inside:
        yield from sentences(each)


def test_every_state_of_a_request_says_how_often_a_proposal_came_to_nothing() -> None:
    assert set(outcome.FAILED) == set(models.HelpRequestState)


def test_who_helps_goes_next_door_in_the_own_copy_of_the_town_alone() -> None:
    astene, petegem, meigem, *others = village.every(2)
    copied = others[14]
    around = guest.Around()
    near, home = (an_offer(reach) for reach in (help_offer.NEARBY, help_offer.NEIGHBOURHOOD))
    around.remember(astene, [near, home])
    assert around.guests(petegem) == [near]
    assert around.guests(meigem) == []
    around.remember(copied, [near])
    assert (copied.copy, around.done) == (1, [(copied, [near])])


def an_offer(reach: models.HelpReach) -> help_offer.Offer:
    """An offer of which only the reach matters."""
    at = village.SET_UP
    drawn: Any = None
    return help_offer.Offer(drawn, drawn, drawn, drawn, ["groceries"], at, drawn, reach=reach)
