"""The words of privacy: each rule is a pure function of the viewer, written once.

A rule gives a condition over a row's own columns, without joins. The same rule is read as SQL
(`visible`), in memory (`sees`, fields) and in the printed schema (`@only`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from tortoise.expressions import Q

import models
from auth import condition
from auth.viewer import Viewer


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
