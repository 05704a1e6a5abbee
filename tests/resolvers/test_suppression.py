"""Hiding: nobody who reads all that is told finds a hidden count, and without the rule one does."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import product
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from auth.viewer import Office
from resolvers import suppression, tally
from resolvers.period import Span
from resolvers.suppression import LEAST, Branch, concealed, grown, released, rounded
from resolvers.tally import Before, Count, Key
from tests.resolvers.attacker import Attacker, Cell, cell_of

M = models.Measure
WEEK, MONTH = models.Period
TOWN, CENTRE = UUID(int=1), UUID(int=2)
FEBRUARY = Span(MONTH, date(2021, 2, 1))  # from a Monday to a Sunday: it is four weeks exactly
WEEKS = FEBRUARY.weeks_exactly
MONTHS = [Span(MONTH, date(2021, month, 1)) for month in range(1, 6)]
SPANS = sorted([*WEEKS, *MONTHS], key=lambda span: (span.next_on, span.period is MONTH))
TABLES = [(None, M.POSTS), (None, M.REACTIONS)] + [
    (owner, measure) for owner in (TOWN, CENTRE) for measure in (M.VOLUNTEERS, *tally.PURPOSES)
]
Decide = Callable[[Span, Sequence[Count], Sequence[models.Figure]], list[models.Figure]]
Publication = tuple[Hashable, ...]
fixture_is_shared = HealthCheck.function_scoped_fixture


class Village:
    """A random small town with a service centre that covers a part of it, and all its counts."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.places = [UUID(int=100 + n) for n in range(self.random.randint(3, 7))]
        some = self.random.randint(1, len(self.places))
        self.covers = {
            None: self.places,
            TOWN: self.places,
            CENTRE: sorted(self.random.sample(self.places, some)),
        }
        self.counts: dict[Cell, tuple[int, int]] = {}
        for owner, measure in TABLES:
            self._fill(owner, measure)

    def _fill(self, owner: UUID | None, measure: models.Measure) -> None:
        level, crowded = self.random.choice((1, 2, 4, 8, 20)), self.random.random() < 0.3
        for place in self.covers[owner]:
            for span in SPANS:
                people = self.random.randint(0, 2 * level)
                count = people * self.random.randint(1, 4) if crowded else people
                self.counts[measure, owner, place, span] = count, people
            weeks = [self.counts[measure, owner, place, week] for week in WEEKS]
            counts, people_each = zip(*weeks, strict=True)
            summed = sum(counts), sum(people_each)
            standing = measure in tally.STANDING
            self.counts[measure, owner, place, FEBRUARY] = weeks[-1] if standing else summed

    def table(self, span: Span) -> list[Count]:
        """The counts of one period, as the statement gives them."""
        return [
            Count(Key(measure, owner, place), *self.counts[measure, owner, place, span])
            for owner, measure in TABLES
            for place in self.covers[owner]
        ]

    def figures(self, decide: Decide) -> list[models.Figure]:
        """The figures of all periods, each decided after those before it."""
        found: list[models.Figure] = []
        for span in SPANS:
            found += decide(span, self.table(span), found)
        return found

    def offices(self) -> list[Office]:
        """Who may ask: the town, the centre, and a token for a part of the town."""
        some = self.random.sample(self.places, self.random.randint(1, len(self.places)))
        covered = [(TOWN, self.places), (CENTRE, self.covers[CENTRE]), (TOWN, some)]
        return [Office(owner, frozenset(places), frozenset()) for owner, places in covered]


def ours(
    span: Span, counts: Sequence[Count], earlier: Sequence[models.Figure]
) -> list[models.Figure]:
    """The figures as they are made."""
    waiting: dict[models.Measure, int] = {}
    for row in earlier:
        if row.period is MONTH and row.neighbourhood_id is None and row.organisation_id is None:
            if row.settled:
                waiting.pop(row.measure, None)
            else:
                waiting[row.measure] = waiting.get(row.measure, 0) + row.people
    hidden = [row for row in earlier if row.hidden and row.period is WEEK]
    linked = {Key(row.measure, row.organisation_id, row.neighbourhood_id) for row in hidden}
    before = Before(
        waiting if span.period is MONTH else {}, frozenset(linked if span == FEBRUARY else ())
    )
    made = tally.figures(span, "Deinze", counts, [], before)
    return [models.Figure(**asdict(each)) for each in made]


def alone(
    span: Span, counts: Sequence[Count], earlier: Sequence[models.Figure]
) -> list[models.Figure]:
    """The figures with each count hidden for itself alone, and nothing hidden with it."""
    made = ours(span, counts, earlier)
    for row in made:
        row.hidden, row.settled = row.people < LEAST, True
    return made


def unlinked(
    span: Span, counts: Sequence[Count], earlier: Sequence[models.Figure]
) -> list[models.Figure]:
    """The figures with a month decided without the weeks that it consists of."""
    return ours(span, counts, [row for row in earlier if row.period is MONTH])


