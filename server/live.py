"""Tells a subscription that was handed over: one answer for all who share, to each under its id."""

from contextlib import aclosing
from typing import Protocol

import orjson
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import Operation

import resolvers.feed_event
from resolvers.context import Context, Handover
from schema import sharing


class Socket(Protocol):
    """What takes messages."""

    async def send_text(self, text: str) -> None:
        """Send one. Raises `WebSocketDisconnected`."""


async def tell(
    socket: Socket,
    operation: Operation[Context, None],
    handover: Handover,
    shared: sharing.Sharing,
) -> None:
    """Go on where the operation left off, until its viewer may not follow any more."""
    context, stream_id = handover.context, handover.stream_id
    assert context is not None
    assert stream_id is not None
    following = sharing.following(
        operation.query, operation.operation_name, operation.variables, context, stream_id
    )
    head = f'{{"id":{orjson.dumps(operation.id).decode()},"type":"next","payload":'
    words = resolvers.feed_event.follow(context, stream_id, handover.sequence)
    async with aclosing(words):
        async for word in words:
            payload = await shared.answer(following, word)
            if payload is not None:
                await socket.send_text(f"{head}{payload}}}")
