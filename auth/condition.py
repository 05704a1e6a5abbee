"""Reads a Tortoise `Q` over a row in memory, with the three-valued logic of SQL.

A rule may use exact, `in`, `isnull`, comparisons, and `overlap` of an array, over the row's own
columns, nothing else: an
empty `Q` would filter nothing and `x=None` would mean IS NULL, so both are refused.
"""

import operator
from collections.abc import Callable, Iterator
from typing import Any

from tortoise.expressions import Q

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def matches(condition: Q, row: object) -> bool:
    """Whether PostgreSQL would keep `row` under `where condition`: NULL keeps nothing.

    Raises `ValueError` for a condition that a rule may not use.
    """
    return _value(condition, row) is True


def columns(condition: Q) -> Iterator[str]:
    """The columns a condition names."""
    for child in condition.children:
        yield from columns(child)
    for lookup in condition.filters:
        yield lookup.partition("__")[0]


def _value(condition: Q, row: object) -> bool | None:
    parts: list[bool | None] = [_value(child, row) for child in condition.children]
    parts += [_look_up(lookup, value, row) for lookup, value in condition.filters.items()]
    if not parts:
        raise ValueError("a rule may not use an empty condition: it filters nothing")
    answer = _all(parts) if condition.join_type == Q.AND else _any(parts)
    if not condition._is_negated:
        return answer
    return None if answer is None else not answer


def _look_up(lookup: str, value: Any, row: object) -> bool | None:
    column, _, kind = lookup.partition("__")
    if kind == "in":
        return _is_in(row, column, value)
    stored = getattr(row, column)
    if kind == "overlap":
        return None if stored is None else not set(stored).isdisjoint(value)
    if kind == "isnull":
        return (stored is None) is value
    if kind not in COMPARISONS:
        raise ValueError(f"a rule may not use the look-up {lookup!r}")
    if value is None:
        raise ValueError(f"{lookup}=None would mean IS NULL; a rule says isnull")
    return None if stored is None else COMPARISONS[kind](stored, value)


def _is_in(row: object, column: str, values: Any) -> bool | None:
    if not values:
        return False
    stored = getattr(row, column)
    return None if stored is None else stored in values


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False
