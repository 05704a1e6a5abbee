"""The suggestion: a helper who would fit a request, and why."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import resolvers.suggestion
from resolvers.suggestion_word import SuggestionReason
from schema.enums import describe
from schema.field import batch, field
from schema.skill import Skill

if TYPE_CHECKING:
    from schema.membership import Membership

describe(
    SuggestionReason,
    "Why a helper fits a request.",
    {
        SuggestionReason.OFFERS_SKILL: "Offers the very skill that is asked for.",
        SuggestionReason.OFFERS_KINDRED_SKILL: "Offers a skill of the same group.",
        SuggestionReason.FREE_THEN: "Said to have time in that part of the week.",
        SuggestionReason.SAME_STREET: "Lives in the street of whoever asks.",
        SuggestionReason.SAME_NEIGHBOURHOOD: "Lives in the neighbourhood of whoever asks.",
        SuggestionReason.NEXT_NEIGHBOURHOOD: "Lives in an adjacent one, and goes that far.",
    },
)


@strawberry.type(description="A neighbour who would fit a request, and who is not told of it.")
class Suggestion:
    """Read off `resolvers.suggestion.Suggestion`."""

    helper_id: UUID = field("The membership by which the helper is asked.")
    helper: Annotated["Membership", strawberry.lazy("schema.membership")] | None = batch(
        resolvers.suggestion.profiles
    )
    display_name: str = field("The name neighbours read.")
    street: str | None = field("The street; null for a helper next door.")
    skill: Skill | None = batch(resolvers.suggestion.skills)
    reasons: list[SuggestionReason] = field("Why, each in a word to switch on.")
    sentence: str = field("Why, in the language of the viewer.")
