"""What of the stored figures is told: to whom it belongs, rounded, and nothing that is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import models
from auth.viewer import Office
from resolvers import suppression
from resolvers.period import Span

ORDER = {measure: place for place, measure in enumerate(models.Measure)}


@dataclass(frozen=True)
class Figure:
    """A measure and its value, rounded to the nearest 5; None where it is hidden."""

    measure: models.Measure
    value: int | None

    @property
    def hidden(self) -> bool:
        """Whether it is not told."""
        return self.value is None


@dataclass(frozen=True)
class Asked:
    """A period that was counted, and for whom; without an office, for the neighbours."""

    span: Span
    office: Office | None

    @property
    def period(self) -> models.Period:
        """Whether it is a week or a month."""
        return self.span.period

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return self.span.starts_on

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.span.ends_on


@dataclass(frozen=True)
class Local(Asked):
    """A period in one neighbourhood."""

    neighbourhood_id: UUID


def belongs(figure: models.Figure, office: Office | None) -> bool:
    """Whether a figure is nobody's own, or that of the office's organisation."""
    return figure.organisation_id in (None, office and office.organisation_id)


def told(stored: Sequence[models.Figure], office: Office | None) -> list[Figure]:
    """What is told of the stored figures of one neighbourhood, by measure."""
    mine = [each for each in stored if belongs(each, office)]
    mine.sort(key=lambda each: ORDER[each.measure])
    return [Figure(each.measure, value_of(each)) for each in mine]


def value_of(figure: models.Figure) -> int | None:
    """The rounded value; None where it is hidden."""
    return None if figure.hidden else suppression.rounded(figure.count)
