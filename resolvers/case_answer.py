"""What an organisation answers, under the post for all who read it, and what its author thinks."""

from datetime import UTC, datetime
from typing import Annotated

from tortoise.expressions import F
from typing_extensions import Doc

import models
from auth import rules
from realtime import events
from resolvers import case_step
from resolvers.case import Which
from resolvers.case_version import Version, handled, keep, locked
from resolvers.comment import BODY
from resolvers.feed import about_comment
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.text import checked
from resolvers.work import Work

WORD = 1_000


async def answer_case(
    work: Work,
    *,
    case_id: Which,
    version: Version,
    answer: Annotated[str, Doc("The answer, at most 4,000 characters. Neighbours read it too.")],
) -> models.Case:
    """Answer a case: the answer stands under the post, for everybody who may read the post."""
    case = await handled(work, case_id, version)
    case_step.take(case, models.CaseState.ANSWERED)
    case.answer = checked(answer, "answer", BODY)
    case.answered_at = datetime.now(UTC)
    await _write_under_post(work, case, case.answer)
    await keep(work, case, "state", "answer", "answered_at")
    return case


async def close_case(
    work: Work,
    *,
    case_id: Which,
    satisfaction: Annotated[int, Doc("How satisfied the author is, 1 to 5.")],
    word: Annotated[str | None, Doc("A word to the organisation, at most 1,000.")] = None,
) -> models.Case:
    """Close the answered case of what the viewer shared; the organisation reads how satisfied."""
    case = await locked(work, case_id)
    if not rules.SELF.holds(work.viewer, case):
        raise forbidden("Only whoever shared the post may close its case.")
    check_shared(work, case)
    case_step.take(case, models.CaseState.CLOSED)
    if not 1 <= satisfaction <= 5:
        raise Refusal(RefusalCode.INVALID, "Choose 1 to 5.", "satisfaction")
    case.satisfaction, case.closed_at = satisfaction, datetime.now(UTC)
    case.satisfaction_word = checked(word or "", "word", WORD, least=0) or None
    await keep(work, case, "state", "satisfaction", "satisfaction_word", "closed_at")
    return case


def check_shared(work: Work, row: models.Case | models.Referral) -> None:
    """Raises `Refusal` CONFLICT if the resident has let the share end."""
    if not rules.GRANTED.holds(work.viewer, row):
        raise Refusal(RefusalCode.CONFLICT, "The post is not shared any more.")


async def _write_under_post(work: Work, case: models.Case, body: str) -> None:
    """A comment of the organisation, for the audience that the author chose, counted and told."""
    post = await models.Post.get(id=case.post_id)
    comment = await models.Comment.create(
        neighbourhood_id=post.neighbourhood_id,
        post_id=post.id,
        organisation_id=case.organisation_id,
        audience=post.audience,
        body=body,
    )
    await models.Post.filter(id=post.id).update(comment_count=F("comment_count") + 1)
    work.announce(about_comment(events.CommentAdded, comment))
