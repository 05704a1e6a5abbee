"""What a request says of the help it asks for: skill, time, length and how many; checked."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from typing_extensions import Doc

import models
from resolvers.refusal import Refusal, RefusalCode
from resolvers.skill import check_slugs
from resolvers.work import Work

LATE = timedelta(hours=1)  # "from now on" is past when it arrives
FARTHEST = timedelta(days=366)
LEAST_MINUTES, MOST_MINUTES = 5, 10_080
MOST_PEOPLE = 20

SkillSlug = Annotated[str | None, Doc("The skill that is asked for, by its slug.")]
From = Annotated[datetime | None, Doc("From when help is wanted, with its time zone.")]
Until = Annotated[datetime | None, Doc("Until when, with its time zone.")]
Minutes = Annotated[int | None, Doc("About how many minutes it takes: 5 to 10,080, a week.")]


async def check(work: Work, request: models.HelpRequest, given: dict[str, Any]) -> None:
    """Whether a request may be given these columns. Raises `Refusal` INVALID."""
    if given.get("skill") is not None:
        await check_slugs(work, [given["skill"]], "skill")
    _check_between(given, "minutes", LEAST_MINUTES, MOST_MINUTES)
    _check_between(given, "people", 1, MOST_PEOPLE)
    _check_time(given, "wanted_from", datetime.now(UTC) - LATE)
    _check_time(given, "wanted_until", datetime.now(UTC))
    begin = given.get("wanted_from", request.wanted_from)
    end = given.get("wanted_until", request.wanted_until)
    if begin is not None and end is not None and begin >= end:
        words = "The end has to come after the beginning."
        raise Refusal(RefusalCode.INVALID, words, "wanted_until")


def _check_between(given: dict[str, Any], name: str, least: int, most: int) -> None:
    value = given.get(name)
    if value is not None and not least <= value <= most:
        raise Refusal(RefusalCode.INVALID, f"Give {least} to {most:,}.", name)


def _check_time(given: dict[str, Any], name: str, earliest: datetime) -> None:
    moment = given.get(name)
    if moment is None:
        return
    if moment.tzinfo is None:
        raise Refusal(RefusalCode.INVALID, "Give a moment with its time zone.", name)
    if moment < earliest:
        raise Refusal(RefusalCode.INVALID, "This moment is past.", name)
    if moment > datetime.now(UTC) + FARTHEST:
        raise Refusal(RefusalCode.INVALID, "This is more than a year away.", name)
