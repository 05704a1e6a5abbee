"""An attacker of statistics: all that is answered, as sums, narrowed down to bounds of each count.

A cell is (measure, organisation, neighbourhood, span). The attacker is told more than anybody is:
every period, all offices at once, and how the figures are made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import models
from auth.viewer import Office
from resolvers import dashboard, publication, tally, total
from resolvers.period import Span
from resolvers.total import Reach

M = models.Measure
Cell = tuple[models.Measure, UUID | None, UUID, Span]
MOST = 1_000_000
ROUNDS = 60
# of a value that is told, the true one lies at most this far away
OFF = 2


@dataclass
class Attacker:
    """What is known: for each cell the least and the most, and sums of cells with their bounds."""

    bounds: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[list[tuple[int, Cell]], int, int]] = field(default_factory=list)

    def learn(self, cells: Iterable[Cell], least: int, most: int) -> None:
        """The sum of some cells lies between two numbers."""
        terms = [(1, cell) for cell in cells]
        for _, cell in terms:
            self.bounds.setdefault(cell, (0, MOST))
        self.sums.append((terms, least, most))

    def same(self, cell: Cell, others: Iterable[Cell]) -> None:
        """A cell is the sum of others."""
        known = [each for each in (cell, *others) if each in self.bounds]
        terms = [(1 if each == cell else -1, each) for each in known]
        self.sums.append((terms, 0, 0))

    def solve(self) -> dict[Cell, tuple[int, int]]:
        """Narrow all bounds down until nothing changes any more."""
        for _ in range(ROUNDS):
            changes = [self._narrow(*each) for each in self.sums]
            if not any(changes):
                break
        return self.bounds

    def _narrow(self, terms: Sequence[tuple[int, Cell]], least: int, most: int) -> bool:
        lows = [sign * self.bounds[cell][sign < 0] for sign, cell in terms]
        highs = [sign * self.bounds[cell][sign > 0] for sign, cell in terms]
        low, high, changed = sum(lows), sum(highs), False
        for (sign, cell), own_low, own_high in zip(terms, lows, highs, strict=True):
            ends = sorted((sign * (least - high + own_high), sign * (most - low + own_low)))
            before = self.bounds[cell]
            after = max(before[0], ends[0]), min(before[1], ends[1])
            self.bounds[cell] = after
            changed |= after != before
        return changed

    def read(self, span: Span, office: Office | None, rows: Sequence[models.Figure]) -> None:
        """Learn what the statistics of one period tell an office; without one, the neighbours."""
        asked = [row for row in rows if row.neighbourhood_id is not None]
        for place in {row.neighbourhood_id for row in asked}:
            if place is None or (office and place not in office.covers):
                continue
            local = [row for row in asked if row.neighbourhood_id == place]
            for figure in publication.told(local, office):
                self._told(_cell(figure.measure, office, place, span), figure.value)
        if office is not None:
            self._totals(span, office, rows)

    def _told(self, cell: Cell, value: int | None) -> None:
        least, most = (0, MOST) if value is None else (max(0, value - OFF), value + OFF)
        self.learn([cell], least, most)

    def _totals(self, span: Span, office: Office, rows: Sequence[models.Figure]) -> None:
        reach = Reach(office, [row for row in rows if publication.belongs(row, office)])
        for figure in total.totals_of(reach):
            if figure.value is None:
                continue
            parts = tally.PURPOSES if figure.measure is M.CASES_RECEIVED else (figure.measure,)
            covered = [row for part in parts for row in reach.covered(part)]
            is_own = any(row.organisation_id for row in covered)
            whole = reach.is_whole(total.WHERE_COVERED if is_own else total.EVERYWHERE)
            off = OFF if whole else OFF * len(covered)
            cells = [cell_of(row) for row in covered]
            self.learn(cells, figure.value - off, figure.value + off)

    def watch(self, span: Span, rows: Sequence[models.Figure]) -> None:
        """Learn what the dashboard of the town tells at the end of a month."""
        until = [r for r in rows if r.period is span.period and r.starts_on <= span.starts_on]
        for measure, parts in ((M.POSTS, (M.POSTS,)), (M.SHARES, tally.PURPOSES)):
            months = [row for row in until if row.measure is measure and not row.neighbourhood_id]
            exact = dashboard.summed(months)
            if exact is not None:
                last = max(row.starts_on for row in months if row.settled)
                leaves = [r for r in until if r.measure in parts and r.starts_on <= last]
                self.learn([cell_of(r) for r in leaves if r.neighbourhood_id], exact, exact)
        now = [r for r in until if r.starts_on == span.starts_on and r.measure is M.VOLUNTEERS]
        wholes = [row for row in now if row.neighbourhood_id is None]
        together = dashboard.told_together(wholes)
        if together is not None:
            told = {row.organisation_id for row in wholes if not row.hidden}
            leaves = [r for r in now if r.neighbourhood_id and r.organisation_id in told]
            self.learn([cell_of(row) for row in leaves], together, together)


def cell_of(row: models.Figure) -> Cell:
    """The cell that a stored figure of a neighbourhood is."""
    assert row.neighbourhood_id is not None
    span = Span(row.period, row.starts_on)
    return row.measure, row.organisation_id, row.neighbourhood_id, span


def _cell(measure: models.Measure, office: Office | None, place: UUID, span: Span) -> Cell:
    own = office.organisation_id if office and measure in tally.OWN else None
    return measure, own, place, span
