"""What a credential opens: one word a door asks for, one sentence each."""

from enum import StrEnum

import models


class Scope(StrEnum):
    """The scopes that doors ask for. The first three are a person's own; no token carries them."""

    RESIDENT = "resident"
    STAFF = "staff"
    MANAGER = "manager"
    ANNOUNCEMENTS_READ = "announcements:read"
    ANNOUNCEMENTS_WRITE = "announcements:write"
    SHARES_READ = "shares:read"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    VOLUNTEERS_READ = "volunteers:read"
    VOLUNTEERS_CONTACT = "volunteers:contact"
    STATISTICS_READ = "statistics:read"
    POLLS_WRITE = "polls:write"
    WEBHOOKS_MANAGE = "webhooks:manage"

    @property
    def sentence(self) -> str:
        """What holding the scope allows, in a sentence."""
        return SENTENCES[self]


SENTENCES = {
    Scope.RESIDENT: "Held by a resident's own session, never by a partner's token.",
    Scope.STAFF: "Held by the session of whoever works for an organisation, never by a token.",
    Scope.MANAGER: "Held by a manager's session: staff and tokens. Never by a token.",
    Scope.ANNOUNCEMENTS_READ: "Reads the organisation's announcements and what is written under.",
    Scope.ANNOUNCEMENTS_WRITE: "Announces in the neighbourhoods that are covered.",
    Scope.SHARES_READ: "Reads what residents share with the organisation.",
    Scope.CASES_READ: "Reads the cases made of what is shared.",
    Scope.CASES_WRITE: "Follows up cases, and answers them in the neighbourhood.",
    Scope.VOLUNTEERS_READ: "Reads who agreed to be asked for volunteering, by display name.",
    Scope.VOLUNTEERS_CONTACT: "Writes to volunteers through the platform.",
    Scope.STATISTICS_READ: "Reads figures in which nobody can be recognised.",
    Scope.POLLS_WRITE: "Asks questions in the neighbourhoods that are covered.",
    Scope.WEBHOOKS_MANAGE: "Says where the organisation is told of what happens.",
}
PERSONAL = frozenset({Scope.RESIDENT, Scope.STAFF, Scope.MANAGER})
PARTNER = frozenset(Scope) - PERSONAL
ROLES: dict[models.StaffRole, frozenset[Scope]] = {
    models.StaffRole.MANAGER: frozenset(Scope) - {Scope.RESIDENT},
    models.StaffRole.EDITOR: frozenset(
        {
            Scope.STAFF,
            Scope.ANNOUNCEMENTS_READ,
            Scope.ANNOUNCEMENTS_WRITE,
            Scope.POLLS_WRITE,
            Scope.VOLUNTEERS_READ,
            Scope.VOLUNTEERS_CONTACT,
        }
    ),
    models.StaffRole.CASE_WORKER: frozenset(
        {Scope.STAFF, Scope.SHARES_READ, Scope.CASES_READ, Scope.CASES_WRITE}
    ),
    models.StaffRole.ANALYST: frozenset({Scope.STAFF, Scope.STATISTICS_READ}),
}
