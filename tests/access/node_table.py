"""What `node` and `nodes` give: the cells of each thing's own door, without its refusals.

Shares and cases have doors for organisations alone; by their ids their authors have them too, as
they have them below `viewer`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from tests.access.persona import HOME
from tests.access.subject import SDL, Rows, Subject

NODES = {kind.name for kind in SDL.get_possible_types(cast(Any, SDL.type_map["Node"]))}
# whom a door refuses has no such node
UNREFUSED = str.maketrans(dict.fromkeys("!x?", "."))


@dataclass(frozen=True)
class Author:
    """Whose it is, and which of its fields are null or empty for the author."""

    persona: str = "resident"
    null: str = ""
    empty: str = ""

    def letter(self, name: str) -> str:
        """The author's cell of a field."""
        return "-" if name in self.null.split() else "0" if name in self.empty.split() else "+"


UNANSWERED = "unit assignee dueOn notes answer answeredAt satisfaction satisfactionWord closedAt"
AUTHORS = {
    "a case: case held": Author(null="unit assignee dueOn notes", empty="nextStates"),
    "a case: case open": Author(null=UNANSWERED),
    "a case: case taken back": Author(null=UNANSWERED, empty="referrals"),
    "a case: centre's case": Author(null=UNANSWERED, empty="referrals"),
    "a case: case expired": Author("neighbour", UNANSWERED, "referrals"),
    "a share: held": Author(null="revokedAt"),
    "a share: open": Author(null="revokedAt authorName", empty="comments accessRecords"),
    "a share: taken back": Author(null="authorName", empty="accessRecords"),
    "a share: centre's": Author(
        null="revokedAt authorName", empty="comments commentShares accessRecords"
    ),
    "a share: expired": Author(
        "neighbour", "revokedAt title authorName", "comments commentShares accessRecords"
    ),
}


def by_id(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Each thing that has a door, by its id alone; of each kind the first in a list of nodes."""
    kinds: set[str] = set()
    for each in subjects:
        is_door = each.document == f"query ($id: ID!) {{ {each.door}(id: $id) {{ FIELDS }} }}"
        if not is_door or each.type_name not in NODES:
            continue
        yield _as(each, "node", "node(id: $id)")
        if each.type_name not in kinds:
            kinds.add(each.type_name)
            yield _as(each, "nodes", "nodes(ids: [$id])")


def _as(subject: Subject, path: str, door: str) -> Subject:
    document = f"query ($id: ID!) {{ {door} {{ ... on {subject.type_name} {{ FIELDS }} }} }}"
    name = f"{subject.name}, by {path}"
    return replace(subject, name=name, document=document, path=path, rows=_rows(subject))


def _rows(subject: Subject) -> Rows:
    author = AUTHORS.get(subject.name)
    at = HOME.index(author.persona) if author else 0
    rows = []
    for names, residents, partners in subject.rows:
        left, right = residents.translate(UNREFUSED), partners.translate(UNREFUSED)
        for name in names.split():
            letter = author.letter(name) if author else left[at]
            rows.append((name, f"{left[:at]}{letter}{left[at + 1 :]}", right))
    return tuple(rows)
