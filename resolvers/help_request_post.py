"""The request behind a post that asks for help, kept in step with that post and with its author."""

from uuid import UUID

import models
from resolvers import guardian_leave, help_match_change, help_match_end
from resolvers.feed import about_part
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work

State = models.HelpRequestState
WANTED = (State.OPEN, State.MATCHED)


async def begin(post: models.Post) -> None:
    """A post that asks for help has a request, which says nothing more yet."""
    if post.kind is not models.PostKind.HELP_REQUEST or post.author_id is None:
        return
    await guardian_leave.check_may_take_part(post.author_id)
    await models.HelpRequest.create(
        neighbourhood_id=post.neighbourhood_id,
        post_id=post.id,
        author_id=post.author_id,
        audience=post.audience,
    )


async def solve(work: Work, post: models.Post) -> None:
    """A locked post was called solved, or open again. Raises `Refusal` CONFLICT, FORBIDDEN."""
    if post.kind is models.PostKind.HELP_REQUEST and post.author_id and post.solved_at is None:
        await guardian_leave.check_may_take_part(post.author_id)
    request = await _behind(post)
    if request is None:
        return
    if request.state is State.WITHDRAWN:
        raise Refusal(RefusalCode.CONFLICT, "This request was taken back.", "post_id")
    request.state = State.OPEN if post.solved_at is None else State.SOLVED
    await request.save(update_fields=["state"])
    await help_match_change.settle([request])
    if post.solved_at is not None:
        await help_match_end.withdraw_proposed(work, post.id)


async def readdress(post: models.Post) -> None:
    """A locked post is for another audience, and so is its request."""
    await models.HelpRequest.filter(post_id=post.id).update(audience=post.audience)


async def erase(work: Work, post: models.Post) -> None:
    """A locked post is removed, and with it its request and whatever matches there were."""
    if post.kind is models.PostKind.HELP_REQUEST:
        await help_match_end.erase_of_post(work, post.id)


async def withdraw(work: Work, request: models.HelpRequest) -> None:
    """A locked request is taken back, with its standing matches."""
    request.state = State.WITHDRAWN
    await request.save(update_fields=["state"])
    await help_match_end.withdraw_of_post(work, request.post_id)
    work.announce(about_part(request))


async def withdraw_of_member(work: Work, membership_id: UUID) -> None:
    """Whatever a member still asks for is taken back."""
    asked = models.HelpRequest.filter(author_id=membership_id, state__in=WANTED)
    for request in await asked.order_by("id").select_for_update():
        await withdraw(work, request)


async def _behind(post: models.Post) -> models.HelpRequest | None:
    return await models.HelpRequest.filter(post_id=post.id).select_for_update().get_or_none()
