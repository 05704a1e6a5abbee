"""How the doors of the API are declared: a lock first, then what stands behind it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import strawberry
from tortoise.models import Model

from auth.visibility import visible
from resolvers.context import Context
from resolvers.rate import Act
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Once, perform
from schema import rate
from schema.field import PERSONAL, argument, sentence, sign
from schema.form import input_type, named, payload_type
from schema.guards import Lock
from schema.payload import UserError
from schema.reading import READING, Changing, Opening
from schema.scalar import id_reader

KEY_LONGEST = 64


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
    payload = payload_type(named(documented), answers.name, answers.type)
    read_ids = id_reader(documented)

    async def enter(context: Context, input: Any) -> Any:
        lock.check(context.viewer)
        if attempt is not None:
            await rate.count(context, attempt)
        given = {k: v for k, v in vars(input).items() if v is not strawberry.UNSET}
        key = given.pop("client_mutation_key", None)
        try:
            answer = await run(context, read_ids(given), key)
        except Refusal as refusal:
            return payload(errors=[UserError.of(refusal, context)])
        return payload(**{answers.name: answers.value(answer)})

    return _declared(documented, Changing(enter), lock, payload, keyed=keyed)


def _declared(
    documented: Callable[..., Any], changing: Changing, lock: Lock, payload: Any, *, keyed: bool
) -> Any:
    """The mutation as Strawberry has it."""
    form = input_type(f"{named(documented)}Input", documented, keyed=keyed)

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        return await changing.once(info.context, str(info.path.key), {"input": input})

    resolve.__annotations__["input"] = Annotated[form, argument("What it is given.")]
    return strawberry.mutation(
        resolve,
        description=sentence(documented),
        directives=[lock.directive],
        graphql_type=payload,
        metadata={READING: changing},
    )
