"""The answer to an event, and for whom it may be the same.

Those share who follow the same stream with the same document and variables, live in the same places
in the same roles, have to do with the same blocks, and select no field that asks who the viewer is.
What a block hides or leaves out of a count reads `Viewer.blocked`, and is not personal for that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    is_abstract_type,
    parse,
    visit,
)
from strawberry.types.field import StrawberryField

from auth.viewer import Viewer
from models.wall import reading
from realtime.cursor import Cursors
from resolvers.context import EACH_ONES_OWN, Context
from resolvers.stream import Source, Word, place
from schema import telling
from schema.execution import api, record
from schema.executor import FreshExecutor
from schema.field import PERSONAL


@dataclass(frozen=True)
class Prepared:
    """A valid subscription document: whether its answers may be shared, and what they depend on."""

    document: DocumentNode
    is_shared: bool
    variables: frozenset[str]


@dataclass(frozen=True)
class Following:
    """One subscription: what to answer with, and for whom; `asked` is what sharers ask alike."""

    prepared: Prepared
    operation_name: str | None
    variables: Mapping[str, Any]
    source: Source
    context: Context
    asked: tuple[Any, ...]

    @property
    def key(self) -> tuple[Any, ...] | None:
        """With whom it shares at this moment (None: nobody): the viewer may move or change role."""
        if not self.prepared.is_shared:
            return None
        viewer = self.context.viewer
        return (*self.asked, viewer.places, viewer.scopes, viewer.blocked)


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of an answer, in pieces: between them each who gets it has a cursor of its own."""

    pieces: Sequence[bytes]
    sealed: bytes

    @property
    def size(self) -> int:
        """Its bytes, about."""
        return sum(map(len, self.pieces))

    def to(self, cursors: Cursors, owner: bytes) -> bytes:
        """As one viewer gets it, who is the `owner` of the cursors in it."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        return cursors.sign(self.sealed, owner).join(self.pieces)


def following(
    text: str,
    operation_name: str | None,
    variables: Mapping[str, Any] | None,
    context: Context,
    source: Source,
) -> Following:
    """How to go on with a valid subscription after it was handed over."""
    prepared = prepare(text)
    given = {k: v for k, v in (variables or {}).items() if k in prepared.variables}
    ordered = orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
    asked = _asked(text, operation_name, ordered, source.id)
    return Following(prepared, operation_name, dict(variables or {}), source, context, asked)


@lru_cache(1024)
def _asked(*asked: Any) -> tuple[Any, ...]:
    """The same for all who ask the same, that thousands may hold it."""
    return asked


@lru_cache(256)
def prepare(text: str) -> Prepared:
    """Read a document: is any field personal, and which variables stand below the root field."""
    document = parse(text)
    types = TypeInfo(api._schema)
    seen = _Seen(types)
    visit(document, TypeInfoVisitor(types, seen))
    variables: set[str] = set()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for root in definition.selection_set.selections:
                if isinstance(root, FieldNode) and root.selection_set:
                    variables |= _variables(root.selection_set)
        elif isinstance(definition, FragmentDefinitionNode):
            variables |= _variables(definition)
    return Prepared(document, not seen.personal, frozenset(variables))


async def answer(following: Following, context: Context, word: Word) -> Answer | None:
    """Look the word's row up and run the selection on it, for the viewer of `context`."""
    async with reading():
        told = await following.source.tell(context, word)
        if told is None:
            return None
        executor: Any = FreshExecutor.build(
            api._schema,
            following.prepared.document,
            context_value=context,
            raw_variable_values=dict(following.variables),
            operation_name=following.operation_name,
        )
        result = executor.build_per_event_executor(told).execute_operation(False)
        done = result if isinstance(result, ExecutionResult) else await result
    await context.ledger.write_event(context.hub)
    sealed = context.hub.cursors.seal(place(word), following.source.id)
    return Answer(encode(done, context).split(EACH_ONES_OWN.encode()), sealed)


async def answer_for_all(following: Following, viewer: Viewer, word: Word) -> Answer | None:
    """The answer for anybody of the class: nobody in person, so nothing personal slips in."""
    hub = following.context.hub
    return await answer(following, Context(hub, viewer=viewer.nameless(), is_shared=True), word)


def encode(result: ExecutionResult, context: Context) -> bytes:
    """The result as JSON, with what went wrong inside logged and hidden."""
    payload: dict[str, Any] = {"data": result.data}
    if result.errors:
        record(result.errors, context.caller)
        told = telling.tell(result.errors, context, context.caller)
        payload["errors"] = [error.formatted for error in told]
    return orjson.dumps(payload)


class _Seen(Visitor):
    """Whether a document selects a field that asks who the viewer is."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.personal = False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Look the field's declaration up, on every type that may stand there."""
        parent = self.types.get_parent_type()
        kinds = api._schema.get_possible_types(parent) if is_abstract_type(parent) else [parent]
        self.personal |= any(_is_personal(kind, node.name.value) for kind in kinds)


def _is_personal(kind: Any, name: str) -> bool:
    definition = getattr(kind, "fields", {}).get(name)
    declared = definition and definition.extensions.get("strawberry-definition")
    return isinstance(declared, StrawberryField) and bool(declared.metadata.get(PERSONAL))


class _Variables(Visitor):
    """The names of the variables below a node."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note a name."""
        self.names.add(node.name.value)


def _variables(node: Any) -> set[str]:
    found = _Variables()
    visit(node, found)
    return found.names
