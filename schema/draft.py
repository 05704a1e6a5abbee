"""The draft: what the viewer has begun to write; nobody else reads it."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
from schema.field import field


@strawberry.type(description="A post that the viewer has not published yet.")
class Draft:
    """Read off `models.Draft`."""

    id: UUID = field("Its id.")
    neighbourhood_id: UUID = field("For the feed of which neighbourhood.")
    kind: models.PostKind = field("What the post is about.")
    audience: models.Audience = field("Who may read the post.")
    language: models.Language | None = field("In which language it is, if that was said.")
    title: str | None = field("A short title, if it has one.")
    body: str = field("The words so far.")
    created_at: datetime = field("When it was begun.")
    updated_at: datetime = field("When it was last changed.")
