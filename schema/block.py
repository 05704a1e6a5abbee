"""The block: a person whom the viewer does not want to meet here."""

from datetime import datetime
from uuid import UUID

import strawberry

import resolvers.block
from schema.field import batch, field


@strawberry.type(description="A person whom the viewer blocks; only the viewer reads it.")
class Block:
    """Read off `models.Block`."""

    id: UUID = field("Its id.")
    membership_id: UUID = field("The membership by which it was given; by it, it is taken back.")
    display_name: str = batch(resolvers.block.display_names, personal=True)
    created_at: datetime = field("Since when.")