def hasty(
    span: Span, counts: Sequence[Count], earlier: Sequence[models.Figure]
) -> list[models.Figure]:
    """The figures with a month of few people put into the exact total at once."""
    made = ours(span, counts, [row for row in earlier if row.period is WEEK])
    for row in made:
        row.settled = True
    return made


def attack(village: Village, decide: Decide) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """The hidden cells that an attacker narrows down to fewer than five possible counts."""
    figures, attacker = village.figures(decide), Attacker()
    offices = village.offices()
    for span in SPANS:
        rows = [row for row in figures if Span(row.period, row.starts_on) == span]
        for office in (None, *offices):
            attacker.read(span, office, rows)
        if span.period is MONTH:
            attacker.watch(span, figures)
    for measure, owner, place in {cell[:3] for cell in village.counts}:
        whole = (measure, owner, place, FEBRUARY)
        weeks = [(measure, owner, place, week) for week in WEEKS]
        attacker.same(whole, weeks[-1:] if measure in tally.STANDING else weeks)
    bounds = attacker.solve()
    for cell, (least, most) in bounds.items():
        assert least <= village.counts[cell][0] <= most, "the attacker believes what is not so"
    for row in figures:
        if row.hidden and row.neighbourhood_id is not None:
            least, most = bounds[cell_of(row)]
            if most - least < LEAST - 1:
                yield cell_of(row), (least, most)


@settings(max_examples=60, deadline=None, suppress_health_check=[fixture_is_shared])
@given(seed=st.integers(0, 2**32))
async def test_nobody_finds_a_hidden_count_in_all_that_is_answered(
    database: None, seed: int
) -> None:
    assert list(attack(Village(seed), ours)) == []


@pytest.mark.parametrize(("lesser", "least"), [(alone, 15), (unlinked, 2), (hasty, 2)])
async def test_the_same_attacker_succeeds_where_one_rule_is_left_out(
    database: None, lesser: Decide, least: int
) -> None:
    found = [seed for seed in range(40) if list(attack(Village(seed), lesser))]
    assert len(found) >= least


async def test_what_is_told_is_not_nothing(database: None) -> None:
    figures = [row for seed in range(20) for row in Village(seed).figures(ours)]
    local = [row for row in figures if row.neighbourhood_id is not None]
    assert sum(not row.hidden for row in local) > len(local) / 6
    for row in local:
        assert row.hidden or row.people >= LEAST


def published(counts: Sequence[int]) -> Publication:
    """A table as told to somebody who is told more than anybody: nothing is rounded."""
    leaves = [Branch(str(n), count, count) for n, count in enumerate(counts)]
    tree = grown(leaves, "total")
    hidden = set(concealed(tree))
    shown = [None if str(n) in hidden else count for n, count in enumerate(counts)]
    return (None if "total" in hidden else tree.count, *shown)


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_who_knows_the_rule_and_each_exact_number_that_is_told_knows_no_hidden_one(
    size: int,
) -> None:
    most = 14  # all tables of up to this many people: what could lie behind one lies among them
    possible: dict[Publication, list[set[int]]] = defaultdict(lambda: [set() for _ in range(size)])
    for counts in product(range(most + 1), repeat=size):
        if sum(counts) <= most:
            for found, count in zip(possible[published(counts)], counts, strict=True):
                found.add(count)
    for told, values in possible.items():
        for shown, found in zip(told[1:], values, strict=True):
            assert shown is not None or found >= set(range(LEAST)), told


def released_months(months: Sequence[int]) -> tuple[tuple[int | None, int], ...]:
    """What the totals of months and the exact sums at their ends tell, without rounding."""
    told: list[tuple[int | None, int]] = []
    waiting, exact, held = None, 0, 0
    for people in months:
        hidden, waiting = released(waiting, people)
        held += people
        if waiting is None:
            exact, held = exact + held, 0
        told.append((None if hidden else people, exact))
    return tuple(told)


def test_no_month_of_few_is_found_in_the_exact_sums_from_month_to_month() -> None:
    most = 14
    possible: dict[tuple[tuple[int | None, int], ...], list[set[int]]]
    possible = defaultdict(lambda: [set() for _ in range(4)])
    for months in product(range(most + 1), repeat=4):
        if sum(months) <= most:
            for found, people in zip(possible[released_months(months)], months, strict=True):
                found.add(people)
    whole = [told for told in possible if told[-1][1] + LEAST <= most]
    for told, values in [(told, possible[told]) for told in whole]:
        for (shown, _), found in zip(told, values, strict=True):
            assert shown is not None or max(found) - min(found) >= LEAST - 1, told


def test_a_month_that_is_linked_to_a_hidden_week_waits_for_the_next() -> None:
    assert released(None, 40, linked=True) == (True, 40)
    assert released(40, 0) == (True, None)


@given(count=st.integers(0, 10_000))
def test_a_value_is_rounded_to_the_nearest_five(count: int) -> None:
    assert abs(rounded(count) - count) <= 2
    assert rounded(count) % suppression.STEP == 0
