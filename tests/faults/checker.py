"""The judge: what was acknowledged against what each subscriber received, in which order."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from tests.faults.ledger import Ledger
from tests.faults.people import Row
from tests.faults.subscriber import Receipt, Subscriber


@dataclass
class Verdict:
    """What a trial showed; `delay` is the longest from acknowledgement to receipt, in seconds.

    `lost` names each pair of a subscriber and a marker that did not come together, `wrong`
    whatever else the guarantee rules out.
    """

    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    duplicates: int = 0
    delay: float = 0.0

    def tell(self) -> str:
        """The first of what went wrong, for a person."""
        counts = f"{len(self.lost)} lost, {len(self.wrong)} wrong"
        return "\n".join([counts, *self.lost[:20], *self.wrong[:20]])


def judge(ledger: Ledger, rows: Collection[Row], subscribers: Collection[Subscriber]) -> Verdict:
    """Hold the receipts of all against the ledger and the rows of the database."""
    verdict = Verdict()
    sequences = {row.id: row.sequence for row in rows}
    written = Counter(row.marker for row in rows)
    verdict.lost += [f"database: {m}" for m in ledger.acknowledged if not written[m]]
    verdict.wrong += [f"written twice: {m}" for m, count in written.items() if count > 1]
    for subscriber in subscribers:
        _judge_content(verdict, ledger, written, subscriber)
        _judge_order(verdict, sequences, subscriber)
    return verdict


def _judge_content(
    verdict: Verdict, ledger: Ledger, written: Collection[str], subscriber: Subscriber
) -> None:
    """All that is for it, committed or acknowledged, and nothing else."""
    name = subscriber.name
    due = {m for m in [*ledger.acknowledged, *written] if subscriber.entitled(m)}
    verdict.lost += [f"{name}: {marker}" for marker in sorted(due - subscriber.markers)]
    leaked = {m for m in subscriber.markers if not subscriber.entitled(m)}
    verdict.wrong += [f"{name} must not see {marker}" for marker in sorted(leaked)]
    if subscriber.resets:
        verdict.wrong.append(f"{name} was told {subscriber.resets} times of a hole")
    if bool(subscriber.due) == ("NOT_FOUND" in subscriber.refusals):
        verdict.wrong.append(f"{name} was told of its rights: {sorted(set(subscriber.refusals))}")
    first = _first(subscriber.receipts)
    waits = [r.at - ledger.acknowledged[r.marker] for r in first if r.marker in ledger.acknowledged]
    verdict.delay = max([verdict.delay, *waits])


def _judge_order(verdict: Verdict, sequences: dict[str, int], subscriber: Subscriber) -> None:
    """In the order of the stream; a repeat only on a later connection."""
    name, receipts = subscriber.name, subscriber.receipts
    unknown = [r.marker for r in receipts if r.id not in sequences]
    verdict.wrong += [f"{name} was told what never was: {marker}" for marker in unknown]
    known = [r for r in receipts if r.id in sequences]
    for before, after in pairwise(known):
        went_on = sequences[before.id] < sequences[after.id]
        if before.connection == after.connection and not went_on:
            verdict.wrong.append(f"{name} out of order: {before.marker}, {after.marker}")
    places = [sequences[r.id] for r in _first(known)]
    if places != sorted(places):
        verdict.wrong.append(f"{name} heard of something late: {places}")
    verdict.duplicates += len(receipts) - len({r.id for r in receipts})


def _first(receipts: Collection[Receipt]) -> list[Receipt]:
    """Each event once, as it came first."""
    seen: dict[str, Receipt] = {}
    for receipt in receipts:
        seen.setdefault(receipt.id, receipt)
    return list(seen.values())
