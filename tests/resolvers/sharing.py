"""Shares for tests: granted by the resident of the small world, and read by those who may."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.comment
import resolvers.comment_share
import resolvers.post_share
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.world import World

PAGE = """
query ($id: ID!, $purpose: SharePurpose) {
  shares(organisationId: $id, purpose: $purpose) { nodes { id title body authorName } }
}
"""
ONE = "query ($id: ID!) { share(id: $id) { id title body authorName } }"
WHOLE = """
query ($id: ID!) {
  share(id: $id) {
    id createdAt expiresAt revokedAt purpose withName kind title body postedAt authorName
    organisation { slug } neighbourhood { slug }
    comments { nodes { id body createdAt } }
    case { state } post { id } commentShares { nodes { id } } accessRecords { nodes { id } }
  }
}
"""
ASK = resolvers.comment_share.ask_comment_share
READERS = ("manager", "case_worker", "other_unit", "token shares:read")


async def share(
    act: Act,
    world: World,
    *,
    persona: str = "resident",
    post_id: UUID | None = None,
    to: str = "town",
    purpose: models.SharePurpose = models.SharePurpose.CARE_QUESTION,
    **terms: Any,
) -> models.PostShare:
    """A share of the resident's post for the neighbourhood, unless said otherwise."""
    granted: models.PostShare = await act(
        persona,
        resolvers.post_share.share_post,
        post_id=post_id or world.posts[models.Audience.NEIGHBOURHOOD],
        organisation_id=world.organisations[to],
        purpose=purpose,
        **terms,
    )
    return granted


async def revoke(act: Act, share: models.PostShare, persona: str = "resident") -> models.PostShare:
    """The share, taken back."""
    verb = resolvers.post_share.revoke_share
    ended: models.PostShare = await act(persona, verb, share_id=share.id)
    return ended


async def expire(share: models.PostShare) -> datetime:
    """Let a share, and what hangs on it, have ended by itself a minute ago; gives that moment."""
    moment = datetime.now(UTC) - timedelta(minutes=1)
    await models.PostShare.filter(id=share.id).update(expires_at=moment)
    for model in (models.Case, models.CommentShare):
        await model.filter(share_id=share.id).update(expires_at=moment)
    return moment


async def comment(
    act: Act, world: World, persona: str = "neighbour", body: str = "Ik kom mee."
) -> models.Comment:
    """A comment under the post that `share` shares."""
    written: models.Comment = await act(
        persona,
        resolvers.comment.add_comment,
        post_id=world.posts[models.Audience.NEIGHBOURHOOD],
        body=body,
    )
    return written


async def agreed(
    act: Act, share: models.PostShare, comment: models.Comment, persona: str = "neighbour"
) -> models.CommentShare:
    """The leave of a commenter, asked for and given."""
    row = await act("resident", ASK, share_id=share.id, comment_id=comment.id)
    answer = resolvers.comment_share.answer_comment_share
    given: models.CommentShare = await act(persona, answer, comment_share_id=row.id, agree=True)
    return given


async def read(ask: Ask, persona: str, share: models.PostShare) -> dict[str, Any] | None:
    """The words of a share as a persona reads them; None when there is no such share."""
    answer = await ask(persona, ONE, id=share.id)
    assert answer.errors is None
    assert answer.data is not None
    found: dict[str, Any] | None = answer.data["share"]
    return found
