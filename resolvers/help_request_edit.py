"""Help is asked for, and a request is changed, confirmed and taken back by its author."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from strawberry import UNSET
from typing_extensions import Doc

import models
from auth import rules
from resolvers import help_match_change, help_request_post, help_term, help_wanted, post
from resolvers.feed import about_part
from resolvers.help_request_post import WANTED
from resolvers.help_term import From, Minutes, SkillSlug, Until
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

State = models.HelpRequestState

Which = Annotated[UUID, Doc("Which request.")]
People = Annotated[int, Doc("How many helpers: 1 to 20.")]


async def request_help(
    work: Work,
    *,
    neighbourhood_id: Annotated[UUID, Doc("In the feed of which neighbourhood.")],
    body: post.Body,
    title: post.Title = None,
    audience: post.AudienceChoice = models.Audience.NEIGHBOURHOOD,
    skill: SkillSlug = None,
    urgency: Annotated[models.Urgency, Doc("How soon.")] = models.Urgency.NO_HURRY,
    wanted_from: From = None,
    wanted_until: Until = None,
    minutes: Minutes = None,
    people: People = 1,
) -> models.HelpRequest:
    """Ask the neighbours for help: a post in the feed, and what it asks for.

    Those who want to hear of requests for this skill are told at once.
    """
    made = await post.create_post(
        work,
        neighbourhood_id=neighbourhood_id,
        kind=models.PostKind.HELP_REQUEST,
        body=body,
        title=title,
        audience=audience,
    )
    request = await work.visible(models.HelpRequest).get(post_id=made.id)
    given = {
        "skill": skill,
        "urgency": urgency,
        "wanted_from": wanted_from,
        "wanted_until": wanted_until,
        "minutes": minutes,
        "people": people,
    }
    await _change(work, request, given)
    return request


async def edit_help_request(
    work: Work,
    *,
    help_request_id: Which,
    skill: SkillSlug = UNSET,
    urgency: Annotated[models.Urgency | None, Doc("How soon.")] = None,
    wanted_from: From = UNSET,
    wanted_until: Until = UNSET,
    minutes: Minutes = UNSET,
    people: Annotated[int | None, Doc("How many helpers: 1 to 20.")] = None,
) -> models.HelpRequest:
    """Change what an open request of one's own asks for; its words are edited as a post.

    What is left out stays as it is; null removes it, but for the urgency and the number of helpers.
    """
    request = await _open(work, help_request_id)
    given = {
        "skill": skill,
        "urgency": UNSET if urgency is None else urgency,
        "wanted_from": wanted_from,
        "wanted_until": wanted_until,
        "minutes": minutes,
        "people": UNSET if people is None else people,
    }
    said = {name: value for name, value in given.items() if value is not UNSET}
    changed = {name: value for name, value in said.items() if getattr(request, name) != value}
    if changed:
        await _change(work, request, changed)
        work.announce(about_part(request))
    return request


async def confirm_help_request(work: Work, *, help_request_id: Which) -> models.HelpRequest:
    """Say that an open request of one's own still stands."""
    request = await _open(work, help_request_id)
    request.confirmed_at = datetime.now(UTC)
    await request.save(update_fields=["confirmed_at"])
    work.announce(about_part(request))
    return request


async def withdraw_help_request(work: Work, *, help_request_id: Which) -> models.HelpRequest:
    """Take back a request of one's own, for good; the post stays until it is deleted."""
    request = await _own(work, help_request_id)
    if request.state is State.SOLVED:
        raise Refusal(RefusalCode.CONFLICT, "This request is solved.", "help_request_id")
    if request.state is not State.WITHDRAWN:
        await help_request_post.withdraw(work, request)
    return request


async def _own(work: Work, help_request_id: UUID) -> models.HelpRequest:
    request = await work.find(models.HelpRequest, help_request_id, "request")
    if not rules.AUTHOR.holds(work.viewer, request):
        raise forbidden("Only its author may change a request.")
    return request


async def _open(work: Work, help_request_id: UUID) -> models.HelpRequest:
    request = await _own(work, help_request_id)
    if request.state not in WANTED:
        words = "This request is not open any more."
        raise Refusal(RefusalCode.CONFLICT, words, "help_request_id")
    return request


async def _change(work: Work, request: models.HelpRequest, given: dict[str, Any]) -> None:
    """Give a locked open request other columns; a new skill is told to those who have it."""
    await help_term.check(work, request, given)
    is_new_skill = given.get("skill") not in (None, request.skill)
    request.update_from_dict(given)
    await _check_fit(request)
    await request.save(update_fields=[*given])
    await help_match_change.settle([request])
    if is_new_skill:
        await help_wanted.tell(work, request)


async def _check_fit(request: models.HelpRequest) -> None:
    """As many helpers as there are already may not be too many. Raises `Refusal` CONFLICT."""
    helping = await help_match_change.taken(request)
    if helping > request.people:
        words = f"{helping} neighbours said yes already."
        raise Refusal(RefusalCode.CONFLICT, words, "people")
