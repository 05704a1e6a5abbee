"""The locks on doors and the rules on fields, as the schema prints and enforces them."""

from collections.abc import Awaitable
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions.field_extension import (
    FieldExtension,
    SyncExtensionResolver,
)
from strawberry.schema_directive import Location

import models
from auth.rules import Rule
from auth.scope import PARTNER, Scope
from auth.viewer import Viewer
from resolvers.grant import LISTENING

ON_FIELDS = [Location.FIELD_DEFINITION]


@strawberry.schema_directive(
    locations=ON_FIELDS, name="needs", description="The credential must carry this scope."
)
class Needs:
    """Printed on every door that asks for a scope."""

    scope: str = strawberry.directive_field(name="scope")


@strawberry.schema_directive(
    locations=ON_FIELDS, name="only", description="Null for whom this rule does not hold."
)
class Only:
    """Printed on every field that has a rule of its own."""

    rule: str = strawberry.directive_field(name="rule")


@strawberry.schema_directive(
    locations=ON_FIELDS, name="public", description="Open to everybody, signed in or not."
)
class Public:
    """Printed on the doors that are open on purpose."""


class Lock:
    """What a door asks for: one of some scopes, or nothing at all and then says so."""

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes
        self.words = " | ".join(scope.value for scope in scopes)
        self.directive = Needs(scope=self.words) if scopes else Public()

    def check(self, viewer: Viewer) -> None:
        """Raises `GraphQLError`: UNAUTHENTICATED when signed out, FORBIDDEN naming the scope."""
        if not self.scopes or not viewer.scopes.isdisjoint(self.scopes):
            return
        if viewer.holder_id is None:
            raise GraphQLError("Sign in first.", extensions={"code": "UNAUTHENTICATED"})
        missing = {"code": "FORBIDDEN", "scope": self.words}
        raise GraphQLError(f"This needs the scope {self.words}.", extensions=missing)


PUBLIC = Lock()
RESIDENT = Lock(Scope.RESIDENT)
LISTENER = Lock(*LISTENING)
MANAGER = Lock(Scope.MANAGER)
ANYBODY = Lock(Scope.RESIDENT, *sorted(PARTNER))
ANNOUNCEMENTS_READ = Lock(Scope.ANNOUNCEMENTS_READ)
ANNOUNCEMENTS_WRITE = Lock(Scope.ANNOUNCEMENTS_WRITE)
SHARES_READ = Lock(Scope.SHARES_READ)
POLLS_WRITE = Lock(Scope.POLLS_WRITE)
CASES_READ = Lock(Scope.CASES_READ)
CASES_WRITE = Lock(Scope.CASES_WRITE)
STATISTICS_READ = Lock(Scope.STATISTICS_READ)
VOLUNTEERS_READ = Lock(Scope.VOLUNTEERS_READ)
VOLUNTEERS_CONTACT = Lock(Scope.VOLUNTEERS_CONTACT)
WEBHOOKS_MANAGE = Lock(Scope.WEBHOOKS_MANAGE)


class RecordedExtension(FieldExtension):
    """Notes in the ledger that staff or a token read the field of a row; null is no reading."""

    def __init__(self, subject: models.AccessSubject) -> None:
        self.subject = subject

    def resolve(
        self, next_: SyncExtensionResolver, source: Any, info: strawberry.Info, **given: Any
    ) -> Any:
        value = next_(source, info, **given)
        if isinstance(value, Awaitable):
            return self._noted_later(value, source, info)
        self._note(value, source, info)
        return value

    async def _noted_later(self, value: Awaitable[Any], source: Any, info: strawberry.Info) -> Any:
        loaded = await value
        self._note(loaded, source, info)
        return loaded

    def _note(self, value: Any, source: Any, info: strawberry.Info) -> None:
        if value is not None:
            context = info.context
            context.ledger.note(context.viewer, self.subject, source, info.field_name)


class OnlyExtension(FieldExtension):
    """Answers null for a row on which the rule does not hold for the viewer."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def resolve(
        self, next_: SyncExtensionResolver, source: Any, info: strawberry.Info, **given: Any
    ) -> Any:
        if not self.rule.holds(info.context.viewer, source):
            return None
        return next_(source, info, **given)
