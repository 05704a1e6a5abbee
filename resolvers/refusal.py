"""The typed refusals that a client can act upon."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Why something was not done; one word a client may switch on."""

    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    INVALID = "INVALID"
    TOO_LONG = "TOO_LONG"
    CONFLICT = "CONFLICT"
    LOGIN_REFUSED = "LOGIN_REFUSED"
    REGISTRATION_REFUSED = "REGISTRATION_REFUSED"
    INVITATION_REFUSED = "INVITATION_REFUSED"
    SESSION_ENDED = "SESSION_ENDED"


class Refusal(Exception):
    """Nothing was changed. `field` names the argument at fault, as resolvers spell it."""

    def __init__(self, code: RefusalCode, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.extensions = {"code": code.value}


def not_found(what: str) -> Refusal:
    """The one answer for what is hidden, what is gone and what never was."""
    return Refusal(RefusalCode.NOT_FOUND, f"There is no such {what}.")


def forbidden(message: str) -> Refusal:
    """The thing may be seen, but not changed like this."""
    return Refusal(RefusalCode.FORBIDDEN, message)
