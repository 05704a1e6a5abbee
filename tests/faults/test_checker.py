"""The judge finds what was planted: a checker that never complains proves nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.faults.checker import Verdict, judge
from tests.faults.ledger import Ledger
from tests.faults.people import Row
from tests.faults.subscriber import Receipt, Subscriber

MARKERS = ("t/here/NEIGHBOURHOOD/0", "t/here/NEIGHBOURHOOD/1", "t/here/NEIGHBOURHOOD/2")
ROWS = [Row(str(number), number, marker) for number, marker in enumerate(MARKERS)]
RECEIPTS = [Receipt(row.marker, row.id, 0, 10.0 + row.sequence) for row in ROWS]
FIRST, SECOND, THIRD = RECEIPTS
FOREIGN = Receipt("t/far/NEIGHBOURHOOD/3", "3", 0, 14.0)


def verdict(receipts: list[Receipt], rows: list[Row] = ROWS) -> Verdict:
    """The judgment on one subscriber of `here` who received these."""
    ledger = Ledger("t", acknowledged=dict.fromkeys(MARKERS, 9.5))
    due = frozenset({"t/here/NEIGHBOURHOOD"})
    subscriber = Subscriber("she", [], "", uuid4(), due, receipts=receipts)
    subscriber.markers = {receipt.marker for receipt in receipts}
    return judge(ledger, rows, [subscriber])


def test_whoever_may_not_follow_must_have_been_refused_and_nobody_else() -> None:
    outsider = Subscriber("he", [], "", uuid4(), frozenset())
    assert judge(Ledger("t"), [], [outsider]).wrong == ["he was told of its rights: []"]
    outsider.refusals.append("NOT_FOUND")
    assert judge(Ledger("t"), [], [outsider]).wrong == []
    outsider.due = frozenset({"t/here/NEIGHBOURHOOD"})
    told = "he was told of its rights: ['NOT_FOUND']"
    assert judge(Ledger("t"), [], [outsider]).wrong == [told]


def test_all_in_order_is_right() -> None:
    found = verdict(RECEIPTS)
    assert found == Verdict(delay=2.5)


def test_a_repeat_on_a_later_connection_is_a_duplicate_and_right() -> None:
    again = replace(THIRD, connection=1, at=20.0)
    assert verdict([*RECEIPTS, again]) == Verdict(duplicates=1, delay=2.5)


def test_what_never_came_is_lost() -> None:
    assert verdict([FIRST, THIRD]).lost == [f"she: {MARKERS[1]}"]


def test_what_the_database_does_not_hold_is_lost() -> None:
    found = verdict([FIRST, SECOND], ROWS[:2])
    assert found.lost == [f"database: {MARKERS[2]}", f"she: {MARKERS[2]}"]


@pytest.mark.parametrize(
    ("receipts", "rows", "wrong"),
    [
        ([FIRST, THIRD, SECOND], ROWS, f"she out of order: {MARKERS[2]}, {MARKERS[1]}"),
        ([*RECEIPTS, THIRD], ROWS, f"she out of order: {MARKERS[2]}, {MARKERS[2]}"),
        (
            [FIRST, THIRD, replace(SECOND, connection=1)],
            ROWS,
            "she heard of something late: [0, 2, 1]",
        ),
        (RECEIPTS, [*ROWS, Row("9", 9, MARKERS[0])], f"written twice: {MARKERS[0]}"),
        (
            [*RECEIPTS, FOREIGN],
            [*ROWS, Row("3", 3, FOREIGN.marker)],
            f"she must not see {FOREIGN.marker}",
        ),
        (
            [*RECEIPTS, Receipt(MARKERS[0], "9", 0, 15.0)],
            ROWS,
            f"she was told what never was: {MARKERS[0]}",
        ),
    ],
)
def test_what_the_guarantee_rules_out_is_wrong(
    receipts: list[Receipt], rows: list[Row], wrong: str
) -> None:
    assert wrong in verdict(receipts, rows).wrong
