"""The unit: a part of an organisation."""

from uuid import UUID

import strawberry

import models
from schema.field import field
from schema.node import Node, read_off


@strawberry.type(description="A part of an organisation to which a case may be referred.")
class Unit(Node):
    """Read off `models.Unit`."""

    is_type_of = read_off(models.Unit)
    id: UUID = field("Its id.")
    name: str = field("Its name.")
