"""The parts of the week in which help is wanted, by the clock on the wall in Deinze."""

from datetime import UTC, datetime, timedelta

import pytest

import models
from resolvers.day_part import PARTS, part_of, parts_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday, ten o'clock in the morning there
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def wanted(**given: object) -> list[str]:
    request = models.HelpRequest(**{"urgency": models.Urgency.NO_HURRY, **given})
    return [part.value for part in parts_of(request, NOW)]


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (datetime(2026, 11, 25, 5, 0, tzinfo=UTC), "WEDNESDAY_MORNING"),
        (datetime(2026, 11, 25, 4, 59, tzinfo=UTC), "TUESDAY_EVENING"),
        (datetime(2026, 11, 25, 10, 59, tzinfo=UTC), "WEDNESDAY_MORNING"),
        (datetime(2026, 11, 25, 11, 0, tzinfo=UTC), "WEDNESDAY_AFTERNOON"),
        (datetime(2026, 11, 25, 17, 0, tzinfo=UTC), "WEDNESDAY_EVENING"),
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "SUNDAY_EVENING"),
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), "WEDNESDAY_EVENING"),
        (datetime(2026, 7, 1, 15, 59, tzinfo=UTC), "WEDNESDAY_AFTERNOON"),
    ],
)
def test_a_moment_falls_in_a_part_by_the_local_clock(moment: datetime, part: str) -> None:
    assert part_of(moment) == part


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ({}, []),
        ({"urgency": models.Urgency.THIS_WEEK}, []),
        (
            {"urgency": models.Urgency.TODAY},
            ["WEDNESDAY_MORNING", "WEDNESDAY_AFTERNOON", "WEDNESDAY_EVENING"],
        ),
        ({"wanted_from": NOW + 3 * HOUR}, ["WEDNESDAY_AFTERNOON"]),
        (
            {"wanted_from": NOW + HOUR, "minutes": 90},
            ["WEDNESDAY_MORNING", "WEDNESDAY_AFTERNOON"],
        ),
        ({"wanted_from": NOW + HOUR, "minutes": 60}, ["WEDNESDAY_MORNING"]),
        (
            {"wanted_from": NOW + DAY, "wanted_until": NOW + DAY + HOUR},
            ["THURSDAY_MORNING"],
        ),
        (
            {"wanted_from": NOW - DAY, "wanted_until": NOW + HOUR},
            ["WEDNESDAY_MORNING"],
        ),
        (
            {"wanted_until": NOW + 9 * HOUR},
            ["WEDNESDAY_MORNING", "WEDNESDAY_AFTERNOON", "WEDNESDAY_EVENING"],
        ),
        ({"wanted_from": NOW - DAY, "wanted_until": NOW - HOUR}, []),
        ({"wanted_from": NOW - DAY, "minutes": 60}, []),
        ({"wanted_until": NOW - HOUR}, []),
        (
            {"wanted_from": NOW + 4 * DAY + 9 * HOUR, "wanted_until": NOW + 5 * DAY + HOUR},
            ["MONDAY_MORNING", "SUNDAY_EVENING"],
        ),
        ({"wanted_from": NOW, "wanted_until": NOW + 7 * DAY}, [part.value for part in PARTS]),
        ({"wanted_from": NOW, "minutes": 10_080}, [part.value for part in PARTS]),
    ],
)
def test_the_parts_in_which_help_is_wanted(given: dict[str, object], parts: list[str]) -> None:
    assert wanted(**given) == parts


def test_almost_a_week_leaves_out_the_part_that_is_left() -> None:
    parts = wanted(wanted_from=NOW + 4 * HOUR, wanted_until=NOW + 6 * DAY + 20 * HOUR)
    assert set(PARTS) - set(parts) == {models.Availability.WEDNESDAY_MORNING}
