"""A stand-in for any viewer: what a rule takes from it is SQL that says where a value is found.

That is in the settings of the transaction, for policies, or among the parameters of a statement.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from auth.scope import Scope
from auth.viewer import SETS

SETTING = "nullif(current_setting('noaber.{}', true), '')"
# the name of what a viewer has, to SQL that says where it is found: a set, or offices as JSON
Place = Callable[[str], str]
OFFICES = "offices"
RECORDS = (
    "jsonb_to_recordset({})"
    " as office(organisation_id uuid, covers uuid[], scopes text[], unit_id uuid)"
)


def setting(name: str) -> str:
    """Where a policy finds it: in the settings of the transaction, read once for each statement."""
    found = SETTING.format(name)
    return f"{found}::jsonb" if name == OFFICES else f"(select {found}::uuid[])::uuid[]"


@dataclass(frozen=True)
class Given:
    """A value that is known once a statement runs; `of` is the office that it belongs to."""

    sql: str
    is_set: bool = False
    of: "OfficeStandIn | None" = None

    def __iter__(self) -> Iterator["Given"]:
        """A set, gone through: what stands for each of its elements is the set."""
        if not self.is_set:
            raise TypeError(f"{self.sql} is one value")
        yield self

    @property
    def value(self) -> "Given":
        """The text of an enumeration's member is how it is stored."""
        return self

    def date(self) -> "Given":
        """The day of a moment, in UTC."""
        return Given(f"({self.sql} at time zone 'utc')::date")


@dataclass(frozen=True)
class OfficeStandIn:
    """Any office that `condition` holds for; one with a unit, or one without."""

    number: int
    condition: str
    has_unit: bool
    records: str

    organisation_id = property(lambda self: Given("office.organisation_id", of=self))
    covers = property(lambda self: Given("office.covers", is_set=True, of=self))
    scopes = property(lambda self: Given("office.scopes", is_set=True, of=self))

    @property
    def unit_id(self) -> Given | None:
        """The unit, if it has one: a rule may ask."""
        return Given("office.unit_id", of=self) if self.has_unit else None


@dataclass
class StandIn:
    """Any viewer: its sets are read where `place` says."""

    place: Place = setting
    numbers: Iterator[int] = field(default_factory=count)
    now = Given("statement_timestamp()")

    def __getattr__(self, name: str) -> Given:
        if name not in SETS:
            raise AttributeError(f"a rule of rows may not ask for {name!r} of a viewer")
        return Given(self.place(name), is_set=True)

    @property
    def offices(self) -> Sequence[OfficeStandIn]:
        """Two stand for all: one with a unit, and one without."""
        return self._offices("true")

    def offices_with(self, scope: Scope) -> Sequence[OfficeStandIn]:
        """Two stand for all that carry the scope."""
        return self._offices(f"{literal(scope.value)} = any (office.scopes)")

    def _offices(self, condition: str) -> Sequence[OfficeStandIn]:
        kinds = {False: "office.unit_id is null", True: "office.unit_id is not null"}
        records = RECORDS.format(self.place(OFFICES))
        return [
            OfficeStandIn(next(self.numbers), f"{condition} and {unit}", has_unit, records)
            for has_unit, unit in kinds.items()
        ]


def literal(value: Any) -> str:
    """A value as SQL: where it is found, or the value itself."""
    if isinstance(value, Given):
        return value.sql
    if isinstance(value, bool):
        return str(value).lower()
    return "'{}'".format(str(getattr(value, "value", value)).replace("'", "''"))
