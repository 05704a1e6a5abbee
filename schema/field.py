"""How the fields of a type are declared: a column of the row, a value made of it, or a batch."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import strawberry
from strawberry.types.arguments import StrawberryArgumentAnnotation
from typing_extensions import Doc

import models
from auth.rules import Rule
from resolvers.batch import Batch
from schema.guards import Only, OnlyExtension, RecordedExtension
from schema.reading import READING, Reading
from schema.scalar import id_reader

PERSONAL = "personal"


Recorded = models.AccessSubject | None


def field(description: str, *, only: Rule | None = None, recorded: Recorded = None) -> Any:
    """A column of the row, by the name of the field.

    `recorded`: when an organisation reads it, the ledger tells the resident so.
    """
    reading = Reading(only=only, recorded=recorded)
    return strawberry.field(description=description, **_guarded(reading))


def made(make: Callable[[Any], Any], *, only: Rule | None = None, recorded: Recorded = None) -> Any:
    """A value that `make(row)` reads off the row itself, without waiting."""

    def resolve(root: Any) -> Any:
        return make(root)

    reads = getattr(make, "reads", None)
    reading = Reading(lambda row, _context: make(row), only=only, recorded=recorded, reads=reads)
    return strawberry.field(resolve, description=sentence(make), **_guarded(reading))


def holds(rule: Rule, description: str) -> Any:
    """Whether a rule, which asks who the viewer is, holds on this row."""

    def resolve(root: Any, info: strawberry.Info) -> bool:
        return rule.holds(info.context.viewer, root)

    reading = Reading(lambda row, context: rule.holds(context.viewer, row), reads=rule.columns)
    return strawberry.field(
        resolve, description=description, **_guarded(reading, personal=rule.personal)
    )


def batch(
    resolve: Batch,
    *,
    only: Rule | None = None,
    personal: bool = False,
    recorded: Recorded = None,
) -> Any:
    """A field that `resolve(all rows of the level, context, **arguments)` answers at once.

    `personal`: the answer depends on who the viewer is, so that it is never shared.
    """

    read_ids = id_reader(resolve)

    def frozen(given: dict[str, Any]) -> dict[str, Any]:
        return {name: _hashable(value) for name, value in read_ids(given).items()}

    def load(root: Any, info: strawberry.Info, **given: Any) -> Awaitable[Any]:
        answer: Awaitable[Any] = info.context.batches.load(resolve, root, frozen(given))
        return answer

    sign(load, resolve, keep=2)
    reads = getattr(resolve, "reads", None)
    reading = Reading(batch=resolve, given=frozen, only=only, recorded=recorded, reads=reads)
    guarded = _guarded(reading, personal=personal)
    return strawberry.field(load, description=sentence(resolve), **guarded)


def sentence(documented: Callable[..., Any]) -> str:
    """What the schema prints: the sentence of a relation, or the first paragraph of a docstring."""
    text = getattr(documented, "sentence", None) or inspect.getdoc(documented)
    assert text, f"{documented} has no docstring for the schema to print"
    return " ".join(text.split("\n\n")[0].split())


def arguments(resolve: Callable[..., Any]) -> list[inspect.Parameter]:
    """The keyword-only parameters of a resolver, as the schema declares them."""
    call = resolve if inspect.isfunction(resolve) else type(resolve).__call__
    hints = get_type_hints(call, include_extras=True)
    return [
        parameter.replace(annotation=described(hints[name]), default=_default(parameter))
        for name, parameter in inspect.signature(resolve).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]


def sign(wrapper: Callable[..., Any], resolve: Callable[..., Any], *, keep: int) -> None:
    """Give `wrapper` the arguments of `resolve` behind its own first `keep` parameters."""
    own = list(inspect.signature(wrapper).parameters.values())[:keep]
    parameters = [*own, *arguments(resolve)]
    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    wrapper.__name__ = getattr(resolve, "__name__", type(resolve).__name__)


def described(hint: Any) -> Any:
    """`Annotated[T, Doc(...)]` as Strawberry spells it."""
    if get_origin(hint) is not Annotated:
        return hint
    kind, *notes = get_args(hint)
    words = next(note.documentation for note in notes if isinstance(note, Doc))
    return Annotated[kind, argument(words)]


def argument(words: str) -> StrawberryArgumentAnnotation:
    """An argument's description."""
    return strawberry.argument(description=words)


def _default(parameter: inspect.Parameter) -> Any:
    """A default of None is not printed: an argument left out is not given on at all."""
    return strawberry.UNSET if parameter.default is None else parameter.default


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _guarded(reading: Reading, *, personal: bool = False) -> dict[str, Any]:
    """What a field is declared with; what is recorded is never shared, for each reader counts."""
    rule, recorded = reading.only, reading.recorded
    metadata = {PERSONAL: personal or recorded is not None, READING: reading}
    declared: dict[str, Any] = {"metadata": metadata}
    extensions: list[Any] = []
    if rule is not None:
        declared["directives"] = [Only(rule=rule.name)]
        metadata[PERSONAL] = metadata[PERSONAL] or rule.personal
        extensions.append(OnlyExtension(rule))
    if recorded is not None:
        extensions.append(RecordedExtension(recorded))
    return {**declared, "extensions": extensions} if extensions else declared
