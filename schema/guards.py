"""The locks on doors and the rules on fields, as the schema prints and enforces them."""

from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions.field_extension import (
    FieldExtension,
    SyncExtensionResolver,
)
from strawberry.schema_directive import Location

from auth.rules import Rule
from auth.scope import Scope
from auth.viewer import Viewer

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
    """What a door asks for: one scope, or nothing at all and then says so."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        self.directive = Public() if scope is None else Needs(scope=scope.value)

    def check(self, viewer: Viewer) -> None:
        """Raises `GraphQLError`: UNAUTHENTICATED when signed out, FORBIDDEN naming the scope."""
        if self.scope is None or self.scope in viewer.scopes:
            return
        if not viewer.scopes:
            raise GraphQLError("Sign in first.", extensions={"code": "UNAUTHENTICATED"})
        missing = {"code": "FORBIDDEN", "scope": self.scope.value}
        raise GraphQLError(f"This needs the scope {self.scope.value}.", extensions=missing)


PUBLIC = Lock(None)
RESIDENT = Lock(Scope.RESIDENT)


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
