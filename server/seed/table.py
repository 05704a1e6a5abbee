"""The columns that the seed fills, by table, in the order in which rows lean on each other."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

COUNTS = ("thanks_count", "like_count", "care_count", "clap_count", "sad_count")
OWN = ("id", "created_at", "neighbourhood_id")
HELD = ("organisation_id", "unit_id", "resident_id", "expires_at", "revoked_at")
GRANTED = (*OWN, *HELD)
COLUMNS: dict[str, tuple[str, ...]] = {
    "neighbourhood": (
        *("id", "created_at", "slug", "name", "place", "opened_on"),
        *("household_count", "registered_household_count"),
    ),
    "adjacency": (*OWN, "adjacent_id"),
    "stream": ("id", "kind", "last_sequence", "trimmed_sequence"),
    "organisation": ("id", "created_at", "slug", "name", "kind", "description"),
    "unit": ("id", "created_at", "organisation_id", "name"),
    "coverage": (*OWN, "organisation_id", "since"),
    "household": (*OWN, "street", "house_number", "registered_at"),
    "resident": ("id", "created_at", "email", "phone", "language", "age_band"),
    "staff": ("id", "created_at", "organisation_id", "unit_id", "resident_id", "role", "name"),
    "announcement": (
        *("id", "created_at", "organisation_id", "staff_id", "purpose", "title", "body"),
        *("neighbourhood_ids", "urgent_until", "publish_at", "published_at"),
    ),
    "credential": ("id", "created_at", "resident_id", "password_hash", "changed_at"),
    "membership": (
        *(*OWN, "resident_id", "household_id", "organisation_id", "display_name", "street"),
        *("about", "role", "state", "verification", "verified_at", "ended_at", "nearby_count"),
    ),
    "invitation_code": (
        *(*OWN, "household_id", "kind", "hash", "issued_by_id", "expires_at", "used_at"),
    ),
    "post": (
        *(*OWN, "author_id", "organisation_id", "announcement_id", "urgent_until", "kind"),
        *("audience", "title", "body", "solved_at", "edited_at", "comment_count", *COUNTS),
    ),
    "post_revision": (*OWN, "post_id", "author_id", "title", "body"),
    "comment": (
        *(*OWN, "post_id", "parent_id", "author_id", "organisation_id", "announcer_id"),
        *("audience", "body", "reply_count", *COUNTS),
    ),
    "reaction": (*OWN, "post_id", "comment_id", "author_id", "audience", "kind"),
    "gathering": (
        *(*OWN, "post_id", "author_id", "audience", "starts_at", "ends_at", "starts_key"),
        *("place", "capacity", "going_count", "maybe_count", "waiting_count"),
    ),
    "attendance": (
        *(*OWN, "post_id", "gathering_id", "resident_id", "membership_id", "audience", "state"),
        "waits_since_id",
    ),
    "poll": (
        *(*OWN, "post_id", "author_id", "audience", "method", "options", "most_choices"),
        *("is_secret", "voice", "results", "closes_at", "closed_at", "ballot_count"),
        *("counts", "sums"),
    ),
    "ballot": (
        *(*OWN, "post_id", "poll_id", "resident_id", "membership_id", "voice_id", "audience"),
        "is_secret",
    ),
    "guardian_leave": (
        *(*OWN, "resident_id", "membership_id", "guardian_id", "expires_at", "revoked_at"),
    ),
    "help_offer": (
        *(*OWN, "membership_id", "skills", "note", "availability", "reach", "paused", "ends_on"),
        *("hears_requests", "asked_count", "last_asked_at"),
    ),
    "help_request": (
        *(*OWN, "post_id", "author_id", "audience", "skill", "urgency", "wanted_from"),
        *("wanted_until", "minutes", "people", "state", "asked_at", "confirmed_at"),
    ),
    "help_match": (
        *(*OWN, "post_id", "requester_id", "helper_id", "proposed_by_id", "state", "note"),
        *("requester_accepted_at", "helper_accepted_at", "address", "ended_at"),
        *("requester_thanked_at", "requester_thanks", "helper_thanked_at", "helper_thanks"),
    ),
    "conversation": (
        *(*OWN, "kind", "match_id", "title", "participant_ids", "pair_ids", "last_message_id"),
    ),
    "participant": (
        *(*OWN, "conversation_id", "membership_id", "reader_ids", "pair_ids", "last_message_id"),
        *("read_to_id", "left_at"),
    ),
    "chat_message": (*OWN, "conversation_id", "author_id", "reader_ids", "pair_ids", "body"),
    "block": (*OWN, "resident_id", "blocked_id", "membership_id"),
    "moderation_case": (
        *(*OWN, "resident_id", "accused_id", "subject", "subject_id", "body", "reasons", "notes"),
    ),
    "content_report": (
        *(*OWN, "resident_id", "accused_id", "case_id", "reason", "note", "outcome", "answer"),
    ),
    "reported_message": (
        *(*OWN, "case_id", "resident_id", "message_id", "author_id", "body", "sent_at"),
    ),
    "volunteer_consent": (*GRANTED, "membership_id", "skills"),
    "volunteer_contact": (*GRANTED, "consent_id", "staff_id", "body", "answer", "answered_at"),
    "post_share": (*GRANTED, "post_id", "author_id", "purpose", "with_name", "told_end"),
    "comment_share": (*GRANTED, "share_id", "comment_id", "author_id", "asker_id", "state"),
    "case": (
        *(*GRANTED, "share_id", "post_id", "purpose", "state", "assignee_id", "due_on", "answer"),
        *("answered_at", "satisfaction", "satisfaction_word", "closed_at", "version"),
    ),
    "case_note": (*GRANTED, "case_id", "staff_id", "body"),
    "referral": (*GRANTED, "case_id", "to_organisation_id", "reason", "state"),
    "access_record": (
        *("id", "created_at", "resident_id", "organisation_id", "staff_id", "subject"),
        *("subject_id", "fields_read", "is_first"),
    ),
}


def records(table: str, rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows as tuples in the order of the table's columns."""
    return list(map(attrgetter(*COLUMNS[table]), rows))


def quoted(table: str) -> str:
    """The name of the table in SQL, where one is a reserved word."""
    return f'"{table}"'
