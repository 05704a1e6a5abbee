"""Posts: what is published in a feed, read in pages, and changed by their author."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import Q
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from realtime import events
from resolvers import (
    comment,
    help_request_post,
    introduction,
    mention,
    mute,
    nearby,
    picture,
    post_audience,
    post_end,
    post_revision,
)
from resolvers.context import Context
from resolvers.feed import about_post
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, Before, First, Last
from resolvers.post_revision import BODY, TITLE
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import One, row_of, unfiltered
from resolvers.text import checked, checked_line
from resolvers.work import Work

SOLVABLE = (models.PostKind.HELP_REQUEST, models.PostKind.CLASSIFIED, models.PostKind.ALERT)

Title = Annotated[str | None, Doc("A short title, at most 120 characters.")]
Body = Annotated[str, Doc("The words, at most 10,000 characters.")]
LanguageChoice = Annotated[models.Language | None, Doc("Its language; if new, the viewer's.")]
AudienceChoice = Annotated[models.Audience, Doc("Who may read the post and what is under it.")]


@row_of(models.Post)
async def post(context: Context, *, id: Annotated[UUID, Doc("Which post.")]) -> models.Post | None:
    """One post by its id; null when there is none that the viewer may see."""
    return await visible(models.Post, context.viewer).get_or_none(id=id)


@unfiltered(models.Post, "neighbourhood_id")
async def feed(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    kinds: Annotated[list[models.PostKind] | None, Doc("Only posts of these kinds.")] = None,
    author_id: Annotated[UUID | None, Doc("Only posts of this member.")] = None,
    solved: Annotated[bool | None, Doc("Only solved posts, or only open ones.")] = None,
    muted: Annotated[
        bool | None, Doc("Only posts of members whom the viewer mutes, or only the others.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> list[Page[models.Post]]:
    """Its posts that the viewer may see, newest first."""
    posts = visible(models.Post, context.viewer)
    if kinds is not None:
        posts = posts.filter(kind__in=kinds)
    if author_id is not None:
        posts = posts.filter(author_id=author_id)
    if solved is not None:
        posts = posts.filter(solved_at__isnull=not solved)
    if muted is not None:
        of_muted = Q(author_id__in=await mute.memberships_of(context.viewer))
        posts = posts.filter(of_muted if muted else Q(author_id__isnull=True) | ~of_muted)
    window = Window(first, after, last, before)
    return await pages_of(posts, window, "neighbourhood_id", [n.id for n in neighbourhoods])


of_rows = One("The post it stands under.", models.Post, "post_id")


async def create_post(
    work: Work,
    *,
    neighbourhood_id: Annotated[UUID, Doc("In the feed of which neighbourhood.")],
    kind: Annotated[models.PostKind, Doc("What the post is about.")],
    body: Body,
    title: Title = None,
    audience: AudienceChoice = models.Audience.NEIGHBOURHOOD,
    language: LanguageChoice = None,
    mention_ids: mention.Mentioned = None,
    picture_ids: picture.Attached = None,
) -> models.Post:
    """Publish a post in a neighbourhood of which the viewer is a member."""
    standing = work.standing(neighbourhood_id)
    if kind is models.PostKind.ANNOUNCEMENT:
        raise forbidden("Only organisations announce.")
    post_audience.check(work, neighbourhood_id, audience)
    if kind is models.PostKind.INTRODUCTION:
        await introduction.check_first(standing.membership_id)
    post = await models.Post.create(
        neighbourhood_id=neighbourhood_id,
        author_id=standing.membership_id,
        kind=kind,
        audience=audience,
        language=language or work.viewer.language or models.Language.NL,
        title=checked_line(title, "title", TITLE) if title else None,
        body=checked(body, "body", BODY),
    )
    await nearby.count_post(post, +1)
    await help_request_post.begin(post)
    await mention.write(work, post, mention_ids)
    await picture.attach(work, post, picture_ids)
    work.announce(about_post(events.PostPublished, post))
    return post


async def edit_post(
    work: Work,
    *,
    post_id: Annotated[UUID, Doc("Which post.")],
    body: Annotated[str | None, Doc("New words; left out: the old ones stay.")] = None,
    title: Annotated[str | None, Doc("A new title; left out: the old one stays.")] = None,
    audience: Annotated[models.Audience | None, Doc("A new audience, at once for all.")] = None,
    language: LanguageChoice = None,
    mention_ids: mention.Mentioned = None,
    picture_ids: picture.Attached = None,
) -> models.Post:
    """Change a post of one's own; how it read before is kept for the author and the moderators."""
    post = await _own(work, post_id)
    if language is not None:
        post.language = language
        await post.save(update_fields=["language"])
    if body is not None or title is not None:
        await post_revision.reword(post, body, title)
    await mention.write(work, post, mention_ids)
    await picture.attach(work, post, picture_ids)
    if audience is not None and audience is not post.audience:
        post_audience.check(work, post.neighbourhood_id, audience)
        await post_audience.readdress(work, post, audience)
        work.announce(about_post(events.PostPublished, post))
    elif any(each is not None for each in (body, title, mention_ids, picture_ids)):
        work.announce(about_post(events.PostEdited, post))
    return post


async def delete_post(work: Work, *, post_id: Annotated[UUID, Doc("Which post.")]) -> models.Post:
    """Remove a post of one's own, its words and all that is under it, at once and for everybody."""
    post = await _own(work, post_id)
    await post_end.end(work, post)
    work.announce(about_post(events.PostRemoved, post))
    return post


async def mark_solved(
    work: Work,
    *,
    post_id: Annotated[UUID, Doc("Which post.")],
    solved: Annotated[bool, Doc("False opens it again.")] = True,
    thanks: Annotated[
        str | None, Doc("A word of thanks, which stands under the post as a comment.")
    ] = None,
) -> models.Post:
    """Say that a help request, a classified or an alert of one's own is solved, and give thanks."""
    post = await _own(work, post_id)
    if post.kind not in SOLVABLE:
        raise Refusal(RefusalCode.INVALID, "Posts of this kind are never solved.", "post_id")
    if (post.solved_at is not None) is not solved:
        post.solved_at = datetime.now(UTC) if solved else None
        await post.save(update_fields=["solved_at"])
        await help_request_post.solve(work, post)
        work.announce(about_post(events.PostSolved, post))
    if thanks is not None and solved:
        await comment.add_comment(work, post_id=post.id, body=thanks)
        post.comment_count += 1
    return post


async def _own(work: Work, post_id: UUID) -> models.Post:
    post = await work.find(models.Post, post_id, "post")
    if not rules.AUTHOR.holds(work.viewer, post):
        raise forbidden("Only its author may change a post.")
    return post
