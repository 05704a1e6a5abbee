"""Text that no database takes: the character NUL, in variables or in the document itself."""

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, StringValueNode, Visitor, visit

NUL = "\0"


def holds_nul(document: DocumentNode, variables: Mapping[str, Any] | None) -> bool:
    """Whether a string among the variables or in the document holds NUL."""
    return _in_variables(variables) or _in_document(document)


def _in_variables(variables: Mapping[str, Any] | None) -> bool:
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


def _in_document(document: DocumentNode) -> bool:
    """NUL comes into a document only by an escape, so most need not be walked."""
    text = document.loc.source.body if document.loc else ""
    if "\\u" not in text:
        return False
    found = _Strings()
    visit(document, found)
    return found.holds_nul


class _Strings(Visitor):
    """Whether a string in a document holds NUL."""

    def __init__(self) -> None:
        super().__init__()
        self.holds_nul = False

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        """Look into one."""
        self.holds_nul |= NUL in node.value
