"""Ballots: one voice each, counted in the transaction that gives it."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Standing
from resolvers import poll_tally
from resolvers.feed import about_part
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.work import Work

Which = Annotated[UUID, Doc("Which poll.")]


async def vote(
    work: Work,
    *,
    poll_id: Which,
    values: Annotated[
        list[int], Doc("The numbers of the chosen options; or a score for each, in their order.")
    ],
) -> models.Poll:
    """Give one's voice, or that of one's household. In a poll that is not secret it may change."""
    poll, standing = await _open(work, poll_id)
    given = poll_tally.checked(poll, values)
    voice_id = voice_of(poll.voice, standing)
    before = await _standing(poll, voice_id)
    if before is not None:
        _take_back(poll, before)
        await before.delete()
    poll_tally.count(poll, given, +1)
    poll.ballot_count += 1
    [resident_id] = work.viewer.myself
    await models.Ballot.create(
        neighbourhood_id=poll.neighbourhood_id,
        poll_id=poll.id,
        post_id=poll.post_id,
        resident_id=resident_id,
        membership_id=standing.membership_id,
        voice_id=voice_id,
        audience=poll.audience,
        is_secret=poll.is_secret,
        values=None if poll.is_secret else given,
    )
    return await _counted(work, poll)


async def withdraw_vote(work: Work, *, poll_id: Which) -> models.Poll:
    """Take one's voice back, or that of one's household, in a poll that is not secret."""
    poll, standing = await _open(work, poll_id)
    before = await _standing(poll, voice_of(poll.voice, standing))
    if before is None:
        raise not_found("vote")
    _take_back(poll, before)
    await before.delete()
    return await _counted(work, poll)


async def _open(work: Work, poll_id: UUID) -> tuple[models.Poll, Standing]:
    """The locked poll and the viewer's place. Raises `Refusal`."""
    poll = await work.find(models.Poll, poll_id, "poll")
    standing = work.home(poll.neighbourhood_id)
    if standing is None:
        raise forbidden("Only those who live in the neighbourhood vote.")
    if not poll_tally.is_open(poll, datetime.now(UTC)):
        raise Refusal(RefusalCode.CONFLICT, "The poll is closed.", "poll_id")
    return poll, standing


def voice_of(voice: models.PollVoice, standing: Standing) -> UUID:
    """Whose voice a member gives. Raises `Refusal` FORBIDDEN for whoever lives in no household."""
    if voice is models.PollVoice.RESIDENT:
        return standing.membership_id
    if standing.household_id is None:
        raise forbidden("Each household has one voice here, and you are registered in none.")
    return standing.household_id


async def _standing(poll: models.Poll, voice_id: UUID) -> models.Ballot | None:
    return await models.Ballot.get_or_none(poll_id=poll.id, voice_id=voice_id)


def _take_back(poll: models.Poll, ballot: models.Ballot) -> None:
    """Raises `Refusal` CONFLICT: what a secret ballot said is not known any more."""
    if ballot.values is None:
        words = "This voice was given, and in a secret poll it stands."
        raise Refusal(RefusalCode.CONFLICT, words, "poll_id")
    poll_tally.count(poll, ballot.values, -1)
    poll.ballot_count -= 1


async def _counted(work: Work, poll: models.Poll) -> models.Poll:
    await poll.save(update_fields=["counts", "sums", "ballot_count"])
    work.announce(about_part(poll))
    return poll
