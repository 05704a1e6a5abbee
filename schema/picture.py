"""The picture: what a post shows."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.picture
from auth import rules
from schema.event import ResidentEvent, of_kind, row
from schema.field import batch, field, holds


@strawberry.type(description="A picture of a post.")
class Picture:
    """Read off `models.Picture`."""

    id: UUID = field("Its id.")
    state: models.PictureState = field("Where it stands.")
    alt: str = field("What is on it.")
    width: int | None = field("How wide the largest size is, in pixels, once it is ready.")
    height: int | None = field("How high the largest size is, in pixels, once it is ready.")
    created_at: datetime = field("When it was announced.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer uploaded it, and may change it.")
    url: str | None = batch(resolvers.picture.urls, personal=True)


@strawberry.type(description="A picture, and where to put its file.")
class NewUpload:
    """Read off `resolvers.picture.NewUpload`."""

    url: str = field("Put the file here, with PUT, within a quarter of an hour.")
    picture: Picture = field("The picture.")


@strawberry.type(description="A picture of the viewer's is ready, or was refused.")
class PictureChanged(ResidentEvent):
    """Kind PICTURE_CHANGED."""

    picture: Picture = row("The picture as it is now.")
    is_type_of = of_kind(models.EventKind.PICTURE_CHANGED)


KINDS = (PictureChanged,)
