"""The words of the seed: every template can be said, people keep hours, copies have other names."""

from datetime import date, datetime
from random import Random

import pytest

import models
from server.seed import calendar, identity, phrase, village

SITUATION = {
    "village": "Astene",
    "street": "Kerkstraat",
    "spot": "de kerk",
    "mystreet": "Dorpsstraat",
    "first": "Lies",
    "soon": "zaterdag 12 september",
    "poster": "Marc",
    "other": "An",
}


@pytest.mark.parametrize("template", phrase.templates(), ids=lambda t: f"{t.kind}-{t.titles[0]}")
def test_every_template_can_be_said_with_all_its_answers(template: phrase.Template) -> None:
    random = Random(1)
    said = phrase.answers(template.kind)
    for text in template.bodies:
        words = dict(SITUATION)
        matter = [phrase.fill(text, words, random)]
        matter += [phrase.fill(other, words, random) for other in template.titles]
        matter += [phrase.fill(other, words, random) for other in template.details]
        shared = {f"its_{slot}": words[slot] for slot in words}
        cores = [*template.answers, *(core for group in said.values() for core in group)]
        matter += [phrase.fill(core, SITUATION | shared, random) for core in cores]
        assert [line for line in matter if "{" in line or "}" in line] == []


def test_every_kind_has_something_to_say_on_every_day() -> None:
    day = date(2020, 3, 16)
    while day <= calendar.LAST_DAY:
        for kind in set(models.PostKind) - {models.PostKind.ANNOUNCEMENT}:
            assert phrase.choose(kind, day, Random(1)).kind is kind
        day = date.fromordinal(day.toordinal() + 1)


def test_applause_is_for_the_spring_and_snow_for_february() -> None:
    def titles(day: date) -> set[str]:
        fitting, _ = phrase.eligible(models.PostKind.MESSAGE, day)
        return {template.titles[0] for template in fitting} & {"Applaus om 20 uur", "Sneeuw!"}

    assert titles(date(2020, 4, 1)) == {"Applaus om 20 uur"}
    assert titles(date(2020, 7, 1)) == set()
    assert titles(date(2021, 2, 8)) == {"Sneeuw!"}


def test_a_slot_is_filled_once_and_its_second_with_another_word() -> None:
    words: phrase.Words = {}
    text = phrase.fill("{day} {day} {day2}", words, Random(1))
    first, again, second = text.split()
    assert first == again == words["day"]
    assert second == words["day2"] != first


def test_sentences_begin_with_a_capital() -> None:
    assert phrase.capitalise("een ladder. een zaag? ja.") == "Een ladder. Een zaag? Ja."


@pytest.mark.parametrize(
    ("lead", "text", "said"),
    [
        ("Dag Lies,", "Ik kan morgen.", "Dag Lies, ik kan morgen."),
        ("Dag Lies!", "Ik kan morgen.", "Dag Lies! Ik kan morgen."),
        ("Lies,", "A, zonder twijfel.", "Lies, A, zonder twijfel."),
    ],
)
def test_a_comment_goes_on_behind_a_name(lead: str, text: str, said: str) -> None:
    assert phrase.address(lead, text) == said


def test_copies_have_other_names_and_the_same_figures() -> None:
    villages = village.every(150)
    assert len({home.slug for home in villages}) == len({home.name for home in villages}) == 2_550
    assert len({home.id for home in villages}) == 2_550
    assert [home.name for home in villages[:18:17]] == ["Astene", "Astene Molenwijk"]
    assert sum(home.household_count for home in villages) == 150 * 16_690
    assert villages[17].posts == villages[0].posts == 1_004


def test_copies_lie_beside_villages_of_their_own_copy() -> None:
    villages = village.every(3)
    copies = {home.id: home.copy for home in villages}
    sides = village.sides(villages)
    assert len(sides) == len({(s.neighbourhood_id, s.adjacent_id) for s in sides}) == 3 * 62
    assert all(copies[side.neighbourhood_id] == copies[side.adjacent_id] for side in sides)


def test_ids_are_the_same_for_the_same_moment_and_source() -> None:
    at = 1_584_360_000_123
    one, other = (identity.identify(at, identity.source("x", 1)) for _ in range(2))
    assert one == other
    assert (one.version, one.variant, identity.instant(one)) == (7, "specified in RFC 4122", at)
    assert identity.identify(at, identity.source("x", 2)) != one


@pytest.mark.parametrize(
    ("utc", "local"),
    [("2020-03-20T19:00", 20), ("2020-07-01T18:00", 20), ("2020-12-01T19:00", 20)],
)
def test_the_clock_is_that_of_belgium(utc: str, local: int) -> None:
    at = int(datetime.fromisoformat(f"{utc}+00:00").timestamp() * 1000)
    assert calendar.clock(at)[1] == local * calendar.HOUR


def test_nobody_answers_at_night_or_after_the_year() -> None:
    random = Random(1)
    since = calendar.midnight(date(2020, 11, 3)) + 22 * calendar.HOUR
    answered = [calendar.later(since, calendar.HOUR, random) for _ in range(500)]
    hours = {calendar.clock(at)[1] // calendar.HOUR for at in answered}
    assert hours <= set(range(calendar.RISING_TIME, calendar.BED_TIME))
    late = [calendar.later(calendar.END - calendar.HOUR, calendar.DAY, random) for _ in range(100)]
    assert all(calendar.END - calendar.HOUR <= at <= calendar.END for at in late)
