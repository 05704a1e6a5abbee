"""Requests for help: read in lists, and old open ones asked about, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from tortoise.expressions import Q
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from models.transaction import transaction
from realtime import outbox
from realtime.hub import Hub
from resolvers import person, personal, skill
from resolvers.context import Context
from resolvers.help_request_post import WANTED
from resolvers.page import Page, Window, page_of, pages_of
from resolvers.paging import After, First
from resolvers.relation import One

State = models.HelpRequestState
Requests = Sequence[models.HelpRequest]
OLD = timedelta(days=14)
AT_ONCE = 200


async def help_requests(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    skill: Annotated[str | None, Doc("Only those for this skill, by its slug.")] = None,
    urgency: Annotated[models.Urgency | None, Doc("Only those as urgent as this.")] = None,
    open: Annotated[bool | None, Doc("Only those that stand, or only those that are over.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.HelpRequest]]:
    """The requests for help in it that the viewer may see, newest first."""
    rows = visible(models.HelpRequest, context.viewer)
    if skill is not None:
        rows = rows.filter(skill=skill)
    if urgency is not None:
        rows = rows.filter(urgency=urgency)
    if open is not None:
        rows = rows.filter(state__in=WANTED) if open else rows.exclude(state__in=WANTED)
    ids = [each.id for each in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.HelpRequest]]:
    """What the person asked of the neighbours, newest first."""
    own = visible(models.HelpRequest, context.viewer).filter(rules.AUTHOR.where(context.viewer))
    page = await page_of(own, Window(first, after))
    return [page for _ in residents]


of_posts = One("What it asks for, if it asks for help.", models.HelpRequest, "id", key="post_id")


posts = One("The post that asks for it.", models.Post, "post_id")


async def skills(requests: Requests, context: Context) -> list[models.Skill | None]:
    """The skill that is asked for, if one is."""
    found = await skill.named(context, {r.skill for r in requests if r.skill is not None})
    return [found.get(r.skill or "") for r in requests]


def state(request: models.HelpRequest) -> models.HelpRequestState:
    """Where it stands; whether it has helpers enough is told to its author alone, by `ownState`."""
    return State.OPEN if request.state is State.MATCHED else request.state


def own_state(request: models.HelpRequest) -> models.HelpRequestState:
    """Where it stands, MATCHED included."""
    return request.state


async def ask_due(hub: Hub, now: datetime) -> int:
    """Ask authors, once, whether a request that was open for long still stands.

    At most `AT_ONCE`; gives how many. Who confirmed it lately is asked later.
    """
    old = now - OLD
    unasked = models.HelpRequest.filter(state=State.OPEN, asked_at=None, created_at__lte=old)
    quiet = unasked.filter(Q(confirmed_at=None) | Q(confirmed_at__lte=old))
    async with transaction():
        due = await quiet.order_by("created_at").limit(AT_ONCE).select_for_update(skip_locked=True)
        await models.HelpRequest.filter(id__in=[each.id for each in due]).update(asked_at=now)
        authors = await person.active_residents_of(each.author_id for each in due)
        kind = models.EventKind.HELP_REQUEST_ASKED
        bells = await outbox.announce_all(
            personal.to_resident(authors[each.author_id], kind, each)
            for each in due
            if each.author_id in authors
        )
    await hub.ring(*bells)
    return len(due)
