"""Counting voices: what a ballot may say, what it adds, and what is told of the sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import models
from resolvers import suppression
from resolvers.refusal import Refusal, RefusalCode

Method = models.PollMethod
LOWEST, HIGHEST = 1, 10
TOTAL = -1


@dataclass(frozen=True)
class PollResult:
    """What came of one option: how many voices, and the mean of the scores if it has any."""

    number: int
    count: int | None
    mean: float | None = None


def is_open(poll: models.Poll, now: datetime) -> bool:
    """Whether voices are counted at a moment."""
    return poll.closed_at is None and now < poll.closes_at


def is_told(poll: models.Poll, has_voted: bool, now: datetime) -> bool:
    """Whether neighbours are told what came of it at a moment."""
    if poll.is_secret:
        return not is_open(poll, now) and poll.ballot_count >= suppression.LEAST
    early = poll.results is models.PollResults.AFTER_VOTING and has_voted
    return early or not is_open(poll, now)


def results(poll: models.Poll) -> list[PollResult]:
    """What came of each option, in their order."""
    return [
        PollResult(number, count, _mean(poll, total, count))
        for number, (count, total) in enumerate(zip(poll.counts, poll.sums, strict=True))
    ]


def small_cells_hidden(polls: Iterable[models.Poll]) -> list[PollResult]:
    """What an organisation is told of its polls together: rounded, and no cell of few people.

    Which cells are hidden is decided as for statistics, so that no difference tells a hidden one.
    """
    counts = [sum(each) for each in zip(*(poll.counts for poll in polls), strict=True)]
    if not counts:
        return []
    cells = [suppression.Branch(number, count, count) for number, count in enumerate(counts)]
    hidden = set(suppression.concealed(suppression.grown(cells, TOTAL)))
    return [
        PollResult(number, None if number in hidden else suppression.rounded(count))
        for number, count in enumerate(counts)
    ]


def checked(poll: models.Poll, values: Sequence[int]) -> list[int]:
    """What a ballot may say. Raises `Refusal` INVALID."""
    given = list(values)
    if poll.method is Method.SCORE:
        fits = len(given) == len(poll.options) and all(LOWEST <= v <= HIGHEST for v in given)
        words = f"Give each of the {len(poll.options)} options a score, {LOWEST} to {HIGHEST}."
    else:
        known = set(given) <= set(range(len(poll.options)))
        fits = known and len(set(given)) == len(given) and 0 < len(given) <= poll.most_choices
        words = f"Choose 1 to {poll.most_choices} of the options, each once, by number."
    if not fits:
        raise Refusal(RefusalCode.INVALID, words, "values")
    return given if poll.method is Method.SCORE else sorted(given)


def count(poll: models.Poll, values: Sequence[int], change: int) -> None:
    """Add a checked ballot to the sums of a locked poll, or take it away: `change` +1 or -1."""
    counts, sums = list(poll.counts), list(poll.sums)
    if poll.method is Method.SCORE:
        counts = [each + change for each in counts]
        sums = [each + change * score for each, score in zip(sums, values, strict=True)]
    else:
        for number in values:
            counts[number] += change
    poll.counts, poll.sums = counts, sums


def _mean(poll: models.Poll, total: int, count: int) -> float | None:
    return round(total / count, 2) if poll.method is Method.SCORE and count else None
