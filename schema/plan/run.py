"""Runs a plan: a level at a time, each field for all rows of the level."""

from collections.abc import Sequence
from itertools import compress
from typing import Any

from graphql import GraphQLError, located_error

from models import AccessSubject
from resolvers.context import Context
from resolvers.refusal import Refusal
from schema.plan.shape import Selection, Shape, Step, Unplanned
from schema.plan.source import PAGING, ManySource, OneSource, RowSource
from schema.reading import Changing, Opening, Reading

Written = dict[str, Any]


class Run:
    """One run for one caller; `given` are the values of the variables.

    What it answers is free of errors, but for one denial: a door that may be null and is refused.
    Whatever else comes up is raised, as `Unplanned` or as what a resolver raised, and is for
    graphql-core to answer.
    """

    def __init__(self, context: Context, given: Any) -> None:
        self.context = context
        self.given = given
        self.denials: list[GraphQLError] = []

    async def rows(self, selection: Selection, parents: Sequence[Any]) -> list[Written]:
        """The fields that are selected of some objects of one type."""
        columns = [
            await self._completed(step.shape, await self._values(step, parents))
            for step in selection.steps
        ]
        return _written(selection, columns)

    async def told(self, selection: Selection, event: Any) -> list[Written]:
        """The fields that are selected of an event: each root field is the event itself."""
        columns = [await self._completed(step.shape, [event]) for step in selection.steps]
        return _written(selection, columns)

    async def _values(self, step: Step, parents: Sequence[Any]) -> list[Any]:
        """A field of each object: null where the viewer may not read it; the others are noted."""
        reading = step.reading
        if not isinstance(reading, Reading):
            return [await self._entered(step, reading)]
        may = None
        if reading.only is not None:
            may = [reading.only.holds(self.context.viewer, parent) for parent in parents]
        asked = parents if may is None else list(compress(parents, may))
        found = await self._found(step, reading, asked)
        if may is not None:
            read = iter(found)
            found = [next(read) if allowed else None for allowed in may]
        if reading.recorded is not None:
            self._note(reading.recorded, step.name, parents, found)
        return found

    async def _entered(self, step: Step, door: Opening | Changing) -> Any:
        """What a door answers; null for what it denies."""
        try:
            if isinstance(door, Opening):
                return await self._opened(step, door)
            answer = await door.once(self.context, step.key, step.arguments(self.given))
        except (GraphQLError, Refusal) as error:
            if step.shape.is_required or self.denials:
                raise
            self.denials.append(located_error(error, step.nodes, [step.key]))
            return None
        self.context.batches.take_turns()
        return answer

    async def _opened(self, step: Step, door: Opening) -> Any:
        """What a query answers, behind its lock."""
        viewer = self.context.viewer
        door.lock.check(viewer)
        given = door.given(step.arguments(self.given))
        if not isinstance(step.source, RowSource):
            return await door.resolve(self.context, **given)
        return await step.source.fetch(viewer, given["id"] if given else viewer.resident_id)

    async def _found(self, step: Step, reading: Reading, parents: Sequence[Any]) -> list[Any]:
        """A field of objects of which the viewer may read it."""
        if reading.off is not None:
            return [reading.off(parent, self.context) for parent in parents]
        if reading.batch is None:
            name = step.attribute
            return [getattr(parent, name) for parent in parents]
        if not parents:
            return []
        if isinstance(step.source, OneSource):
            return await step.source.fetch(self.context.viewer, parents)
        given = reading.given(step.arguments(self.given))
        if isinstance(step.source, ManySource):
            told = {name: value for name, value in given.items() if value is not None}
            if told.keys() <= PAGING:
                window = step.source.relation.window(**told)
                return list(await step.source.fetch(self.context.viewer, parents, window))
        return await reading.batch(parents, self.context, **given)

    def _note(
        self, subject: AccessSubject, name: str, parents: Sequence[Any], values: list[Any]
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
        """All objects of one type at once, whichever they stand under, and each of them once."""
        assert shape.kind is not None
        kinds: dict[int, tuple[Selection, dict[int, Any]]] = {}
        for value in values:
            if value is not None:
                selection = shape.kind.of(value)
                kinds.setdefault(id(selection), (selection, {}))[1][id(value)] = value
        written: dict[int, Any] = {}
        for selection, found in kinds.values():
            rows = await self.rows(selection, list(found.values()))
            written.update(zip(found, rows, strict=True))
        return [None if value is None else written[id(value)] for value in values]


def _written(selection: Selection, columns: list[list[Any]]) -> list[Written]:
    """The objects, of the values of each of their fields."""
    keys = selection.keys
    return [dict(zip(keys, each, strict=True)) for each in zip(*columns, strict=True)]
