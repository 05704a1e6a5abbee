"""What every mutation answers besides its object: typed errors that a client can act upon."""

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode
from schema import telling
from schema.enums import describe

describe(
    RefusalCode,
    "Why something was not done.",
    {
        RefusalCode.NOT_FOUND: "There is no such thing, or none that the viewer may see.",
        RefusalCode.FORBIDDEN: "The thing may be seen, but not changed like this.",
        RefusalCode.INVALID: "What was given cannot be used; `field` names it.",
        RefusalCode.TOO_LONG: "What was given is longer than may be.",
        RefusalCode.CONFLICT: "Something that was done before, or just now, stands in the way.",
        RefusalCode.LOGIN_REFUSED: "The e-mail address and the password do not fit.",
        RefusalCode.REGISTRATION_REFUSED: "The code, or the e-mail address with it, opens nothing.",
        RefusalCode.INVITATION_REFUSED: "The code opens nothing for this viewer.",
        RefusalCode.SESSION_ENDED: "The session is over: sign in again.",
    },
)


@strawberry.type(description="One reason why something was not done.")
class UserError:
    """A refusal as the API tells it."""

    code: RefusalCode = strawberry.field(description="A word to switch on.")
    field: str | None = strawberry.field(description="The input field at fault, if one is.")
    message: str = strawberry.field(description="A sentence for a person.")

    @classmethod
    def of(cls, refusal: Refusal, context: Context) -> "UserError":
        """The refusal in the client's language, with the field named as clients spell it."""
        name = refusal.field and to_camel_case(refusal.field)
        words = telling.sentence(refusal.code, refusal.message, context)
        return cls(code=refusal.code, field=name, message=words)
