"""The one table that says of each model what in it is of a person, and what becomes of that.

An export reads what is found by these columns, through the rules; an erasure deletes or empties it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.models import Model

import models

NOW = object()  # stands for the moment of the erasure
# columns that hold the id of a resident; all others hold that of a membership
OF_RESIDENT = frozenset({"resident_id", "blocked_id", "muted_id", "holder_id"})


@dataclass(frozen=True)
class Person:
    """A resident by all ids: as an account, as a member, and the households of now."""

    resident_id: UUID
    membership_ids: Collection[UUID]
    household_ids: Collection[UUID] = ()


@dataclass(frozen=True)
class Held:
    """What of a table is of a person: found by `by`; deleted, emptied or kept when it is erased.

    `empty`: the columns and what they say afterwards. `secret` columns are in no export.
    """

    by: tuple[str, ...] = ()
    delete: bool = False
    empty: Mapping[str, Any] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    why: str = ""

    def of(self, model: type[Model], person: Person) -> Q:
        """The rows of a person."""
        return reduce(or_, (Q(**_condition(model, name, person)) for name in self.by))

    def emptied(self, now: datetime) -> dict[str, Any]:
        """What the columns say afterwards."""
        return {name: now if value is NOW else value for name, value in self.empty.items()}


def _condition(model: type[Model], name: str, person: Person) -> dict[str, Any]:
    if model is models.Household:
        return {"id__in": list(person.household_ids)}
    if model is models.Resident:
        return {"id": person.resident_id}
    if name in OF_RESIDENT:
        return {name: person.resident_id}
    return {f"{name}__in": list(person.membership_ids)}


def deleted(*by: str, secret: Collection[str] = ()) -> Held:
    """The rows go."""
    return Held(by, delete=True, secret=frozenset(secret))


def emptied(*by: str, **columns: Any) -> Held:
    """The rows stay, for what hangs on them, without words."""
    return Held(by, empty=columns)


def kept(why: str, *by: str) -> Held:
    """Nothing of a person is in it, or nothing but ids that name nobody any more."""
    return Held(by, why=why)


PERSONAL_DATA: dict[type[Model], Held] = {
    models.Neighbourhood: kept("a place"),
    models.Adjacency: kept("places"),
    models.Household: kept("a letter box: the street and number of a house", "id"),
    models.InvitationCode: deleted("issued_by_id", secret=("hash",)),
    # its own row is emptied last, by hand: an address has to stay unique
    models.Resident: kept("emptied by `erasure`", "id"),
    models.Credential: deleted("resident_id"),
    models.Session: deleted("resident_id"),
    models.SessionToken: kept("goes with its session"),
    models.Membership: emptied(
        "resident_id", display_name="", street=None, about="", household_id=None
    ),
    models.Post: emptied("author_id", title=None, body="", removed_at=NOW),
    models.PostRevision: deleted("author_id"),
    models.Comment: emptied("author_id", body="", deleted_at=NOW),
    models.Reaction: deleted("author_id"),
    models.Stream: kept("a counter"),
    models.Epoch: kept("a number"),
    models.Event: deleted("resident_id"),
    models.MutationKey: deleted("holder_id"),
    models.Organisation: kept("an organisation"),
    models.Coverage: kept("an organisation's"),
    models.Unit: kept("an organisation's"),
    models.Staff: emptied("resident_id", name="", invitation_hash=None, ended_at=NOW),
    models.ApiToken: kept("an organisation's"),
    models.Announcement: kept("an organisation's words"),
    models.PostShare: kept("revoked before; ids and a purpose", "resident_id"),
    models.CommentShare: kept("withdrawn before; ids", "resident_id"),
    models.Case: emptied("resident_id", answer="", satisfaction_word=""),
    models.CaseNote: emptied("resident_id", body=""),
    models.Referral: emptied("resident_id", reason=""),
    models.AccessRecord: deleted("resident_id"),
    models.Skill: kept("the catalogue"),
    models.HelpOffer: deleted("membership_id"),
    models.HelpRequest: emptied("author_id", skill=None),
    models.HelpMatch: emptied(
        *("requester_id", "helper_id"),
        note="",
        address="",
        requester_thanks="",
        helper_thanks="",
    ),
    models.GuardianLeave: deleted("resident_id", "guardian_id"),
    models.Conversation: kept("seats and a title, which are of all who talk there"),
    models.Participant: kept("a seat, which was left before", "membership_id"),
    models.ChatMessage: emptied("author_id", body="", deleted_at=NOW),
    models.ContentReport: deleted("resident_id"),
    models.ModerationCase: emptied("resident_id", body="", notes=[]),
    models.ModerationDecision: emptied("resident_id", body="", reason="", appeal="", answer=""),
    models.ReportedMessage: emptied("author_id", body=""),
    models.HouseRules: kept("a neighbourhood's"),
    models.RulesAcceptance: deleted("resident_id"),
    models.Block: deleted("resident_id", "blocked_id"),
    models.Mute: deleted("resident_id", "muted_id"),
    models.VolunteerConsent: emptied("resident_id", skills=[]),
    models.VolunteerContact: emptied("resident_id", body="", answer=""),
    models.Webhook: kept("an organisation's"),
    models.WebhookDelivery: kept("an organisation's; ids"),
    models.Figure: kept("numbers"),
    models.Notification: deleted("resident_id"),
    models.NotificationSwitch: deleted("resident_id"),
    models.NotificationHours: deleted("resident_id"),
    models.Letter: deleted("resident_id"),
    models.Digest: deleted("resident_id"),
    models.PushDevice: deleted(
        "resident_id", secret=("endpoint", "hash", "public_key", "auth_secret")
    ),
    models.Mention: deleted("membership_id", "author_id"),
    models.Picture: deleted("author_id"),
    models.Gathering: emptied("author_id", place="", removed_at=NOW),
    models.Attendance: deleted("membership_id"),
    models.Poll: emptied("author_id", options=[], counts=[], sums=[], removed_at=NOW),
    models.Ballot: deleted("membership_id"),
    models.Budget: kept("an organisation's"),
    models.BudgetIdea: emptied("author_id", reason="", removed_at=NOW),
    models.BudgetSupport: deleted("membership_id"),
    models.BudgetBallot: deleted("membership_id"),
    models.Follow: deleted("resident_id"),
    models.CalendarFeed: deleted("resident_id", secret=("hash",)),
    models.Draft: deleted("resident_id"),
    models.DataExport: deleted("resident_id"),
    models.DataArchive: kept("goes with its export"),
    models.AccountDeletion: deleted("resident_id"),
    models.Erasure: kept("a drawn id that names nobody any more"),
}
