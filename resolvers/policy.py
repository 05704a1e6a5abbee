"""What a server allows of its clients, which the limits of an operation read."""

from dataclasses import dataclass
from enum import StrEnum


class Documents(StrEnum):
    """What is done about documents that this server was not given: nothing, a line, a refusal."""

    OFF = "off"
    WARN = "warn"
    ENFORCE = "enforce"


@dataclass(frozen=True)
class Policy:
    """`introspection`: whether the schema is told; `suggestions`: whether misspelt names are.

    `documents` is about residents and whoever is signed out; a partner writes its own. `plans`:
    whether queries are answered level by level.
    """

    introspection: bool = True
    suggestions: bool = False
    documents: Documents = Documents.OFF
    plans: bool = True
