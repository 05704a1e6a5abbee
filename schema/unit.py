"""The unit: a part of an organisation."""

from uuid import UUID

import strawberry

from schema.field import field


@strawberry.type(description="A part of an organisation to which a case may be referred.")
class Unit:
    """Read off `models.Unit`."""

    id: UUID = field("Its id.")
    name: str = field("Its name.")
