"""Pictures: announced, uploaded straight to the store, and shown with a post by its rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from realtime import job
from realtime.job import JobKind
from resolvers import picture_end
from resolvers.context import Context
from resolvers.outside import Gallery
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.text import checked_line
from resolvers.work import Work, perform

State = models.PictureState
ALT, OF_A_POST, LOOSE = 500, 10, 20
MOST_BYTES = 10 * 1024 * 1024

Which = Annotated[UUID, Doc("Which picture.")]
Alt = Annotated[str, Doc("What is on it, for those who do not see it: 500 characters at most.")]
Attached = Annotated[
    list[UUID] | None, Doc("The pictures of the author's that it shows, in order, 10 at most.")
]


@dataclass(frozen=True)
class NewUpload:
    """Where to put the file, with PUT, within a quarter of an hour."""

    url: str
    picture: models.Picture


async def of_posts(posts: Sequence[models.Post], context: Context) -> list[list[models.Picture]]:
    """Its pictures in order, 10 at most: those that are ready, and to their author all."""
    rows = visible(models.Picture, context.viewer).filter(post_id__in=[each.id for each in posts])
    found: dict[UUID | None, list[models.Picture]] = {each.id: [] for each in posts}
    for row in await rows.order_by("place"):
        found[row.post_id].append(row)
    return [found[each.id] for each in posts]


async def urls(
    pictures: Sequence[models.Picture],
    context: Context,
    *,
    size: Annotated[models.PictureSize, Doc("How large.")] = models.PictureSize.MEDIUM,
) -> list[str | None]:
    """Where to get it, as WebP, for an hour or two; null until it is ready.

    The address is the viewer's own: it opens the picture as long as the viewer may see it.
    """
    outside, resident_id = context.outside, context.viewer.resident_id
    if outside is None or outside.gallery is None or resident_id is None:
        return [None for _ in pictures]
    address = outside.gallery.address
    return [
        address(each.id, resident_id, size) if each.state is State.READY else None
        for each in pictures
    ]


async def start_upload(
    context: Context,
    *,
    neighbourhood_id: Annotated[UUID, Doc("For a post in which neighbourhood.")],
    alt: Alt,
) -> NewUpload:
    """Announce a picture of 10 MB at most: JPEG, PNG, WebP or GIF. Without a post it stays a day.

    Put the file at the address, then call `finishUpload`.
    """
    gallery = _gallery(context)
    given = {"neighbourhood_id": neighbourhood_id, "alt": checked_line(alt, "alt", ALT)}
    picture: models.Picture = await perform(context, _start, given, None)
    return NewUpload(await gallery.upload_address(picture.id), picture)


async def finish_upload(context: Context, *, picture_id: Which) -> models.Picture:
    """Have a file that was uploaded made ready: no place or device stays in it."""
    size = await _gallery(context).uploaded(picture_id)
    given = {"picture_id": picture_id, "size": size}
    picture: models.Picture = await perform(context, _finish, given, None)
    return picture


async def describe_picture(work: Work, *, picture_id: Which, alt: Alt) -> models.Picture:
    """Change what is said to be on a picture."""
    picture = await _own(work, picture_id)
    picture.alt = checked_line(alt, "alt", ALT)
    await picture.save(update_fields=["alt"])
    return picture


async def delete_picture(work: Work, *, picture_id: Which) -> models.Picture:
    """Remove a picture of one's own, at once and for everybody."""
    picture = await _own(work, picture_id)
    await picture_end.discard(models.Picture.filter(id=picture.id))
    return picture


async def attach(work: Work, post: models.Post, ids: Sequence[UUID] | None) -> None:
    """A locked post shows these pictures from now on; those that it showed before are removed.

    Raises `Refusal` INVALID, NOT_FOUND for one that is not the author's, or of another post.
    """
    if ids is None:
        return
    if len(set(ids)) < len(ids) or len(ids) > OF_A_POST:
        words = f"Show {OF_A_POST} pictures at most, each once."
        raise Refusal(RefusalCode.INVALID, words, "picture_ids")
    mine = work.visible(models.Picture).filter(
        id__in=list(ids), author_id=post.author_id, state__in=(State.UPLOADED, State.READY)
    )
    loose = {row.id: row for row in await mine.select_for_update()}
    if len(loose) < len(ids) or any(_is_elsewhere(row, post) for row in loose.values()):
        raise not_found("picture")
    await picture_end.discard(models.Picture.filter(post_id=post.id, id__not_in=list(ids)))
    for place, id in enumerate(ids):
        here = {"post_id": post.id, "audience": post.audience, "place": place}
        await models.Picture.filter(id=id).update(**here)


def _gallery(context: Context) -> Gallery:
    if context.outside is None or context.outside.gallery is None:
        raise not_found("place for pictures on this server")
    return context.outside.gallery


def _is_elsewhere(picture: models.Picture, post: models.Post) -> bool:
    is_of_other = picture.post_id not in (None, post.id)
    return is_of_other or picture.neighbourhood_id != post.neighbourhood_id


async def _own(work: Work, picture_id: UUID) -> models.Picture:
    picture = await work.find(models.Picture, picture_id, "picture")
    if not rules.AUTHOR.holds(work.viewer, picture):
        raise Refusal(RefusalCode.FORBIDDEN, "Only whoever uploaded a picture may change it.")
    return picture


async def _start(work: Work, *, neighbourhood_id: UUID, alt: str) -> models.Picture:
    standing = work.standing(neighbourhood_id)
    await (
        work.visible(models.Membership)
        .select_for_update(no_key=True)
        .get(id=standing.membership_id)
    )
    mine = models.Picture.filter(author_id=standing.membership_id, post_id=None)
    if await mine.count() >= LOOSE:
        words = f"{LOOSE} pictures of yours wait for a post; use or delete one of them first."
        raise Refusal(RefusalCode.CONFLICT, words)
    return await models.Picture.create(
        neighbourhood_id=neighbourhood_id, author_id=standing.membership_id, alt=alt
    )


async def _finish(work: Work, *, picture_id: UUID, size: int | None) -> models.Picture:
    picture = await _own(work, picture_id)
    if picture.state is not State.AWAITED:
        return picture
    if size is None:
        raise Refusal(RefusalCode.CONFLICT, "Nothing was uploaded yet.", "picture_id")
    if size > MOST_BYTES:
        words = f"A picture has {MOST_BYTES // 1024**2} MB at most."
        raise Refusal(RefusalCode.INVALID, words, "picture_id")
    picture.state = State.UPLOADED
    await picture.save(update_fields=["state"])
    await job.enqueue(JobKind.PICTURE, picture.id)
    return picture
