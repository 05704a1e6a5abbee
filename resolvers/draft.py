"""Drafts: kept for their author alone, and published as posts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from models.forgetting import forget
from resolvers import post
from resolvers.post_revision import BODY, TITLE
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import Onward
from resolvers.text import checked, checked_line
from resolvers.work import Work

MOST = 20

Which = Annotated[UUID, Doc("Which draft.")]
Words = Annotated[str, Doc("The words so far, at most 10,000 characters; it may be empty.")]


of_residents = Onward(
    "What the person has begun to write, newest first.", models.Draft, "resident_id"
)


async def save_draft(
    work: Work,
    *,
    neighbourhood_id: Annotated[UUID, Doc("For the feed of which neighbourhood.")],
    kind: Annotated[models.PostKind, Doc("What the post is about.")],
    body: Words,
    title: post.Title = None,
    audience: post.AudienceChoice = models.Audience.NEIGHBOURHOOD,
    language: post.LanguageChoice = None,
) -> models.Draft:
    """Keep what is not finished, at most 20 at a time; for 90 days after it was last changed."""
    work.standing(neighbourhood_id)
    account = await work.visible(models.Resident).select_for_update().get()
    if await work.visible(models.Draft).count() >= MOST:
        words = f"You keep {MOST} drafts; publish or delete one of them first."
        raise Refusal(RefusalCode.CONFLICT, words)
    return await models.Draft.create(
        neighbourhood_id=neighbourhood_id,
        resident_id=account.id,
        kind=kind,
        audience=audience,
        language=language,
        title=checked_line(title, "title", TITLE) if title else None,
        body=checked(body, "body", BODY, least=0),
    )


async def edit_draft(
    work: Work,
    *,
    draft_id: Which,
    body: Annotated[str | None, Doc("New words; left out: the old ones stay.")] = None,
    title: Annotated[str | None, Doc("A new title; empty removes it.")] = None,
    kind: Annotated[models.PostKind | None, Doc("What the post is about.")] = None,
    audience: Annotated[models.Audience | None, Doc("Who may read the post.")] = None,
) -> models.Draft:
    """Go on with a draft."""
    draft = await work.find(models.Draft, draft_id, "draft")
    if body is not None:
        draft.body = checked(body, "body", BODY, least=0)
    if title is not None:
        draft.title = checked_line(title, "title", TITLE, least=0) or None
    draft.kind, draft.audience = kind or draft.kind, audience or draft.audience
    await draft.save()
    return draft


async def delete_draft(work: Work, *, draft_id: Which) -> models.Draft:
    """Throw a draft away."""
    draft = await work.find(models.Draft, draft_id, "draft")
    await draft.delete()
    return draft


async def publish_draft(work: Work, *, draft_id: Which) -> models.Post:
    """Publish a draft as a post, under the same conditions as any; the draft is gone then."""
    draft = await work.find(models.Draft, draft_id, "draft")
    published = await post.create_post(
        work,
        neighbourhood_id=draft.neighbourhood_id,
        kind=draft.kind,
        body=draft.body,
        title=draft.title,
        audience=draft.audience,
        language=draft.language,
    )
    await draft.delete()
    return published


async def forget_drafts(before: datetime, *, limit: int) -> int:
    """Forget the drafts that were last changed before a moment; gives how many."""
    return await forget(models.Draft, "updated_at", before, limit=limit)
