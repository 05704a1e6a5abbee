"""The node: whatever can be asked for again by nothing but its id."""

from collections.abc import Callable
from uuid import UUID

import strawberry
from tortoise.models import Model

from schema.field import field

# marks a test that looks at nothing but the Python type of a row
BY_MODEL = "model"
Test = Callable[[object, strawberry.Info], bool]


@strawberry.interface(description="What has an id of its own, and can be asked for by it.")
class Node:
    """Implemented by the types that read off one of `resolvers.node.KINDS`."""

    id: UUID = field("Its id.")


def read_off(model: type[Model]) -> Test:
    """Tells the rows of one model from others that stand behind an interface."""

    def is_one(row: object, _info: strawberry.Info) -> bool:
        return isinstance(row, model)

    setattr(is_one, BY_MODEL, model)
    return is_one
