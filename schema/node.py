"""The node: whatever can be asked for again by nothing but its id."""

from collections.abc import Callable
from uuid import UUID

import strawberry
from tortoise.models import Model

from schema.field import field

Test = Callable[[object, strawberry.Info], bool]


@strawberry.interface(description="What has an id of its own, and can be asked for by it.")
class Node:
    """Implemented by the types that read off one of `resolvers.node.KINDS`."""

    id: UUID = field("Its id.")


def read_off(model: type[Model]) -> Test:
    """Tells the rows of one model from others that stand behind an interface."""
    return lambda row, _info: isinstance(row, model)
