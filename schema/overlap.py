"""How often fields of one name meet in one place: validation compares each such pair.

Fragments are spread out for that. A place that was looked at is not looked at again, and counting
stops at the bound, so that it takes no longer than the text is long.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

MOST_STEPS = 40_000

Place = list[SelectionSetNode]


def repeats(document: DocumentNode, bound: int) -> int:
    """The pairs of fields of one name in one place; `bound + 1` for any more."""
    fragments = {
        each.name.value: each.selection_set
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    waiting: list[Place] = [
        [each.selection_set]
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode | OperationDefinitionNode)
    ]
    seen: set[frozenset[int]] = set()
    pairs = steps = 0
    while waiting:
        place = waiting.pop()
        mark = frozenset(map(id, place))
        if mark in seen:
            continue
        seen.add(mark)
        fields, taken = _fields(place, fragments)
        steps += taken
        pairs += sum(len(each) * (len(each) - 1) // 2 for each in fields.values())
        if pairs > bound or steps > MOST_STEPS:
            return bound + 1
        waiting += filter(None, map(_below, fields.values()))
    return pairs


def _fields(
    place: Place, fragments: Mapping[str, SelectionSetNode]
) -> tuple[dict[str, list[FieldNode]], int]:
    """What stands in one place, by the name it is answered under; and how much work that was."""
    found: dict[str, list[FieldNode]] = defaultdict(list)
    spread: set[str] = set()
    waiting, steps = list(place), 0
    while waiting:
        for node in waiting.pop().selections:
            steps += 1
            if isinstance(node, FieldNode):
                found[(node.alias or node.name).value].append(node)
            elif not isinstance(node, FragmentSpreadNode):
                waiting.append(node.selection_set)  # type: ignore[attr-defined]
            elif node.name.value not in spread and node.name.value in fragments:
                spread.add(node.name.value)
                waiting.append(fragments[node.name.value])
    return found, steps


def _below(fields: Sequence[FieldNode]) -> Place:
    return [each.selection_set for each in fields if each.selection_set is not None]
