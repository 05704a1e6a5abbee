"""The request behind an operation, as far as resolvers and limits need to know it."""

import uuid
from dataclasses import dataclass, field


def new_id() -> str:
    """An id for a request, which its answer and the log both carry."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Caller:
    """One request or socket: its id, the address it came from, and what languages it reads.

    `languages` is the header Accept-Language, `is_trusted` whether the document is one that
    this server was given.
    """

    request_id: str = field(default_factory=new_id)
    address: str = ""
    languages: str = ""
    is_trusted: bool = False
