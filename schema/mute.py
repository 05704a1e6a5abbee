"""The mute: a person whom the viewer does not want to hear."""

from datetime import datetime
from uuid import UUID

import strawberry

import resolvers.mute
from schema.field import batch, field


@strawberry.type(description="A person whom the viewer mutes; only the viewer reads it.")
class Mute:
    """Read off `models.Mute`."""

    id: UUID = field("Its id.")
    membership_id: UUID = field("The membership by which it was given; by it, it is taken back.")
    display_name: str = batch(resolvers.mute.display_names, personal=True)
    created_at: datetime = field("Since when.")
