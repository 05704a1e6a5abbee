"""Makes the figures of one place in one period out of its counts: totals, and what is hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import models
from models.base import milliseconds, uuid7
from resolvers import suppression
from resolvers.period import Span
from resolvers.suppression import Branch

M = models.Measure
# of the neighbourhood as a whole, then what belongs to one organisation
COMMON = (
    *(M.REGISTERED_HOUSEHOLDS, M.ENGAGED_HOUSEHOLDS, M.ACTIVE_HOUSEHOLDS),
    *(M.POSTS, M.COMMENTS, M.REACTIONS, M.HELP_OFFERS),
)
PURPOSES = (M.SHARES_CARE_QUESTION, M.SHARES_IDEA, M.SHARES_REPORT, M.SHARES_OTHER)
OWN = (M.VOLUNTEERS, *PURPOSES, M.CASES_ANSWERED, M.CASES_CLOSED)
# what stands at the end of a period; the others happen in it, so that weeks add up to a month
STANDING = frozenset({M.REGISTERED_HOUSEHOLDS, M.ENGAGED_HOUSEHOLDS, M.HELP_OFFERS, M.VOLUNTEERS})
# the exact total of a place grows by these, month by month
SUMMED = frozenset({M.POSTS, M.COMMENTS, M.SHARES})


@dataclass(frozen=True)
class Key:
    """What a figure is about; without a neighbourhood, the place."""

    measure: models.Measure
    organisation_id: UUID | None = None
    neighbourhood_id: UUID | None = None


@dataclass(frozen=True)
class Count:
    """How many, by how many people."""

    key: Key
    count: int
    people: int


@dataclass(slots=True)
class Counted:
    """A row of `models.Figure` to be written: its columns, by their names."""

    id: UUID
    place: str
    neighbourhood_id: UUID | None
    organisation_id: UUID | None
    period: models.Period
    starts_on: date
    measure: models.Measure
    count: int
    people: int
    hidden: bool
    settled: bool


@dataclass(frozen=True)
class Before:
    """What was decided earlier: people who wait by measure, and what the month's weeks hide."""

    waiting: Mapping[models.Measure, int]
    linked: frozenset[Key]


def figures(
    span: Span, place: str, counts: Sequence[Count], medians: Sequence[Count], before: Before
) -> list[Counted]:
    """The figures of a place; `medians` are of the hours to an answer, hidden with the answers."""
    made = {}
    for tree in trees(counts):
        hidden, settled = decided(span, tree, before)
        for branch in tree.every():
            if branch.key is not None:
                told = branch.key not in hidden
                made[branch.key] = _figure(span, place, branch, hidden=not told, settled=settled)
    for each in medians:
        answers = made[Key(M.CASES_ANSWERED, each.key.organisation_id, each.key.neighbourhood_id)]
        made[each.key] = _figure(span, place, each, hidden=answers.hidden, settled=True)
    return list(made.values())


def decided(span: Span, tree: Branch[Key], before: Before) -> tuple[set[Key], bool]:
    """The keys of a tree that are hidden, and whether no exact total waits for more people."""
    keys = {branch.key for branch in tree.every() if branch.key is not None}
    linked = {key for key in keys & before.linked if key.measure not in STANDING}
    if span.period is models.Period.WEEK or tree.key is None or tree.key.measure not in SUMMED:
        return linked.union(suppression.concealed(tree)), True
    waiting = before.waiting.get(tree.key.measure)
    closed, waits = suppression.released(waiting, tree.people, tree.key in linked)
    return linked.union(suppression.concealed(tree, inside=closed)), waits is None


def trees(counts: Sequence[Count]) -> Iterator[Branch[Key]]:
    """The trees of one place; `counts` come by organisation, measure and neighbourhood."""
    leaves = {each.key: Branch(each.key, each.count, each.people) for each in counts}
    rows = {
        (organisation_id, measure): suppression.grown(list(group), Key(measure, organisation_id))
        for (organisation_id, measure), group in groupby(leaves.values(), _row)
    }
    yield from (tree for (_, measure), tree in rows.items() if measure not in PURPOSES)
    received = []
    for organisation_id in sorted({owner for owner, _ in rows if owner is not None}):
        purposes = [rows[organisation_id, purpose] for purpose in PURPOSES]
        received.append(suppression.grown(purposes, Key(M.CASES_RECEIVED, organisation_id)))
    if received:
        yield suppression.grown(received, Key(M.SHARES))


def _row(branch: Branch[Key]) -> tuple[UUID | None, models.Measure]:
    assert branch.key is not None
    return branch.key.organisation_id, branch.key.measure


def _figure(span: Span, place: str, of: Any, *, hidden: bool, settled: bool) -> Counted:
    return Counted(
        id=uuid7(milliseconds(span.begins)),
        place=place,
        neighbourhood_id=of.key.neighbourhood_id,
        organisation_id=of.key.organisation_id,
        period=span.period,
        starts_on=span.starts_on,
        measure=of.key.measure,
        count=of.count,
        people=of.people,
        hidden=hidden,
        settled=settled,
    )
