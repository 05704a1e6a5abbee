"""The words of privacy: each rule is a pure function of the viewer, written once.

A rule gives a condition over a row's own columns, without joins. The same rule is read as SQL
(`visible`), in memory (`sees`, fields), in the printed schema (`@only`) and by PostgreSQL itself
(`auth.policy`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

import models
from auth import condition
from auth.scope import Scope
from auth.viewer import Office, Viewer

# somebody of whom there is everything that a rule may ask about
BUSY = Viewer(
    resident_id=UUID(int=0),
    offices=(Office(UUID(int=0), frozenset(), frozenset(Scope), unit_id=UUID(int=0)),),
    scopes=frozenset(Scope),
)


@dataclass(frozen=True)
class Rule:
    """A named condition; `sentence` says it to a reader.

    `personal`: it asks who the viewer is, and not only where the viewer lives and in what role.
    What such a rule decides may never be shared among viewers.
    """

    name: str
    sentence: str
    where: Callable[[Viewer], Q]
    personal: bool = False

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that the rule may read of a row."""
        return frozenset(condition.columns(self.where(BUSY)))

    def holds(self, viewer: Viewer, row: object) -> bool:
        """Whether the rule lets the viewer see the row, decided in memory."""
        return condition.matches(self.where(viewer), row)

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            f"{_grouped(self)} & {_grouped(other)}",
            f"{self.sentence} And: {other.sentence}",
            lambda viewer: self.where(viewer) & other.where(viewer),
            self.personal or other.personal,
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            f"{self.name} | {other.name}",
            f"{self.sentence} Or: {other.sentence}",
            lambda viewer: self.where(viewer) | other.where(viewer),
            self.personal or other.personal,
        )

    def named(self, name: str, sentence: str) -> "Rule":
        """The same condition under a word of its own."""
        return Rule(name, sentence, self.where, self.personal)


def _grouped(rule: Rule) -> str:
    return f"({rule.name})" if "|" in rule.name else rule.name


def _any(conditions: Iterable[Q]) -> Q:
    """One of the conditions; where there is none, nothing."""
    return reduce(or_, conditions, Q(neighbourhood_id__in=()))


def _held_by(office: Office) -> Q:
    """What reaches an office: of its organisation, in its area, and with its unit or with none."""
    reached = Q(organisation_id=office.organisation_id, neighbourhood_id__in=office.covers)
    if office.unit_id is None:
        return reached
    return reached & (Q(unit_id=office.unit_id) | Q(unit_id__isnull=True))


def _in_area(viewer: Viewer, scope: Scope) -> Q:
    """What is of an organisation and in the area of an office there that carries the scope."""
    return _any(
        Q(organisation_id=office.organisation_id, neighbourhood_id__in=office.covers)
        for office in viewer.offices_with(scope)
    )


def held(scope: Scope) -> Rule:
    """Those of the organisation that holds it, in area and unit, whose credential has the scope."""
    return Rule(
        f"HELD({scope.value})",
        f"Staff and tokens of the organisation, area and unit that hold it, with {scope.value}.",
        lambda v: _any(_held_by(office) for office in v.offices_with(scope)),
        personal=True,
    )


def office(scope: Scope) -> Rule:
    """Those who work for the row's organisation and whose credential has the scope."""
    return Rule(
        f"OFFICE({scope.value})",
        f"Staff and tokens of the organisation, with {scope.value}.",
        lambda v: Q(organisation_id__in=[o.organisation_id for o in v.offices_with(scope)]),
        personal=True,
    )


def unblocked(column: str) -> Rule:
    """Not of a person between whom and the viewer there is a block; `column` is a membership.

    A viewer's blocks are part of the class that shares an answer, so that it is not personal.
    """

    def where(viewer: Viewer) -> Q:
        nobody: dict[str, Any] = {f"{column}__isnull": True}
        blocked: dict[str, Any] = {f"{column}__in": viewer.blocked}
        return Q(**nobody) | ~Q(**blocked)

    return Rule("UNBLOCKED", "Unless one of the two blocks the other.", where)


NOBODY = Rule("NOBODY", "Nobody, by any way out.", lambda v: Q(id__in=()))
EVERYONE = Rule("EVERYONE", "Everyone, signed in or not.", lambda v: Q(id__isnull=False))
SIGNED_IN = Rule(
    "SIGNED_IN",
    "Every resident who is signed in.",
    lambda v: Q(id__isnull=not v.is_signed_in),
)

