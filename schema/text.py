"""Text that nobody takes: the character NUL, which no database stores, and numbers without end."""

import re
from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, IntValueNode, StringValueNode, Visitor, visit

NUL = "\0"
# Python itself refuses to read numbers of more than 4,300
DIGITS = 100
SUSPECT = re.compile(rf"\\u|\d{{{DIGITS}}}")


def fault(document: DocumentNode, variables: Mapping[str, Any] | None) -> str | None:
    """What cannot be taken of a document and its variables, in a sentence; None: all of it can."""
    text = document.loc.source.body if document.loc else ""
    found = _Values()
    if SUSPECT.search(text):
        visit(document, found)
    if found.holds_nul or holds_nul(variables):
        return "No text holds the character NUL."
    return f"No number has more than {DIGITS} digits." if found.is_endless else None


def holds_nul(variables: Mapping[str, Any] | None) -> bool:
    """Whether NUL stands anywhere in the values of variables, or in their names."""
    waiting: list[Any] = [variables]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and NUL in each:
            return True
        if isinstance(each, Mapping):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False


class _Values(Visitor):
    """Whether a string in a document holds NUL, which it does by an escape; or a number no end."""

    def __init__(self) -> None:
        super().__init__()
        self.holds_nul = self.is_endless = False

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        """Look into one."""
        self.holds_nul |= NUL in node.value

    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        """Measure one."""
        self.is_endless |= len(node.value) > DIGITS
