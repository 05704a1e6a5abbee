"""Shares: what the author of a post lets one organisation read of it, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from auth.visibility import visible
from resolvers import case, organisation, share_end
from resolvers.context import Context
from resolvers.grant import to_organisation
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, Before, First, Last
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import Onward, row_of
from resolvers.work import Work

USUAL, LONGEST = timedelta(days=90), timedelta(days=366)
HELD = rules.GRANTED & rules.held(Scope.SHARES_READ)

Which = Annotated[UUID, Doc("Which share.")]


@row_of(models.PostShare)
async def share(context: Context, *, id: Which) -> models.PostShare | None:
    """One share by its id; null when there is none that the viewer may see."""
    return await visible(models.PostShare, context.viewer).get_or_none(id=id)


async def shares(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("What was shared with this organisation.")],
    purpose: Annotated[models.SharePurpose | None, Doc("Only what is meant as this.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.PostShare]:
    """What residents let an organisation of the viewer read at this moment, newest first."""
    context.office(organisation_id, Scope.SHARES_READ)
    rows = visible(models.PostShare, context.viewer).filter(HELD.where(context.viewer))
    rows = rows.filter(organisation_id=organisation_id)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return await page_of(rows, Window(first, after, last, before))


of_residents = Onward(
    "What the person ever shared, newest first; what has ended too.",
    models.PostShare,
    "resident_id",
)


async def share_post(
    work: Work,
    *,
    post_id: Annotated[UUID, Doc("Which post of the viewer's own.")],
    organisation_id: Annotated[UUID, Doc("The one organisation that may read it.")],
    purpose: Annotated[models.SharePurpose, Doc("What the organisation is asked for.")],
    with_name: Annotated[bool, Doc("True shows the organisation the viewer's name.")] = False,
    expires_at: Annotated[
        datetime | None, Doc("When it ends by itself, in 366 days at most; left out: in 90 days.")
    ] = None,
) -> models.PostShare:
    """Let one organisation read a post of one's own: its words, not what is written under it. It
    can be taken back at any time. The answer appears under the post, where the neighbourhood reads
    it too, and so reads that the post was shared.

    Raises `Refusal`: NOT_FOUND, FORBIDDEN, INVALID, CONFLICT.
    """
    post = await work.find(models.Post, post_id, "post")
    if not rules.AUTHOR.holds(work.viewer, post):
        raise forbidden("Only its author may share a post.")
    return await grant(work, post, organisation_id, purpose, with_name, expires_at)


async def grant(
    work: Work,
    post: models.Post,
    organisation_id: UUID,
    purpose: models.SharePurpose,
    with_name: bool,
    expires_at: datetime | None,
) -> models.PostShare:
    """The share of a post of the viewer's own, which is locked; a case begins with it.

    Raises `Refusal`: NOT_FOUND, INVALID, CONFLICT.
    """
    now = datetime.now(UTC)
    if not await work.visible(models.Organisation).filter(id=organisation_id).exists():
        raise not_found("organisation")
    await organisation.check_covers(work.viewer, organisation_id, post.neighbourhood_id)
    ends = _end(expires_at, now)
    await _make_room(work, post.id, organisation_id, now)
    share = await models.PostShare.create(
        neighbourhood_id=post.neighbourhood_id,
        organisation_id=organisation_id,
        resident_id=work.viewer.resident_id,
        expires_at=ends,
        post_id=post.id,
        author_id=post.author_id,
        purpose=purpose,
        with_name=with_name,
    )
    work.announce(to_organisation(models.EventKind.SHARE_GRANTED, share))
    await case.open_case(work, share)
    return share


async def stands(work: Work, post_id: UUID, organisation_id: UUID, now: datetime) -> bool:
    """Whether a post of the viewer's own is shared with an organisation at a moment."""
    return await _unrevoked(work, post_id, organisation_id).filter(expires_at__gt=now).exists()


async def revoke_share(work: Work, *, share_id: Which) -> models.PostShare:
    """Take a share of one's own back: the organisation reads nothing of it any more, at once."""
    share = await work.find(models.PostShare, share_id, "share")
    if not rules.SELF.holds(work.viewer, share):
        raise forbidden("Only whoever shared the post may take it back.")
    if share.revoked_at is None:
        await share_end.end(work, [share], datetime.now(UTC))
    return share


def _end(chosen: datetime | None, now: datetime) -> datetime:
    """When the share ends; a moment without a time zone is UTC."""
    if chosen is None:
        return now + USUAL
    ends = chosen if chosen.tzinfo else chosen.replace(tzinfo=UTC)
    if not now < ends <= now + LONGEST:
        words = f"Choose a moment within the next {LONGEST.days} days."
        raise Refusal(RefusalCode.INVALID, words, "expires_at")
    return ends


async def _make_room(work: Work, post_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """A post stands shared with an organisation once: one that has expired is closed first."""
    same = _unrevoked(work, post_id, organisation_id).select_for_update()
    standing = await same.get_or_none()
    if standing is None:
        return
    if standing.expires_at > now:
        words = "The post is shared with this organisation already."
        raise Refusal(RefusalCode.CONFLICT, words)
    await share_end.end(work, [standing], now)


def _unrevoked(work: Work, post_id: UUID, organisation_id: UUID) -> QuerySet[models.PostShare]:
    """The share of the viewer's own that was not taken back, if there is one; it may be over."""
    return work.visible(models.PostShare).filter(
        rules.SELF.where(work.viewer),
        post_id=post_id,
        organisation_id=organisation_id,
        revoked_at=None,
    )
