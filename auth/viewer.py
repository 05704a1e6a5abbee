"""Who is looking: a frozen picture of one viewer's place in the neighbourhoods."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson

import models
from auth.scope import Scope

NOBODY = UUID(int=0)
# what a rule of rows may ask of a viewer, besides offices and the time: sets of ids
SETS = (
    "myself",
    "holders",
    "membership_ids",
    "household_ids",
    "member_of",
    "moderates",
    "works_in",
    "nearby",
    "blocked",
)


@dataclass(frozen=True)
class Standing:
    """One active membership of the viewer."""

    membership_id: UUID
    neighbourhood_id: UUID
    household_id: UUID | None
    role: models.MembershipRole
    adjacent: frozenset[UUID]


@dataclass(frozen=True)
class Office:
    """What the viewer may do for one organisation, as one of its staff or as its token.

    `covers` are the neighbourhoods it reaches; with a `unit_id`, only what that unit holds, and
    what no unit holds yet.
    """

    organisation_id: UUID
    covers: frozenset[UUID]
    scopes: frozenset[Scope]
    unit_id: UUID | None = None
    staff_id: UUID | None = None
    token_id: UUID | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What a rule of rows may ask of an office."""
        return {
            "organisation_id": str(self.organisation_id),
            "covers": [str(place) for place in self.covers],
            "scopes": [scope.value for scope in self.scopes],
            "unit_id": self.unit_id and str(self.unit_id),
        }


@dataclass(frozen=True)
class Viewer:
    """A viewer: a resident, a token of a partner, or somebody signed out, who is neither.

    `expires_at` is when the credential ends, `scopes` what its doors open to. `blocked` are the
    memberships of the persons whom the viewer blocks, or who block the viewer. `language` is what
    a resident wants to be written to in.
    """

    resident_id: UUID | None = None
    session_id: UUID | None = None
    token_id: UUID | None = None
    expires_at: datetime | None = None
    standings: tuple[Standing, ...] = ()
    offices: tuple[Office, ...] = ()
    scopes: frozenset[Scope] = field(default_factory=frozenset)
    blocked: frozenset[UUID] = frozenset()
    language: str | None = None

    @property
    def holder_id(self) -> UUID | None:
        """The resident or the token behind the credential; None when signed out."""
        return self.resident_id or self.token_id

    @cached_property
    def myself(self) -> frozenset[UUID]:
        """The viewer's own resident id, or none: never a null that a rule could match."""
        return frozenset() if self.resident_id is None else frozenset({self.resident_id})

    @cached_property
    def holders(self) -> frozenset[UUID]:
        """The viewer's `holder_id`, or none."""
        return frozenset() if self.holder_id is None else frozenset({self.holder_id})

    @property
    def now(self) -> datetime:
        """The moment at which the viewer looks."""
        return datetime.now(UTC)

    @property
    def is_signed_in(self) -> bool:
        """Whether a resident's session opened this; staff who live nowhere do not count."""
        is_staff_only = bool(self.offices) and not self.standings
        return Scope.RESIDENT in self.scopes and not is_staff_only

    def offices_with(self, scope: Scope) -> tuple[Office, ...]:
        """The viewer's offices that carry a scope."""
        return tuple(office for office in self.offices if scope in office.scopes)

    def office_in(self, organisation_id: UUID, scope: Scope) -> Office | None:
        """The viewer's office in an organisation, if it carries the scope."""
        held = self.offices_with(scope)
        return next((each for each in held if each.organisation_id == organisation_id), None)

    @cached_property
    def covers(self) -> frozenset[UUID]:
        """The neighbourhoods that the viewer's organisations cover."""
        return frozenset(place for office in self.offices for place in office.covers)

    @cached_property
    def member_of(self) -> frozenset[UUID]:
        """Neighbourhoods where the viewer is an active resident or moderator."""
        return self._where(models.MembershipRole.RESIDENT, models.MembershipRole.MODERATOR)

    @cached_property
    def moderates(self) -> frozenset[UUID]:
        """Neighbourhoods where the viewer moderates: none for whoever works for an organisation."""
        return frozenset() if self.offices else self._where(models.MembershipRole.MODERATOR)

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
    def places(self) -> frozenset[tuple[object, ...]]:
        """The viewer's class: where the viewer lives or works and in what role, not who it is."""
        offices = {(o.organisation_id, o.covers, o.scopes, o.unit_id) for o in self.offices}
        homes = {(s.neighbourhood_id, s.role, s.adjacent) for s in self.standings}
        return frozenset({*homes, *offices})

    @cached_property
    def told(self) -> str:
        """SQL that tells a transaction who looks, for the policies of `auth.policy`."""
        sets = {name: f"{{{','.join(map(str, getattr(self, name)))}}}" for name in SETS}
        sets["offices"] = self.told_offices
        calls = (f"set_config('noaber.{name}', '{value}', true)" for name, value in sets.items())
        return f"select {', '.join(calls)};"

    @cached_property
    def told_offices(self) -> str:
        """The offices as JSON, for the policies of `auth.policy`."""
        return orjson.dumps([office.told for office in self.offices]).decode()

    def nameless(self) -> "Viewer":
        """Anybody of the same class with the same blocks: nothing personal is this viewer's."""
        standings = tuple(
            replace(standing, membership_id=NOBODY, household_id=None)
            for standing in self.standings
        )
        offices = tuple(replace(office, staff_id=None, token_id=None) for office in self.offices)
        return Viewer(
            standings=standings, offices=offices, scopes=self.scopes, blocked=self.blocked
        )

    def standing_in(self, neighbourhood_id: UUID) -> Standing | None:
        """The viewer's active membership there, if any."""
        found = (each for each in self.standings if each.neighbourhood_id == neighbourhood_id)
        return next(found, None)

    def _where(self, *roles: models.MembershipRole) -> frozenset[UUID]:
        return frozenset(s.neighbourhood_id for s in self.standings if s.role in roles)


SIGNED_OUT = Viewer()
