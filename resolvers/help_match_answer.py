"""What becomes of a match: accepted, declined, withdrawn, completed, thanked for."""

from datetime import UTC, datetime
from typing import Annotated

from typing_extensions import Doc

import models
from models import HelpMatchRole, HelpMatchState, HelpMatchStep
from resolvers import conversation, guardian_leave, help_match_step
from resolvers.help_match import Which
from resolvers.help_match_change import TAKEN, Held, keep, locked, taken
from resolvers.refusal import Refusal, RefusalCode
from resolvers.text import checked, checked_line
from resolvers.work import Work

ADDRESS, THANKS = 200, 500


async def accept_match(work: Work, *, match_id: Which) -> models.HelpMatch:
    """Say yes to what was proposed to the viewer, for the viewer alone."""
    held = await locked(work, match_id, with_members=True)
    help_match_step.check(held.match, held.role, HelpMatchStep.ACCEPT)
    await _check_own(work, held)
    await _check_pair(held.match)
    _take(held, HelpMatchStep.ACCEPT)
    if held.match.state is HelpMatchState.ACCEPTED:
        await _bring_together(work, held)
    await keep(work, held)
    return held.match


async def decline_match(work: Work, *, match_id: Which) -> models.HelpMatch:
    """Say no to what was proposed to the viewer. Nobody asks why, and nobody is told."""
    return await _step(work, match_id, HelpMatchStep.DECLINE)


async def withdraw_match(work: Work, *, match_id: Which) -> models.HelpMatch:
    """Take back what the viewer proposed or accepted; the request looks for somebody again."""
    return await _step(work, match_id, HelpMatchStep.WITHDRAW)


async def complete_match(work: Work, *, match_id: Which) -> models.HelpMatch:
    """Say that the help was given; either of the two does."""
    return await _step(work, match_id, HelpMatchStep.COMPLETE)


async def share_address(
    work: Work,
    *,
    match_id: Which,
    address: Annotated[str, Doc("Where to come to, 200 characters at most.")],
) -> models.HelpMatch:
    """Tell the helper of an accepted match where to come to; it is erased when the match ends."""
    held = await locked(work, match_id)
    _take(held, HelpMatchStep.SHARE_ADDRESS)
    held.match.address = checked_line(address, "address", ADDRESS)
    await keep(work, held)
    return held.match


async def thank(
    work: Work,
    *,
    match_id: Which,
    words: Annotated[str | None, Doc("Words for the other alone, 500 characters at most.")] = None,
) -> models.HelpMatch:
    """Thank the other of a completed match, once; it counts nowhere."""
    held = await locked(work, match_id)
    _take(held, HelpMatchStep.THANK)
    said = f"{held.role.lower()}_thanks"
    setattr(held.match, said, checked(words or "", "words", THANKS, least=0))
    await keep(work, held, said, f"{held.role.lower()}_thanked_at")
    return held.match


async def _step(work: Work, match_id: Which, step: HelpMatchStep) -> models.HelpMatch:
    held = await locked(work, match_id)
    _take(held, step)
    await keep(work, held)
    return held.match


def _take(held: Held, step: HelpMatchStep) -> None:
    help_match_step.take(held.match, held.role, step, datetime.now(UTC))


async def _check_own(work: Work, held: Held) -> None:
    """Raises `Refusal` FORBIDDEN if the viewer may not be matched."""
    is_mine = held.role is HelpMatchRole.REQUESTER
    own = held.match.requester_id if is_mine else held.match.helper_id
    await guardian_leave.check_may_be_matched(work, held.members.rows[own])


async def _bring_together(work: Work, held: Held) -> None:
    """Let the two talk. Raises `Refusal` CONFLICT: enough help, or the other may not any more.

    The request is locked, so that what is counted stays so.
    """
    may_be_matched = {id for id, age in held.members.ages.items() if age.may_be_matched}
    if may_be_matched != {held.match.requester_id, held.match.helper_id}:
        raise Refusal(RefusalCode.CONFLICT, "This cannot be accepted now.")
    if await taken(held.request) >= held.request.people:
        raise Refusal(RefusalCode.CONFLICT, "Enough neighbours help with this already.")
    await conversation.open_for_match(work, held.match)


async def _check_pair(match: models.HelpMatch) -> None:
    """Raises `Refusal` CONFLICT if the two are together in this by another proposal."""
    pair = models.HelpMatch.filter(post_id=match.post_id, helper_id=match.helper_id)
    if await pair.filter(state__in=TAKEN).exists():
        raise Refusal(RefusalCode.CONFLICT, "The two of you are together in this already.")
