"""The columns that the seed fills, by table, in the order in which rows lean on each other."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

COUNTS = ("thanks_count", "like_count", "care_count", "clap_count", "sad_count")
OWN = ("id", "created_at", "neighbourhood_id")
COLUMNS: dict[str, tuple[str, ...]] = {
    "neighbourhood": (
        *("id", "created_at", "slug", "name", "place", "opened_on"),
        *("household_count", "registered_household_count"),
    ),
    "adjacency": (*OWN, "adjacent_id"),
    "stream": ("id", "kind", "last_sequence", "trimmed_sequence"),
    "household": (*OWN, "street", "house_number", "registered_at"),
    "resident": ("id", "created_at", "email", "phone", "language"),
    "credential": ("id", "created_at", "resident_id", "password_hash", "changed_at"),
    "membership": (
        *(*OWN, "resident_id", "household_id", "display_name", "street", "about", "role"),
        *("state", "verification", "verified_at", "ended_at", "nearby_count"),
    ),
    "invitation_code": (
        *(*OWN, "household_id", "kind", "hash", "issued_by_id", "expires_at", "used_at"),
    ),
    "post": (
        *(*OWN, "author_id", "kind", "audience", "title", "body", "solved_at", "edited_at"),
        *("comment_count", *COUNTS),
    ),
    "post_revision": (*OWN, "post_id", "author_id", "title", "body"),
    "comment": (
        *(*OWN, "post_id", "parent_id", "author_id", "audience", "body"),
        *("reply_count", *COUNTS),
    ),
    "reaction": (*OWN, "post_id", "comment_id", "author_id", "audience", "kind"),
}


def records(table: str, rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows as tuples in the order of the table's columns."""
    return list(map(attrgetter(*COLUMNS[table]), rows))
