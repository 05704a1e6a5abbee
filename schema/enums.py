"""The enums of the models, marked in place, with a sentence for each value."""

from enum import StrEnum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

import models


def describe(enum: type[StrEnum], description: str, values: dict[StrEnum, str]) -> None:
    """Mark `enum` for the schema. Raises `KeyError` for a value without a sentence."""
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[enum(value.value)]


Kind = models.PostKind
describe(
    Kind,
    "What a post is about.",
    {
        Kind.MESSAGE: "Anything worth telling the neighbours.",
        Kind.HELP_REQUEST: "Somebody needs a hand.",
        Kind.CLASSIFIED: "Something to give, lend, swap, sell or find.",
        Kind.IDEA: "A thought about the neighbourhood.",
        Kind.ALERT: "Something neighbours should know at once.",
        Kind.EVENT: "Something that happens at a time and a place.",
        Kind.POLL: "A question to the neighbours.",
        Kind.INTRODUCTION: "A new neighbour says hello.",
        Kind.ANNOUNCEMENT: "Word from an organisation; residents do not write these.",
    },
)
describe(
    models.Audience,
    "Who may read a post and all that is written under it.",
    {
        models.Audience.NEIGHBOURHOOD: (
            "Members of the neighbourhood and the professionals assigned to it."
        ),
        models.Audience.NEIGHBOURS_NEARBY: (
            "Also members of adjacent neighbourhoods; they read your name, not your street."
        ),
        models.Audience.NEIGHBOURS_ONLY: "Members of the neighbourhood, no professionals.",
    },
)
describe(
    models.ReactionKind,
    "A sympathetic expression; there are no others.",
    {
        models.ReactionKind.THANKS: "Thank you.",
        models.ReactionKind.LIKE: "I like this.",
        models.ReactionKind.CARE: "I feel with you.",
        models.ReactionKind.CLAP: "Well done.",
        models.ReactionKind.SAD: "This saddens me.",
    },
)
describe(
    models.MembershipRole,
    "What a member does in the neighbourhood.",
    {
        models.MembershipRole.RESIDENT: "Lives there.",
        models.MembershipRole.MODERATOR: "Lives there, and looks after the house rules.",
        models.MembershipRole.NEIGHBOURHOOD_WORKER: "A professional assigned to it.",
    },
)
describe(
    models.MembershipState,
    "Where a membership stands.",
    {
        models.MembershipState.PENDING: "Waiting to be verified.",
        models.MembershipState.ACTIVE: "Verified and living there.",
        models.MembershipState.ENDED: "Moved out; what was written stays.",
    },
)
describe(
    models.Verification,
    "How it was made sure that a member belongs there.",
    {
        models.Verification.LETTER: "By the code of a paper letter.",
        models.Verification.HOUSEHOLD: "By the invitation of a housemate.",
        models.Verification.STAFF: "By the organisation that sends the professional.",
    },
)
describe(
    models.InvitationKind,
    "How an invitation reached the household.",
    {
        models.InvitationKind.LETTER: "A paper letter.",
        models.InvitationKind.HOUSEHOLD: "A housemate's code.",
    },
)
describe(
    models.Language,
    "A language the platform speaks.",
    {
        models.Language.NL: "Dutch.",
        models.Language.FR: "French.",
        models.Language.DE: "German.",
        models.Language.EN: "English.",
    },
)
