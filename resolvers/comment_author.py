"""What is told of a comment and of whoever wrote it; of one that was erased, nothing."""

import models
from resolvers.relation import One, reads


@reads("body", "deleted_at")
def words(comment: models.Comment) -> str | None:
    """Its words; null when its author erased them."""
    return None if comment.deleted_at else comment.body


authors = One(
    "Who wrote it; null when they erased it, and when an organisation did.",
    models.Membership,
    "author_id",
    unless="deleted_at",
)
organisations = One(
    "The organisation that answers with it; null for what a neighbour wrote.",
    models.Organisation,
    "organisation_id",
)
