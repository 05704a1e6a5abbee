"""The fourth reading of a rule: as SQL for any viewer, which row-level security asks of each row.

The rule is given a stand-in for the viewer (`auth.stand_in`). What it takes from that is no value
but SQL that says where a value is found while a statement runs.
"""

from collections.abc import Sequence
from typing import Any, cast

from tortoise.expressions import Q

from auth.condition import COMPARISONS
from auth.rules import Rule
from auth.stand_in import Given, OfficeStandIn, Place, StandIn, literal, setting
from auth.viewer import Viewer

ROW = "{row}"
SIGNS = {"": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def sql(rule: Rule, table: str, place: Place = setting) -> str:
    """The rule as a condition over the rows of a table. Raises `ValueError` if it has none."""
    return written(rule.where(cast(Viewer, StandIn(place))), table)


def written(condition: Q, table: str) -> str:
    """A condition over the columns of a table as SQL. Raises `ValueError` for what has none."""
    return _written(condition).replace(ROW, f'"{table}"')


Part = Q | tuple[str, Any]


def _written(part: Part) -> str:
    """A part of a condition, in which each office that it asks about is looked for."""
    of = _offices_of(part)
    if not of:
        return _plain(part)
    if not isinstance(part, Q):
        return _leaf_of_offices(*part)
    if part._is_negated:
        raise ValueError("a rule may not deny what an office has")
    if part.join_type == Q.OR:
        return _joined(" or ", [_written(each) for each in _parts(part)])
    together: dict[frozenset[OfficeStandIn], list[Part]] = {}
    for each in _parts(part):
        together.setdefault(_offices_of(each), []).append(each)
    return _joined(" and ", [_one_group(*group) for group in together.items()])


def _one_group(of: frozenset[OfficeStandIn], parts: list[Part]) -> str:
    """Parts that ask the same of an office are asked of the same one."""
    if len(parts) == 1 or len(of) != 1:
        return _joined(" and ", [_written(each) for each in parts])
    return _exists(next(iter(of)), _joined(" and ", [_plain(each) for each in parts]))


def _exists(office: OfficeStandIn, condition: str) -> str:
    return f"exists (select from {office.records} where {office.condition} and {condition})"


def _leaf_of_offices(lookup: str, value: Any) -> str:
    """A look-up with what one office has, or with what several have: then one of them will do."""
    values = [value] if isinstance(value, Given) else value
    found = [_exists(cast(OfficeStandIn, each.of), _look_up(lookup, each)) for each in values]
    return _joined(" or ", found)


def _plain(part: Part) -> str:
    """A part of a condition as it stands."""
    if not isinstance(part, Q):
        return _look_up(*part)
    parts = [_plain(each) for each in _parts(part)]
    if not parts:
        raise ValueError("a rule may not use an empty condition: it filters nothing")
    joined = _joined(" and " if part.join_type == Q.AND else " or ", parts)
    return f"not {joined}" if part._is_negated else joined


def _look_up(lookup: str, value: Any) -> str:
    """One look-up; those that `auth.condition` knows, and no others."""
    name, _, kind = lookup.partition("__")
    column = f"{ROW}.{name}"
    if kind == "isnull":
        return f"({column} is {'null' if value else 'not null'})"
    if kind in {"in", "overlap"}:
        return _among(column, kind, value)
    if kind not in COMPARISONS or value is None:
        raise ValueError(f"a rule may not use {lookup} of {value!r}")
    return f"({column} {SIGNS[kind]} {literal(value)})"


def _among(column: str, kind: str, value: Any) -> str:
    values = [value] if isinstance(value, Given) else list(value)
    if not values:
        return "false"
    if not any(isinstance(each, Given) for each in values) and kind == "in":
        return f"({column} in ({', '.join(map(literal, values))}))"
    [each] = values
    if kind == "overlap":
        return f"({column} && {each.sql})"
    return f"({column} = any ({each.sql}))" if each.is_set else f"({column} = {each.sql})"


def _parts(condition: Q) -> list[Part]:
    return [*condition.children, *condition.filters.items()]


def _offices_of(part: Part) -> frozenset[OfficeStandIn]:
    """The offices whose values stand anywhere in a part."""
    if isinstance(part, Q):
        return frozenset().union(*map(_offices_of, _parts(part)))
    value = part[1]
    values = value if isinstance(value, list | tuple) else [value]
    return frozenset(each.of for each in values if isinstance(each, Given) and each.of)


def _joined(word: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
