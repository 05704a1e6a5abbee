"""What every mutation answers besides its object: typed errors that a client can act upon."""

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.refusal import Refusal, RefusalCode

strawberry.enum(RefusalCode, description="Why something was not done.")


@strawberry.type(description="One reason why something was not done.")
class UserError:
    """A refusal as the API tells it."""

    code: RefusalCode = strawberry.field(description="A word to switch on.")
    field: str | None = strawberry.field(description="The input field at fault, if one is.")
    message: str = strawberry.field(description="A sentence for a person.")

    @classmethod
    def of(cls, refusal: Refusal) -> "UserError":
        """The refusal, with the field named as clients spell it."""
        name = refusal.field and to_camel_case(refusal.field)
        return cls(code=refusal.code, field=name, message=refusal.message)
