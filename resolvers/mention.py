"""Mentions: members named in a post or a comment, who are told of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import referred
from resolvers.personal import to_resident
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import One
from resolvers.work import Work

Words = models.Post | models.Comment
MOST = 20
WORKER = models.MembershipRole.NEIGHBOURHOOD_WORKER

Mentioned = Annotated[
    list[UUID] | None,
    Doc("The members who are mentioned, by membership, 20 at most: each of them is told."),
]


async def of_posts(posts: Sequence[models.Post], context: Context) -> list[list[models.Membership]]:
    """The members whom it mentions, 20 at most."""
    ids = [each.id for each in posts]
    rows = visible(models.Mention, context.viewer).filter(post_id__in=ids, comment_id__isnull=True)
    return await _members([(row.post_id, row) for row in await rows.order_by("id")], ids, context)


async def of_comments(
    comments: Sequence[models.Comment], context: Context
) -> list[list[models.Membership]]:
    """The members whom it mentions, 20 at most."""
    ids = [each.id for each in comments]
    rows = visible(models.Mention, context.viewer).filter(comment_id__in=ids)
    found = [(row.comment_id, row) for row in await rows.order_by("id")]
    return await _members(found, ids, context)


comments = One(
    "The comment that mentions the member, if it was a comment.", models.Comment, "comment_id"
)


async def write(work: Work, words: Words, ids: Sequence[UUID] | None) -> None:
    """These members are mentioned in locked words from now on; who was not before, is told.

    Raises `Refusal` NOT_FOUND for a member whom the viewer does not see there, INVALID.
    """
    if ids is None:
        return
    wanted = await _checked(work, words, set(ids))
    standing = models.Mention.filter(**_place(words))
    known = {row.membership_id: row for row in await standing}
    await standing.filter(membership_id__not_in=list(wanted)).delete()
    for member in sorted(wanted.values(), key=lambda each: each.id):
        if member.id not in known:
            await _tell(work, words, member)


async def _checked(work: Work, words: Words, ids: set[UUID]) -> dict[UUID, models.Membership]:
    if len(ids) > MOST:
        raise Refusal(RefusalCode.INVALID, f"Mention {MOST} members at most.", "mention_ids")
    found = await work.visible(models.Membership).filter(
        id__in=list(ids),
        neighbourhood_id=words.neighbourhood_id,
        state=models.MembershipState.ACTIVE,
    )
    if len(found) < len(ids):
        raise not_found("member")
    among_neighbours = words.audience is models.Audience.NEIGHBOURS_ONLY
    if among_neighbours and any(each.role is WORKER for each in found):
        raise Refusal(RefusalCode.INVALID, "Professionals do not read this.", "mention_ids")
    return {each.id: each for each in found}


async def _tell(work: Work, words: Words, member: models.Membership) -> None:
    assert words.author_id is not None
    mention = await models.Mention.create(
        **_place(words),
        neighbourhood_id=words.neighbourhood_id,
        author_id=words.author_id,
        resident_id=member.resident_id,
        membership_id=member.id,
        audience=words.audience,
    )
    kind = models.EventKind.MENTIONED
    event = to_resident(member.resident_id, kind, mention, author_id=words.author_id)
    work.announce(replace(event, post_id=mention.post_id, comment_id=mention.comment_id))


def _place(words: Words) -> dict[str, Any]:
    if isinstance(words, models.Post):
        return {"post_id": words.id, "comment_id": None}
    return {"post_id": words.post_id, "comment_id": words.id}


async def _members(
    found: Sequence[tuple[UUID | None, models.Mention]], ids: Sequence[UUID], context: Context
) -> list[list[models.Membership]]:
    members = await referred(
        visible(models.Membership, context.viewer), [row.membership_id for _, row in found]
    )
    named: dict[UUID | None, list[models.Membership]] = {id: [] for id in ids}
    for (id, _), member in zip(found, members, strict=True):
        if member is not None:
            named[id].append(member)
    return [named[id] for id in ids]
