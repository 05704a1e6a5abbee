"""Who is looking: a frozen picture of one viewer's place in the neighbourhoods."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

import models
from auth.scope import Scope

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Standing:
    """One active membership of the viewer."""

    membership_id: UUID
    neighbourhood_id: UUID
    household_id: UUID | None
    role: models.MembershipRole
    adjacent: frozenset[UUID]


@dataclass(frozen=True)
class Viewer:
    """A viewer; signed out when `resident_id` is None. `expires_at` is when the credential ends."""

    resident_id: UUID | None = None
    session_id: UUID | None = None
    expires_at: datetime | None = None
    standings: tuple[Standing, ...] = ()
    scopes: frozenset[Scope] = field(default_factory=frozenset)

    @cached_property
    def myself(self) -> frozenset[UUID]:
        """The viewer's own resident id, or none: never a null that a rule could match."""
        return frozenset() if self.resident_id is None else frozenset({self.resident_id})

    @property
    def is_signed_in(self) -> bool:
        """Whether a resident's own session opened this, whoever it is."""
        return Scope.RESIDENT in self.scopes

    @cached_property
    def member_of(self) -> frozenset[UUID]:
        """Neighbourhoods where the viewer is an active resident or moderator."""
        return self._where(models.MembershipRole.RESIDENT, models.MembershipRole.MODERATOR)

    @cached_property
    def moderates(self) -> frozenset[UUID]:
        """Neighbourhoods where the viewer moderates."""
        return self._where(models.MembershipRole.MODERATOR)

    @cached_property
    def works_in(self) -> frozenset[UUID]:
        """Neighbourhoods the viewer is assigned to as a professional."""
        return self._where(models.MembershipRole.NEIGHBOURHOOD_WORKER)

    @cached_property
    def nearby(self) -> frozenset[UUID]:
        """Neighbourhoods adjacent to one where the viewer is a member."""
        return frozenset(
            place
            for standing in self.standings
            if standing.neighbourhood_id in self.member_of
            for place in standing.adjacent
        )

    @cached_property
    def membership_ids(self) -> frozenset[UUID]:
        """The viewer's active memberships."""
        return frozenset(standing.membership_id for standing in self.standings)

    @cached_property
    def household_ids(self) -> frozenset[UUID]:
        """The households behind the viewer's active memberships."""
        return frozenset(s.household_id for s in self.standings if s.household_id is not None)

    @cached_property
    def places(self) -> frozenset[tuple[UUID, models.MembershipRole, frozenset[UUID]]]:
        """The viewer's class: where the viewer lives or works and in what role, not who it is."""
        return frozenset((s.neighbourhood_id, s.role, s.adjacent) for s in self.standings)

    def nameless(self) -> "Viewer":
        """Anybody of the same class: nothing personal is this viewer's."""
        standings = tuple(
            replace(standing, membership_id=NOBODY, household_id=None)
            for standing in self.standings
        )
        return Viewer(standings=standings, scopes=self.scopes)

    def standing_in(self, neighbourhood_id: UUID) -> Standing | None:
        """The viewer's active membership there, if any."""
        for standing in self.standings:
            if standing.neighbourhood_id == neighbourhood_id:
                return standing
        return None

    def _where(self, *roles: models.MembershipRole) -> frozenset[UUID]:
        return frozenset(s.neighbourhood_id for s in self.standings if s.role in roles)


SIGNED_OUT = Viewer()
