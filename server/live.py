"""Tells a subscription that was handed over: what it is behind, alone; then its group does."""

import asyncio
from collections import OrderedDict
from contextlib import aclosing
from typing import Any

from realtime.events import Told
from resolvers.stream import Word, place, words
from schema import sharing
from server.group import Groups
from server.subscriber import Subscriber

Making = asyncio.Task[sharing.Answer | None]

REMEMBERED = 512
SECONDS = 1.0


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
        if made is None or _has_failed(made):
            made = self._answers[key] = asyncio.create_task(
                sharing.answer_for_all(following, viewer, word)
            )
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return await asyncio.shield(made)


def _has_failed(made: Making) -> bool:
    return made.done() and (made.cancelled() or made.exception() is not None)


async def tell(subscriber: Subscriber, groups: Groups, shared: Sharing) -> bool:
    """Tell it alone what it is behind, until its group takes it (then True).

    False when its viewer may not follow any more. Raises what the looking up of an event raises.
    """
    following = subscriber.following
    while not await groups.takes(subscriber):
        async with aclosing(words(following.context, following.source, subscriber.spot)) as heard:
            async for word in heard:
                answer = await shared.answer(following, word)
                await subscriber.holder.wire.drain()
                subscriber.spot = place(word)
                if answer is not None:
                    subscriber.tell(answer, subscriber.spot)
                if await groups.takes(subscriber):
                    return True
        return False
    return True
