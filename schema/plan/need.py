"""What is needed of the rows of a level: the columns that its fields read, and no other."""

from typing import Any

from tortoise.models import Model

from resolvers.relation import Many, One
from schema.plan.shape import Selection, Shape, Step
from schema.plan.source import Columns, ManySource, OneSource, RowSource, Source
from schema.reading import Changing, Opening, Reading

# what the ledger reads of a row
RECORDED = {"id", "resident_id", "organisation_id", "neighbourhood_id"}


def source(reading: Reading | Opening | Changing, shape: Shape) -> Source | None:
    """The source of what a field answers, if it is declared; None: its resolver is asked."""
    if isinstance(reading, Opening):
        model = getattr(reading.resolve, "row_of", None)
        return RowSource(_columns(model, [_only(shape)], "id")) if model else None
    batch = reading.batch if isinstance(reading, Reading) else None
    if isinstance(batch, One):
        return OneSource(batch, _of_one(batch, shape))
    many = getattr(batch, "unfiltered", batch)
    if isinstance(many, Many):
        return ManySource(many, _columns(many.model, _items(_only(shape)), "id"))
    return None


def _of_one(relation: One, shape: Shape) -> Columns:
    if relation.value is not None:
        return Columns(relation.model, {relation.key, relation.value})
    return _columns(relation.model, [_only(shape)], relation.key)


def _columns(model: type[Model], selections: list[Selection], key: str) -> Columns:
    """The columns that are read of rows, and the one that they are found by."""
    names = {key}
    for selection in selections:
        for step in selection.steps:
            read = _read(step, model)
            if read is None:
                return Columns(model, None)
            names |= read
    return Columns(model, names)


def _read(step: Step, model: type[Model]) -> set[str] | None:
    """The columns that a field reads; None: who knows which."""
    reading = step.reading
    assert isinstance(reading, Reading)
    own: Any = reading.reads
    if own is None and reading.batch is None and reading.off is None:
        own = {step.attribute} if step.attribute in model._meta.db_fields else None
    if own is None:
        return None
    ruled = reading.only.columns if reading.only is not None else frozenset()
    return {*own, *ruled, *(RECORDED if reading.recorded is not None else ())}


def _only(shape: Shape) -> Selection:
    """The selection of the one type that stands there."""
    assert shape.kind is not None
    [selection] = shape.kind.selections.values()
    return selection


def _items(connection: Selection) -> list[Selection]:
    """The selections of the items of a page."""
    found = []
    for step in connection.steps:
        if step.name == "nodes":
            found.append(_only(_item(step)))
        elif step.name == "edges":
            edge = _only(_item(step))
            found += [_only(each.shape) for each in edge.steps if each.name == "node"]
    return found


def _item(step: Step) -> Shape:
    assert step.shape.items is not None
    return step.shape.items
