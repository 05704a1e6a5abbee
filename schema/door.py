"""How the doors of the API are declared: a lock first, then what stands behind it."""

import inspect
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any, get_args
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_camel_case
from tortoise.models import Model

from auth.visibility import visible
from resolvers.context import Context
from resolvers.rate import Act
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Once, perform
from schema import rate
from schema.field import PERSONAL, argument, arguments, sentence, sign
from schema.guards import Lock
from schema.payload import UserError
from schema.reading import READING, Opening
from schema.scalar import id_reader

KEY_LONGEST = 64
KEY_WORDS = (
    "A key of your choice, at most 64 characters: repeated with the same input, "
    "it gives the first answer and changes nothing more."
)


def door(resolve: Callable[..., Any], *, lock: Lock) -> Any:
    """A query: `resolve(context, **arguments)` behind its lock."""

    read_ids = id_reader(resolve)

    async def enter(info: strawberry.Info, **given: Any) -> Any:
        lock.check(info.context.viewer)
        return await resolve(info.context, **read_ids(given))

    sign(enter, resolve, keep=1)
    return strawberry.field(
        enter,
        description=sentence(resolve),
        directives=[lock.directive],
        metadata={READING: Opening(resolve, lock, read_ids)},
    )


def live(
    resolve: Callable[..., AsyncGenerator[Any, None]], *, lock: Lock, personal: bool = False
) -> Any:
    """A subscription: what `resolve(context, **arguments)` yields, behind its lock.

    `personal`: the stream is of one person, so that no answer of it is shared.
    """

    read_ids = id_reader(resolve)

    async def follow(info: strawberry.Info, **given: Any) -> AsyncGenerator[Any, None]:
        lock.check(info.context.viewer)
        async with aclosing(resolve(info.context, **read_ids(given))) as source:
            async for happening in source:
                yield happening

    sign(follow, resolve, keep=1)
    return strawberry.subscription(
        follow,
        description=sentence(resolve),
        directives=[lock.directive],
        metadata={PERSONAL: personal},
    )


@dataclass(frozen=True)
class Answer:
    """What a payload carries: a field, its type, and the models a repeated key finds it in."""

    name: str
    type: Any
    models: tuple[type[Model], ...] = ()

    async def again(self, context: Context, id: UUID) -> Any:
        """The object that the first use of a key answered, as the viewer sees it now."""
        if not self.models:
            return id
        for model in self.models:
            if row := await visible(model, context.viewer).get_or_none(id=id):
                return row
        return None

    def value(self, answer: Any) -> Any:
        """The object, or its id where the object is gone."""
        return answer if self.models or not isinstance(answer, Model) else answer.pk


def change(
    verb: Callable[..., Any], *, lock: Lock, answers: Answer, attempt: Act | None = None
) -> Any:
    """A mutation: `verb(work, **input)` in one transaction, repeatable by a key.

    `attempt`: it is a try at a secret, each of which counts.
    """
    door_name = verb.__name__

    async def run(context: Context, given: dict[str, Any], key: str | None) -> Any:
        if key is not None and not (0 < len(key) <= KEY_LONGEST and key.isprintable()):
            words = f"A key has 1 to {KEY_LONGEST} characters that can be printed."
            raise Refusal(RefusalCode.INVALID, words, "client_mutation_key")
        once = None if key is None else Once(key, door_name, given)
        answer = await perform(context, verb, given, once)
        return await answers.again(context, answer) if isinstance(answer, UUID) else answer

    return _mutation(verb, run, lock, answers, attempt, keyed=True)


def exchange(
    resolve: Callable[..., Any], *, lock: Lock, answers: Answer, attempt: Act | None = None
) -> Any:
    """A mutation about a secret: `resolve(context, **input)`, never repeatable.

    `attempt`: it is a try at one, each of which counts.
    """

    async def run(context: Context, given: dict[str, Any], _key: str | None) -> Any:
        return await resolve(context, **given)

    return _mutation(resolve, run, lock, answers, attempt, keyed=False)


def _mutation(
    documented: Callable[..., Any],
    run: Callable[..., Any],
    lock: Lock,
    answers: Answer,
    attempt: Act | None,
    *,
    keyed: bool,
) -> Any:
    name = "".join(part.title() for part in documented.__name__.split("_"))
    payload = _payload(name, answers)
    form = _input(f"{name}Input", documented, keyed)
    read_ids = id_reader(documented)

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        lock.check(info.context.viewer)
        if attempt is not None:
            await rate.count(info.context, attempt)
        given = {k: v for k, v in vars(input).items() if v is not strawberry.UNSET}
        key = given.pop("client_mutation_key", None)
        try:
            answer = await run(info.context, read_ids(given), key)
        except Refusal as refusal:
            return payload(errors=[UserError.of(refusal, info.context)])
        return payload(**{answers.name: answers.value(answer)})

    resolve.__annotations__["input"] = Annotated[form, argument("What it is given.")]
    return strawberry.mutation(
        resolve,
        description=sentence(documented),
        directives=[lock.directive],
        graphql_type=payload,
    )


def _payload(name: str, answers: Answer) -> Any:
    outcome = strawberry.field(description="What came of it; null if it was refused.", default=None)
    refusals = strawberry.field(description="Why it was refused, if it was.", default_factory=list)
    body = {
        "__doc__": f"What the mutation {name} answers.",
        "__module__": __name__,
        "__annotations__": {answers.name: answers.type | None, "errors": list[UserError]},
        answers.name: outcome,
        "errors": refusals,
    }
    words = "What came of it: an object, or the reasons why not."
    return strawberry.type(type(f"{name}Payload", (), body), description=words)


def _input(name: str, documented: Callable[..., Any], keyed: bool) -> Any:
    kinds: dict[str, Any] = {}
    body = {"__module__": __name__, "__annotations__": kinds}
    for given in arguments(documented):
        kind, note = get_args(given.annotation)
        kinds[given.name] = kind
        body[given.name] = _given(note.description, given.default)
    if keyed:
        kinds["client_mutation_key"] = str | None
        body["client_mutation_key"] = _given(KEY_WORDS, strawberry.UNSET)
    words = f"What `{to_camel_case(documented.__name__)}` is given."
    return strawberry.input(type(name, (), body), description=words)


def _given(words: str, default: Any) -> Any:
    """One input field; a parameter without default is required."""
    if default is inspect.Parameter.empty:
        return strawberry.field(description=words)
    return strawberry.field(description=words, default=default)
