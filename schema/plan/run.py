"""Runs a plan: a level at a time, each field for all rows of the level."""

from itertools import compress
from typing import Any

from models import AccessSubject
from resolvers.context import Context
from schema.plan.shape import Selection, Shape, Step, Unplanned
from schema.reading import Opening

Row = dict[str, Any]


class Run:
    """One run for one caller; `given` are the values of the variables.

    What it answers is free of errors: whatever else comes up is raised, as `Unplanned` or as what
    a resolver raised, and is for graphql-core to answer.
    """

    def __init__(self, context: Context, given: Any) -> None:
        self.context = context
        self.given = given

    async def rows(self, selection: Selection, parents: list[Any]) -> list[Row]:
        """The fields that are selected of some objects of one type."""
        written: list[Row] = [{} for _ in parents]
        for step in selection.steps:
            values = await self._values(step, parents)
            completed = await self._completed(step.shape, values)
            for row, value in zip(written, completed, strict=True):
                row[step.key] = value
        return written

    async def _values(self, step: Step, parents: list[Any]) -> list[Any]:
        """What a field is of each object, before it is completed."""
        reading = step.reading
        if isinstance(reading, Opening):
            reading.lock.check(self.context.viewer)
            given = reading.given(step.arguments(self.given))
            return [await reading.resolve(self.context, **given)]
        if reading.only is None:
            values = await self._read(step, parents)
        else:
            viewer = self.context.viewer
            seen = [reading.only.holds(viewer, parent) for parent in parents]
            read = iter(await self._read(step, list(compress(parents, seen))))
            values = [next(read) if may else None for may in seen]
        if reading.recorded is not None:
            self._note(reading.recorded, step.name, parents, values)
        return values

    async def _read(self, step: Step, parents: list[Any]) -> list[Any]:
        reading = step.reading
        assert not isinstance(reading, Opening)
        if reading.off is not None:
            return [reading.off(parent, self.context) for parent in parents]
        if reading.batch is None:
            return [getattr(parent, step.attribute) for parent in parents]
        given = reading.given(step.arguments(self.given))
        return await reading.batch(parents, self.context, **given) if parents else []

    def _note(
        self, subject: AccessSubject, name: str, parents: list[Any], values: list[Any]
    ) -> None:
        """The ledger remembers what an organisation read."""
        for parent, value in zip(parents, values, strict=True):
            if value is not None:
                self.context.ledger.note(self.context.viewer, subject, parent, name)

    async def _completed(self, shape: Shape, values: list[Any]) -> list[Any]:
        """The values as they are answered. Raises `Unplanned` where null may not stand."""
        if shape.is_required and None in values:
            raise Unplanned("null")
        if shape.write is not None:
            write = shape.write
            return [None if value is None else write(value) for value in values]
        if shape.items is not None:
            return await self._lists(shape.items, values)
        return await self._objects(shape, values)

    async def _lists(self, shape: Shape, values: list[Any]) -> list[Any]:
        """All items of all lists at once."""
        items = iter(await self._completed(shape, [item for each in values for item in each or ()]))
        return [None if each is None else [next(items) for _ in each] for each in values]

    async def _objects(self, shape: Shape, values: list[Any]) -> list[Any]:
        """All objects of one type at once, whichever they stand under."""
        assert shape.kind is not None
        written: list[Any] = [None] * len(values)
        places: dict[int, tuple[Selection, list[int]]] = {}
        for place, value in enumerate(values):
            if value is not None:
                selection = shape.kind.of(value)
                places.setdefault(id(selection), (selection, []))[1].append(place)
        for selection, found in places.values():
            rows = await self.rows(selection, [values[place] for place in found])
            for place, row in zip(found, rows, strict=True):
                written[place] = row
        return written
