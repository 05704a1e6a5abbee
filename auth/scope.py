"""What a credential opens: one word a door asks for, one sentence each."""

from enum import StrEnum


class Scope(StrEnum):
    """The scopes that doors ask for; a partner's token carries some, a resident's session one."""

    RESIDENT = "resident"

    @property
    def sentence(self) -> str:
        """What holding the scope allows, in a sentence."""
        return SENTENCES[self]


SENTENCES = {
    Scope.RESIDENT: "Held by a resident's own session, never by a partner's token.",
}
