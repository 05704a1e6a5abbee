"""The live feed as one would ordinarily write it: Strawberry's handler and broadcaster.

Each subscriber has a queue, an execution and an encoding of its own. It is let off lightly: nobody
is signed in, no rule is asked, the words come with the message, and the bus is its own memory.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import orjson
import strawberry
import uvicorn
from broadcaster import Broadcast
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from strawberry.asgi import GraphQL

from bench.process import HOST

broadcast = Broadcast("memory://")


@strawberry.type
class Author:
    """Who wrote it."""

    display_name: str = "Marie De Smet"
    street: str = "Kerkstraat"


@strawberry.type
class Post:
    """What was written."""

    id: UUID
    body: str
    kind: str = "MESSAGE"
    title: str | None = None
    author: Author = strawberry.field(default_factory=Author)


@strawberry.interface
class FeedEvent:
    """What happened."""

    cursor: str
    id: UUID
    at: datetime


@strawberry.type
class PostPublished(FeedEvent):
    """A post appeared."""

    post: Post


@strawberry.type
class FeedHeartbeat(FeedEvent):
    """The first word."""


@strawberry.input
class CreatePostInput:
    """What a post is made of."""

    neighbourhood_id: strawberry.ID
    kind: str
    body: str


@strawberry.type
class CreatePostPayload:
    """What came of it."""

    post: Post


@strawberry.type
class Query:
    """A schema must have one."""

    alive: bool = True


@strawberry.type
class Mutation:
    """Publishing."""

    @strawberry.mutation
    async def create_post(self, input: CreatePostInput) -> CreatePostPayload:
        """Put the words on the bus."""
        post = {"id": str(uuid4()), "body": input.body}
        told = {"at": datetime.now(UTC).isoformat(), "id": str(uuid4()), "post": post}
        await broadcast.publish(input.neighbourhood_id, orjson.dumps(told).decode())
        return CreatePostPayload(post=Post(id=UUID(post["id"]), body=input.body))


@strawberry.type
class Subscription:
    """Following."""

    @strawberry.subscription
    async def feed_events(self, neighbourhood_id: strawberry.ID) -> AsyncIterator[FeedEvent]:
        """What is put on the bus."""
        async with broadcast.subscribe(neighbourhood_id) as subscriber:
            yield FeedHeartbeat(cursor="x" * 48, id=uuid4(), at=datetime.now(UTC))
            async for message in subscriber:  # type: ignore[union-attr]
                told = orjson.loads(message.message)  # type: ignore[union-attr]
                yield PostPublished(
                    cursor="x" * 48,
                    id=UUID(told["id"]),
                    at=datetime.fromisoformat(told["at"]),
                    post=Post(id=UUID(told["post"]["id"]), body=told["post"]["body"]),
                )


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """The bus, while the server runs."""
    async with broadcast:
        yield


def main() -> None:
    """Serve until a signal."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[PostPublished, FeedHeartbeat],
    )
    endpoint = GraphQL[None, None](schema)
    routes = [Route("/graphql", endpoint), WebSocketRoute("/graphql", endpoint)]
    app = Starlette(lifespan=lifespan, routes=routes)
    uvicorn.run(app, host=HOST, port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
