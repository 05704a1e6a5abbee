"""Runs a plan: a level at a time, each field for all rows of the level."""

from itertools import compress
from typing import Any, cast

from models import AccessSubject
from resolvers.batch import Batch
from resolvers.context import Context
from schema.plan.shape import Selection, Shape, Step, Unplanned
from schema.reading import Opening, Reading

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
            if step.waits:
                values = await self._loaded(step, parents)
            else:
                values = self._read_off(step, parents)
            completed = await self._completed(step.shape, values)
            for row, value in zip(written, completed, strict=True):
                row[step.key] = value
        return written

    async def _loaded(self, step: Step, parents: list[Any]) -> list[Any]:
        """What a door answers, or a batch for all objects that the viewer may read it of."""
        reading = step.reading
        given = reading.given(step.arguments(self.given))
        if isinstance(reading, Opening):
            reading.lock.check(self.context.viewer)
            return [await reading.resolve(self.context, **given)]
        may = self._may(reading, parents)
        asked = parents if may is None else list(compress(parents, may))
        resolve = cast(Batch, reading.batch)
        found = await resolve(asked, self.context, **given) if asked else []
        return self._spread(step, parents, may, found)

    def _read_off(self, step: Step, parents: list[Any]) -> list[Any]:
        """What can be read off each object that the viewer may read it of."""
        reading = cast(Reading, step.reading)
        may = self._may(reading, parents)
        asked = parents if may is None else list(compress(parents, may))
        if reading.off is None:
            found = [getattr(parent, step.attribute) for parent in asked]
        else:
            found = [reading.off(parent, self.context) for parent in asked]
        return self._spread(step, parents, may, found)

    def _may(self, reading: Reading, parents: list[Any]) -> list[bool] | None:
        """Of which objects the viewer may read the field; None: of all."""
        if reading.only is None:
            return None
        viewer = self.context.viewer
        return [reading.only.holds(viewer, parent) for parent in parents]

    def _spread(
        self, step: Step, parents: list[Any], may: list[bool] | None, found: list[Any]
    ) -> list[Any]:
        """The values in their places, null where they may not be read; the others are noted."""
        reading = cast(Reading, step.reading)
        if may is not None:
            read = iter(found)
            found = [next(read) if allowed else None for allowed in may]
        if reading.recorded is not None:
            self._note(reading.recorded, step.name, parents, found)
        return found

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