ACCOUNT = Rule(
    "ACCOUNT", "The person whose account it is.", lambda v: Q(id__in=v.myself), personal=True
)
SELF = Rule(
    "SELF", "The resident it belongs to.", lambda v: Q(resident_id__in=v.myself), personal=True
)
HOLDER = Rule(
    "HOLDER",
    "The resident or the token it belongs to.",
    lambda v: Q(holder_id__in=v.holders),
    personal=True,
)
ASKER = Rule(
    "ASKER",
    "The member who asked.",
    lambda v: Q(asker_id__in=v.membership_ids),
    personal=True,
)
AUTHOR = Rule("AUTHOR", "Its author.", lambda v: Q(author_id__in=v.membership_ids), personal=True)
ISSUER = Rule(
    "ISSUER",
    "The member who issued it.",
    lambda v: Q(issued_by_id__in=v.membership_ids),
    personal=True,
)
HOUSEMATE = Rule(
    "HOUSEMATE", "Those who live there.", lambda v: Q(id__in=v.household_ids), personal=True
)

LIVE = Rule("LIVE", "What is not removed.", lambda v: Q(removed_at__isnull=True))
GRANTED = Rule(
    "GRANTED",
    "What the resident has not taken back, and has not let expire.",
    lambda v: Q(revoked_at__isnull=True, expires_at__gt=v.now),
)
AGREED = Rule(
    "AGREED",
    "What the commenter agreed to.",
    lambda v: Q(state=models.CommentShareState.AGREED),
)
STANDING = Rule(
    "STANDING",
    "What is not paused, and has not ended.",
    lambda v: Q(paused=False) & (Q(ends_on__isnull=True) | Q(ends_on__gte=v.now.date())),
)
OF_A_FEED = Rule(
    "OF_A_FEED",
    "What stands on the stream of a neighbourhood.",
    lambda v: Q(scope__isnull=True, resident_id__isnull=True),
)
ADMITTED = Rule(
    "ADMITTED",
    "Memberships that were verified.",
    lambda v: Q(state__in=(models.MembershipState.ACTIVE, models.MembershipState.ENDED)),
)

MEMBER = Rule(
    "MEMBER", "Members of the row's neighbourhood.", lambda v: Q(neighbourhood_id__in=v.member_of)
)
MODERATOR = Rule(
    "MODERATOR",
    "Moderators of the row's neighbourhood.",
    lambda v: Q(neighbourhood_id__in=v.moderates),
)
WORKER = Rule(
    "WORKER",
    "Neighbourhood workers assigned to the row's neighbourhood.",
    lambda v: Q(neighbourhood_id__in=v.works_in),
)
NEIGHBOUR = (MEMBER | WORKER).named(
    "NEIGHBOUR", "Members of the row's neighbourhood, and the professionals assigned to it."
)
WORKER_WELCOME = Rule(
    "WORKER_WELCOME",
    "Neighbourhood workers, unless the author chose neighbours only.",
    lambda v: Q(neighbourhood_id__in=v.works_in) & ~Q(audience=models.Audience.NEIGHBOURS_ONLY),
)
NEARBY = Rule(
    "NEARBY",
    "Members of an adjacent neighbourhood, if the author chose neighbours nearby.",
    lambda v: Q(neighbourhood_id__in=v.nearby, audience=models.Audience.NEIGHBOURS_NEARBY),
)
READER = (MEMBER | WORKER_WELCOME | NEARBY).named(
    "READER", "Those whom the author's choice of audience reaches."
)
NEIGHBOUR_WELCOME = (MEMBER | WORKER_WELCOME).named(
    "NEIGHBOUR_WELCOME",
    "Members of the row's neighbourhood, and its professionals if the author let them read.",
)
COMING = Rule(
    "COMING",
    "Who comes, or perhaps comes, or waits for a place.",
    lambda v: ~Q(state=models.AttendanceState.NOT_GOING),
)
OPEN_BALLOT = Rule("OPEN_BALLOT", "Of a poll that is not secret.", lambda v: Q(is_secret=False))
NEXT_DOOR = Rule(
    "NEXT_DOOR",
    "Members of an adjacent neighbourhood.",
    lambda v: Q(neighbourhood_id__in=v.nearby),
)
SHOWN = Rule(
    "SHOWN",
    "What is ready, and stands with a post.",
    lambda v: Q(state=models.PictureState.READY, post_id__isnull=False),
)
NEARBY_NAME = Rule(
    "NEARBY_NAME",
    "Members of an adjacent neighbourhood, of those who wrote to neighbours nearby.",
    lambda v: Q(neighbourhood_id__in=v.nearby, nearby_count__gt=0),
)
INHABITANT = Rule(
    "INHABITANT",
    "Members of this neighbourhood, and the professionals assigned to it.",
    lambda v: Q(id__in=v.member_of | v.works_in),
)
MODERATED = Rule("MODERATED", "Moderators of this neighbourhood.", lambda v: Q(id__in=v.moderates))
COVERED = Rule(
    "COVERED",
    "Staff and tokens of an organisation that covers this neighbourhood.",
    lambda v: Q(id__in=v.covers),
)
COLLEAGUE = Rule(
    "COLLEAGUE",
    "The staff of this organisation.",
    lambda v: Q(id__in=[o.organisation_id for o in v.offices_with(Scope.STAFF)]),
    personal=True,
)
CASE_READER = Rule(
    "CASE_READER",
    "Whoever reads cases of this organisation, by a token too.",
    lambda v: Q(id__in=[o.organisation_id for o in v.offices_with(Scope.CASES_READ)]),
    personal=True,
)
OWN_OFFICE = (COLLEAGUE | CASE_READER).named(
    "OWN_OFFICE", "The staff of this organisation, and its tokens that read cases."
)
ANNOUNCER = Rule(
    "ANNOUNCER",
    "Staff and tokens of the organisation under whose announcement it stands.",
    lambda v: _any(
        Q(announcer_id=o.organisation_id, neighbourhood_id__in=o.covers)
        for o in v.offices_with(Scope.ANNOUNCEMENTS_READ)
    ),
)
ANNOUNCED = Rule(
    "ANNOUNCED",
    "Staff and tokens of the organisation that announced it, in its area.",
    lambda v: _in_area(v, Scope.ANNOUNCEMENTS_READ),
)
BUDGETED = Rule(
    "BUDGETED",
    "Staff and tokens of the organisation whose money it is, in its area, with polls:write.",
    lambda v: _in_area(v, Scope.POLLS_WRITE),
)
ADDRESSEE = Rule(
    "ADDRESSEE",
    "Staff and tokens that the event was written for, by its scope, area and unit.",
    lambda v: _any(_held_by(o) & Q(scope__in=[s.value for s in o.scopes]) for o in v.offices),
)

