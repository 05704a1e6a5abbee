"""Polls of organisations: asked by an announcement, and told in sums that name nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from resolvers import announcement, announcement_draft, poll_post, poll_tally
from resolvers.context import Context
from resolvers.poll import PollOption, numbered
from resolvers.work import Work


async def announce_poll(
    work: Work,
    *,
    organisation_id: Annotated[UUID, Doc("In the name of which organisation.")],
    title: Annotated[str, Doc("The question, at most 120 characters.")],
    body: announcement.Body,
    method: poll_post.How,
    closes_at: poll_post.Closes,
    options: poll_post.Options = None,
    most_choices: poll_post.MostChoices = 1,
    voice: poll_post.WhoseVoice = models.PollVoice.RESIDENT,
    neighbourhood_ids: announcement.Targets = None,
    publish_at: announcement.Moment = None,
) -> models.Announcement:
    """Ask neighbourhoods that are covered; always secret, and told to all once it is closed."""
    question = poll_post.asked(
        method,
        options,
        most_choices,
        True,
        voice,
        models.PollResults.AFTER_CLOSING,
        closes_at,
    )
    return await announcement_draft.announce(
        work,
        work.office(organisation_id, Scope.POLLS_WRITE),
        announcement_draft.Told(
            purpose=models.AnnouncementPurpose.CALL_TO_ACTION,
            title=title,
            body=body,
            neighbourhood_ids=neighbourhood_ids,
            publish_at=publish_at,
            question=question,
        ),
    )


def options(row: models.Announcement) -> list[PollOption] | None:
    """The answers to choose from, if it asks something."""
    return None if row.poll is None else numbered(row.poll["options"])


async def results(
    announcements: Sequence[models.Announcement], context: Context
) -> list[list[poll_tally.PollResult] | None]:
    """What came of its poll once it is closed everywhere, over the neighbourhoods in reach.

    Rounded to the nearest 5; what few people said is not told, nor what would give that away.
    """
    announced = (rules.LIVE & rules.ANNOUNCED).where(context.viewer)
    rows = models.Poll.filter(announced, announcement_id__in=[each.id for each in announcements])
    of_each: dict[UUID | None, list[models.Poll]] = {}
    for poll in await rows.order_by("id"):
        of_each.setdefault(poll.announcement_id, []).append(poll)
    now = datetime.now(UTC)
    return [_told(of_each.get(each.id, ()), now) for each in announcements]


def _told(polls: Sequence[models.Poll], now: datetime) -> Any:
    if not polls or any(poll_tally.is_open(each, now) for each in polls):
        return None
    return poll_tally.small_cells_hidden(polls)
