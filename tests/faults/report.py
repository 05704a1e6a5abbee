"""The table of the faults: a row for each trial, as text and as Markdown."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import starmap

HEADS = (
    "fault",
    "injected",
    "survived",
    "writes acknowledged",
    "attempts failed",
    "lost",
    "duplicates",
    "longest delay (ms)",
)


@dataclass(frozen=True)
class Outcome:
    """What one trial came to; `survived` counts the faults after which all was well again.

    `failed` are the attempts to write that were not acknowledged, and repeated; `delay` is in ms.
    """

    fault: str
    injected: int
    survived: int
    acknowledged: int
    failed: int
    lost: int
    duplicates: int
    delay: int

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        name, *numbers = astuple(self)
        return (name, *(f"{number:,}" for number in numbers))


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The table, aligned so that it reads as text too."""
    rows = [HEADS, *(outcome.cells() for outcome in outcomes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = [widths[0] * "-", *((width - 1) * "-" + ":" for width in widths[1:])]
    return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]]) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers = cells
    rest = starmap(str.rjust, zip(numbers, widths[1:], strict=True))
    return f"| {' | '.join([name.ljust(widths[0]), *rest])} |"
