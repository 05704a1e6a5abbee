"""Why a helper is suggested, in the words of the four languages."""

from collections.abc import Sequence
from enum import StrEnum

import models

NL, FR, DE, EN = models.Language


class SuggestionReason(StrEnum):
    """Why a helper fits a request."""

    OFFERS_SKILL = "OFFERS_SKILL"
    OFFERS_KINDRED_SKILL = "OFFERS_KINDRED_SKILL"
    FREE_THEN = "FREE_THEN"
    SAME_STREET = "SAME_STREET"
    SAME_NEIGHBOURHOOD = "SAME_NEIGHBOURHOOD"
    NEXT_NEIGHBOURHOOD = "NEXT_NEIGHBOURHOOD"


WORDS: dict[SuggestionReason, dict[models.Language, str]] = {
    SuggestionReason.OFFERS_SKILL: {
        NL: "Biedt precies deze hulp aan.",
        FR: "Propose exactement cette aide.",
        DE: "Bietet genau diese Hilfe an.",
        EN: "Offers exactly this help.",
    },
    SuggestionReason.OFFERS_KINDRED_SKILL: {
        NL: "Biedt hulp aan die erop lijkt.",
        FR: "Propose une aide semblable.",
        DE: "Bietet ähnliche Hilfe an.",
        EN: "Offers help that is like it.",
    },
    SuggestionReason.FREE_THEN: {
        NL: "Heeft dan tijd.",
        FR: "A du temps à ce moment-là.",
        DE: "Hat dann Zeit.",
        EN: "Has time then.",
    },
    SuggestionReason.SAME_STREET: {
        NL: "Woont in dezelfde straat.",
        FR: "Habite la même rue.",
        DE: "Wohnt in derselben Straße.",
        EN: "Lives in the same street.",
    },
    SuggestionReason.SAME_NEIGHBOURHOOD: {
        NL: "Woont in dezelfde buurt.",
        FR: "Habite le même quartier.",
        DE: "Wohnt im selben Viertel.",
        EN: "Lives in the same neighbourhood.",
    },
    SuggestionReason.NEXT_NEIGHBOURHOOD: {
        NL: "Woont in een aangrenzende buurt.",
        FR: "Habite un quartier voisin.",
        DE: "Wohnt in einem Nachbarviertel.",
        EN: "Lives in an adjacent neighbourhood.",
    },
}


def sentence(reasons: Sequence[SuggestionReason], language: models.Language) -> str:
    """The reasons in words, one sentence each."""
    return " ".join(WORDS[reason][language] for reason in reasons)
