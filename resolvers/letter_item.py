"""What a letter tells: read as its reader may see it at the moment it is sent."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Q
from tortoise.models import Model

import models
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers import follow, grant_event, membership, notification_switch

P = TypeVar("P", models.Post, models.Comment)
Reason, Frequency = models.Reason, models.Frequency
MOST, EXCERPT = 200, 200
# what concerns a whole neighbourhood is read from its feed, and not written down for each member
OF_A_FEED = frozenset({Reason.POST, Reason.ANNOUNCEMENT, Reason.ALERT})
OF_POSTS = {models.PostKind.ALERT: Reason.ALERT, models.PostKind.ANNOUNCEMENT: Reason.ANNOUNCEMENT}


@dataclass(frozen=True)
class Item:
    """One thing told of: why, who did it, their words where they are for neighbours, and where."""

    reason: models.Reason
    name: str | None
    title: str | None
    words: str | None
    post_id: UUID | None


async def items_of(letter: models.Letter, viewer: Viewer) -> list[Item]:
    """What the letter tells: nothing read, removed, over or the reader's own."""
    named = visible(models.Notification, viewer).filter(letter_id=letter.id, read_at=None)
    notifications = await named.order_by("id").limit(MOST)
    chosen = (await notification_switch.chosen_by([letter.resident_id]))[letter.resident_id]
    wanted = [each for each in notifications if chosen[each.reason] is not Frequency.NONE]
    items = await _personal(wanted, viewer)
    if letter.after_id is not None and letter.through_id is not None:
        reasons = {each for each in OF_A_FEED if chosen[each] is letter.frequency}
        items += await _of_feed(letter.after_id, letter.through_id, reasons, viewer)
    return items


async def _of_feed(
    after: UUID, through: UUID, reasons: Collection[models.Reason], viewer: Viewer
) -> list[Item]:
    """The posts between two ids that others wrote, and that are not over."""
    posts = visible(models.Post, viewer).filter(
        Q(author_id__isnull=True) | ~Q(author_id__in=viewer.membership_ids),
        id__gt=after,
        id__lte=through,
        neighbourhood_id__in=await follow.places_of(viewer),
        solved_at=None,
    )
    found = await posts.order_by("id").limit(MOST)
    return await _of_posts([each for each in found if reason_of(each) in reasons], viewer)


async def _personal(notifications: Sequence[models.Notification], viewer: Viewer) -> list[Item]:
    """What each notification tells; one whose thing is not to be seen any more tells nothing."""
    posts = await _rows(models.Post, [each.post_id for each in notifications], viewer)
    comments = await _rows(models.Comment, [each.comment_id for each in notifications], viewer)
    names = await membership.names_of(each.author_id for each in notifications if each.author_id)
    of_posts = {item.post_id: item for item in await _of_posts(list(posts.values()), viewer)}
    seen = await _seen([each for each in notifications if each.post_id is None], viewer)
    items: list[Item] = []
    for each in notifications:
        author = names.get(each.author_id) if each.author_id else None
        name = author.display_name if author else None
        post, comment = posts.get(each.post_id), comments.get(each.comment_id)
        if each.comment_id is not None:
            if post and comment and not comment.deleted_at:
                words = _excerpt(comment.body)
                items.append(Item(each.reason, name, post.title, words, post.id))
        elif each.post_id in of_posts:
            items.append(replace(of_posts[each.post_id], reason=each.reason))
        elif each.id in seen:
            items.append(Item(each.reason, name, None, None, None))
    return items


async def _of_posts(posts: Sequence[models.Post], viewer: Viewer) -> list[Item]:
    members = await membership.names_of(each.author_id for each in posts if each.author_id)
    names: dict[UUID | None, str] = {id: named.display_name for id, named in members.items()}
    partners = visible(models.Organisation, viewer).filter(
        id__in={each.organisation_id for each in posts} - {None}
    )
    names |= dict(await partners.values_list("id", "name"))
    return [
        Item(
            reason_of(each),
            names.get(each.author_id or each.organisation_id),
            each.title,
            _excerpt(each.body),
            each.id,
        )
        for each in posts
    ]


async def _rows(model: type[P], ids: Iterable[UUID | None], viewer: Viewer) -> dict[UUID | None, P]:
    wanted = set(ids) - {None}
    return {row.id: row for row in await visible(model, viewer).filter(id__in=wanted)}


async def _seen(notifications: Iterable[models.Notification], viewer: Viewer) -> set[UUID]:
    """Those of what is no post, and may be seen as of now."""
    of_model: dict[type[Model], list[models.Notification]] = {}
    for each in notifications:
        of_model.setdefault(grant_event.ROWS[each.kind], []).append(each)
    seen: set[UUID] = set()
    for model, told in of_model.items():
        rows = visible(model, viewer).filter(id__in={each.subject_id for each in told} - {None})
        found = set(await rows.values_list("id", flat=True))
        seen |= {each.id for each in told if each.subject_id in found}
    return seen


def reason_of(post: models.Post) -> models.Reason:
    """Why the neighbours are told of a post."""
    return OF_POSTS.get(post.kind, Reason.POST)


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"
