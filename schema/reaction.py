"""What can be reacted to, and the counts of it."""

from uuid import UUID

import strawberry

import models
from schema.field import field


@strawberry.type(description="How many members expressed one kind.")
class ReactionCount:
    """Read off `resolvers.reaction.ReactionCount`."""

    kind: models.ReactionKind = field("What was expressed.")
    count: int = field("By how many.")


@strawberry.interface(description="A post or a comment: what neighbours react to.")
class Reactable:
    """Implemented by Post and Comment."""

    id: UUID = field("Its id.")
    reactions: list[ReactionCount] = field(
        "The kinds expressed, five at most, each with its number."
    )
    my_reaction: models.ReactionKind | None = field("What the viewer expressed.")