UNBLOCKED = unblocked("author_id")
UNBLOCKED_MEMBER = unblocked("membership_id")
UNBLOCKED_SELF = unblocked("id")
UNBLOCKED_PARTY = (unblocked("requester_id") & unblocked("helper_id")).named(
    "UNBLOCKED_PARTY", "Unless the viewer and one of the two block each other."
)
UNBLOCKED_TALK = Rule(
    "UNBLOCKED_TALK",
    "Unless it is a talk of two, of whom one blocks the other.",
    lambda v: Q(pair_ids__isnull=True) | ~Q(pair_ids__overlap=list(v.blocked)),
)
REQUESTER = Rule(
    "REQUESTER",
    "The neighbour who asked for help.",
    lambda v: Q(requester_id__in=v.membership_ids),
    personal=True,
)
HELPER = Rule(
    "HELPER",
    "The neighbour who helps.",
    lambda v: Q(helper_id__in=v.membership_ids),
    personal=True,
)
PROPOSER = Rule(
    "PROPOSER",
    "Whoever proposed it.",
    lambda v: Q(proposed_by_id__in=v.membership_ids),
    personal=True,
)
REACHED = Rule(
    "REACHED", "What has reached the two whom it brings together.", lambda v: Q(hushed=False)
)
PARTY = (REQUESTER | HELPER).named("PARTY", "The two whom it brings together.")
PARTICIPANT = Rule(
    "PARTICIPANT",
    "Those who take part.",
    lambda v: Q(participant_ids__overlap=list(v.membership_ids)),
    personal=True,
)
RECIPIENT = Rule(
    "RECIPIENT",
    "Those who took part when it was written, and have not left.",
    lambda v: Q(reader_ids__overlap=list(v.membership_ids)),
    personal=True,
)
OWN_MEMBERSHIP = Rule(
    "OWN_MEMBERSHIP",
    "The member it belongs to.",
    lambda v: Q(membership_id__in=v.membership_ids),
    personal=True,
)
OWN_VOICE = Rule(
    "OWN_VOICE",
    "The member whose voice it is, or those of the household whose voice it is.",
    lambda v: Q(membership_id__in=v.membership_ids) | Q(voice_id__in=v.household_ids),
    personal=True,
)
GUARDIAN = Rule(
    "GUARDIAN",
    "The guardian who gave it.",
    lambda v: Q(guardian_id__in=v.membership_ids),
    personal=True,
)
JUDGE = Rule(
    "JUDGE",
    "Moderators of the neighbourhood, but whoever it is about.",
    lambda v: Q(neighbourhood_id__in=v.moderates) & ~Q(resident_id__in=v.myself),
    personal=True,
)
TOLD = Rule(
    "TOLD",
    "What the person it is about is told of: that something was done.",
    lambda v: ~Q(measure=models.ModerationMeasure.NOTHING),
)
