"""Prints `docs/access.md` from the tables of the matrix: `python -m tests.access.page`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.access import (
    figure_table,
    help_doors,
    help_table,
    life_doors,
    life_table,
    moderation_table,
    notice_table,
    partner_doors,
    partner_table,
    resident_doors,
    resident_table,
    search_table,
    share_table,
    talk_table,
    volunteer_table,
)
from tests.access.door import doors
from tests.access.live import LIVE
from tests.access.persona import GROUPS, PERSONAS, WORDS
from tests.access.subject import Subject

PATH = Path(__file__).parents[2] / "docs" / "access.md"
INTRODUCTION = """\
# Who may see what, field by field

Printed by `python -m tests.access.page` from the tables in `tests/access/`. The tests ask the real
thing for every field, change and event as each of these personas, and compare; one more compares
this page with the tables.

In their small world the resident lives in *home*; *beside* is adjacent to it, *far* is not. The
town covers home and beside and has two units, *care* and *roads*; the service centre covers home.
For whomever a row does not name there is no such thing: the answer is null or `NOT_FOUND`, or the
door stays shut before anything is looked up: `FORBIDDEN`, naming the scope that is missing, or
`UNAUTHENTICATED`. `node` and `nodes` give what the tables say of each thing, and null for a
refusal; whoever shared something has that and its case by them too.

All this is asked twice: once as it runs, and once with the application's own filters off, so that
nothing but the policies of PostgreSQL stands in the way.
"""
SECTIONS = {
    "What residents have of each other": resident_table.SUBJECTS,
    "How neighbours help each other": help_table.SUBJECTS,
    "What neighbours do together": life_table.SUBJECTS,
    "What is said in private": talk_table.SUBJECTS,
    "What is found": search_table.SUBJECTS,
    "What moderators judge": moderation_table.SUBJECTS,
    "What one is told of": notice_table.SUBJECTS,
    "What organisations are and tell": partner_table.SUBJECTS,
    "What residents share, and what comes of it": share_table.SUBJECTS,
    "Volunteers": volunteer_table.SUBJECTS,
    "Figures": figure_table.SUBJECTS,
}
MUTATIONS = (
    resident_doors.MUTATIONS
    | help_doors.MUTATIONS
    | moderation_table.MUTATIONS
    | notice_table.MUTATIONS
    | life_doors.MUTATIONS
    | partner_doors.MUTATIONS
)
LOCKS = doors()
# what the introduction says of all doors
SILENT = {"done", "LOCKED", "UNAUTHENTICATED", "NOT_FOUND"}


def text() -> str:
    """The whole page."""
    return (
        "\n".join([INTRODUCTION, *_personas(), *_fields(), *_changes(), *_live()]).rstrip() + "\n"
    )


def _personas() -> Iterator[str]:
    yield from ("## Personas", "", "| group | persona | who it is |", "|---|---|---|")
    for group, personas in GROUPS.items():
        for number, persona in enumerate(personas):
            yield f"| {'' if number else group} | {persona} | {WORDS[persona]} |"
    yield ""


def _fields() -> Iterator[str]:
    for title, subjects in SECTIONS.items():
        yield from (f"## {title}", "")
        for subject in subjects:
            yield from _subject(subject)


def _subject(subject: Subject) -> Iterator[str]:
    """One thing: who reads which of its fields, and for whom a field of it is empty."""
    yield from (f"### {subject.type_name}: {subject.name}", "")
    yield f"By `{subject.door}`, with the lock {_lock('Query', subject.door)}."
    yield from ("", "| fields | something for | null or empty for |", "|---|---|---|")
    for names, _, _ in subject.rows:
        row = subject.cells[names.split()[0]]
        yield f"| {_code(names.split())} | {_named(row, '+')} | {_named(row, '-0')} |"
    yield ""


def _changes() -> Iterator[str]:
    yield from ("## Changes", "", "| mutation | lock | done by | for others |", "|---|---|---|---|")
    for name, door in sorted(MUTATIONS.items()):
        told = {word: who for word, who in door.outcomes.items() if word not in SILENT and who}
        others = "; ".join(f"{word}: {listed(who)}" for word, who in told.items())
        done = listed(door.outcomes["done"])
        yield f"| `{name}` | {_lock('Mutation', name)} | {done} | {others} |"
    yield ""


def _live() -> Iterator[str]:
    yield from ("## Live", "")
    for name, door in LIVE.items():
        yield from (f"### {name}", "", f"With the lock {_lock('Subscription', name)}.", "")
        yield from ("| event | heard by |", "|---|---|")
        for kinds, _, _ in door.rows:
            row = door.cells[kinds.split()[0]]
            yield f"| {_code(kinds.split())} | {_named(row, '+')} |"
        yield ""


def _lock(root: str, door: str) -> str:
    return " or ".join(f"`{each}`" for each in LOCKS[root][door].split(" | "))


def _named(row: dict[str, str], letters: str) -> str:
    """The personas whose cell has one of these letters."""
    named = [persona for persona, letter in row.items() if letter in letters]
    is_rest = "+" not in letters and {"+"} < {*row.values()} <= {"+", *letters}
    return "everybody else" if is_rest else listed(named)


def listed(personas: Iterable[str]) -> str:
    """The personas by name; a whole group by its own."""
    left = {*personas}
    if left == {*PERSONAS}:
        return "everybody"
    words = []
    for group, members in GROUPS.items():
        if {*members} <= left:
            words.append(f"*{group}*")
        else:
            words += [member for member in members if member in left]
    return ", ".join(words)


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PATH.write_text(text(), "utf-8")
