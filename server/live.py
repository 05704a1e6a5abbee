"""Tells a subscription that was handed over: one answer for all who share, to each under its id."""

import asyncio
from collections import OrderedDict
from contextlib import aclosing
from typing import Any, Protocol

import orjson
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import Operation

from realtime.events import Told
from resolvers.context import Context, Handover
from resolvers.stream import Word, words
from schema import sharing

Making = asyncio.Task[sharing.Answer | None]

REMEMBERED = 512
SECONDS = 1.0


class Socket(Protocol):
    """What takes messages."""

    async def send_text(self, text: str) -> None:
        """Send one. Raises `WebSocketDisconnected`."""


class Sharing:
    """The answers of the last second, each made by the first who asked for it. One a process."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[Any, ...], Making] = OrderedDict()

    async def answer(self, following: sharing.Following, word: Word) -> sharing.Answer | None:
        """The answer to one word of the stream; None when there is nothing to tell.

        After a second it is made anew: what a viewer may see is looked up when it is told.
        """
        shared, viewer = following.key, following.context.viewer
        if shared is None:
            following.context.batches.forget()
            return await sharing.answer(following, following.context, word)
        moment = int(asyncio.get_running_loop().time() / SECONDS)
        key = (*shared, word.id if isinstance(word, Told) else word, moment)
        made = self._answers.get(key)
        if made is None:
            made = self._answers[key] = asyncio.create_task(
                sharing.answer_for_all(following, viewer, word)
            )
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return await asyncio.shield(made)


async def tell(
    socket: Socket,
    operation: Operation[Context, None],
    handover: Handover,
    shared: Sharing,
) -> None:
    """Go on where the operation left off, until its viewer may not follow any more."""
    context, source = handover.context, handover.source
    assert context is not None
    assert source is not None
    following = sharing.following(
        operation.query, operation.operation_name, operation.variables, context, source
    )
    head = f'{{"id":{orjson.dumps(operation.id).decode()},"type":"next","payload":'
    async with aclosing(words(context, source, handover.spot)) as heard:
        async for word in heard:
            answer = await shared.answer(following, word)
            if answer is not None:
                payload = answer.to(context.hub.cursors, context.viewer.holder_id)
                await socket.send_text(f"{head}{payload.decode()}}}")
