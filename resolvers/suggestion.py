"""Suggestions: helpers who would fit a request, offered to whoever asked; nobody hears of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from resolvers import help_candidate, skill, suggestion_word
from resolvers.context import Context
from resolvers.help_candidate import Candidate
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import One
from resolvers.suggestion_word import SuggestionReason

Reason = SuggestionReason
MOST = 20
NEAR = (Reason.NEXT_NEIGHBOURHOOD, Reason.SAME_NEIGHBOURHOOD, Reason.SAME_STREET)
FREE = 2


@dataclass(frozen=True)
class Suggestion:
    """A helper for a request, by the name neighbours read, and why."""

    helper_id: UUID
    display_name: str
    street: str | None
    skill: str | None
    reasons: list[Reason]
    sentence: str


async def suggestions(
    requests: Sequence[models.HelpRequest],
    context: Context,
    *,
    first: Annotated[int, Doc("How many, 20 at most.")] = MOST,
) -> list[list[Suggestion]]:
    """Helpers who would fit, the best first: by skill, time and distance, and each in turn.

    Its author is shown them, and the professional assigned there. Nobody is told.
    """
    if not 0 <= first <= MOST:
        raise Refusal(RefusalCode.INVALID, f"Ask for 0 to {MOST} at a time.", "first")
    found: dict[UUID, list[Suggestion]] = defaultdict(list)
    for each in await help_candidate.suggested(requests, context.viewer, first):
        found[each.request_id].append(_suggestion(each))
    return [found[request.id] for request in requests]


profiles = One(
    "The profile of the helper; null for one next door whose profile is not shown.",
    models.Membership,
    "helper_id",
)


async def skills(rows: Sequence[Suggestion], context: Context) -> list[models.Skill | None]:
    """What the helper offers of it: the skill that is asked for, or one that is like it."""
    found = await skill.named(context, {row.skill for row in rows if row.skill is not None})
    return [found.get(row.skill or "") for row in rows]


def _suggestion(candidate: Candidate) -> Suggestion:
    reasons = _reasons(candidate)
    language = models.Language(candidate.language or models.Language.NL)
    return Suggestion(
        helper_id=candidate.membership_id,
        display_name=candidate.display_name,
        street=candidate.street,
        skill=candidate.skill,
        reasons=reasons,
        sentence=suggestion_word.sentence(reasons, language),
    )


def _reasons(candidate: Candidate) -> list[Reason]:
    reasons = []
    if candidate.skill is not None:
        reasons.append(Reason.OFFERS_SKILL if candidate.is_skilled else Reason.OFFERS_KINDRED_SKILL)
    if candidate.freedom == FREE:
        reasons.append(Reason.FREE_THEN)
    return [*reasons, NEAR[candidate.nearness]]
