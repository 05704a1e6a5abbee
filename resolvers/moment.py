"""Moments that somebody chooses, checked before they are kept."""

from datetime import datetime, timedelta

from resolvers.refusal import Refusal, RefusalCode


def known(moment: datetime, field: str) -> datetime:
    """A moment that is the same for everybody. Raises `Refusal` INVALID without an offset."""
    if moment.tzinfo is None:
        raise Refusal(RefusalCode.INVALID, "Say its offset from UTC too.", field)
    return moment


def within(moment: datetime, field: str, start: datetime, most: timedelta) -> datetime:
    """A moment after `start`, at most so much later. Raises `Refusal` INVALID."""
    if not start < known(moment, field) <= start + most:
        words = f"Choose a moment within {most.days} days after {start:%Y-%m-%dT%H:%M:%SZ}."
        raise Refusal(RefusalCode.INVALID, words, field)
    return moment
