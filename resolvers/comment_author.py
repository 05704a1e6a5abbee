"""What is told of a comment and of whoever wrote it; of one that was erased, nothing."""

from collections.abc import Sequence

import models
from resolvers import membership, organisation
from resolvers.context import Context


def words(comment: models.Comment) -> str | None:
    """Its words; null when its author erased them."""
    return None if comment.deleted_at else comment.body


async def authors(
    comments: Sequence[models.Comment], context: Context
) -> list[models.Membership | None]:
    """Who wrote it; null when they erased it, and when an organisation did."""
    found = await membership.authors(comments, context)
    return [
        None if comment.deleted_at else author
        for comment, author in zip(comments, found, strict=True)
    ]


async def organisations(
    comments: Sequence[models.Comment], context: Context
) -> list[models.Organisation | None]:
    """The organisation that answers with it; null for what a neighbour wrote."""
    return await organisation.of_rows(comments, context)
