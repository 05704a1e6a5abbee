"""A bucket as S3 speaks it, as far as pictures need it: objects are put, read and deleted."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.engines.port import free_port

GONE = (
    "<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>"
)


@dataclass
class Bucket:
    """The objects by path, and how each request showed that it may."""

    port: int
    objects: dict[str, bytes] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        """One request: signed in its address, or in its head."""
        path = request.path_params["path"]
        in_address = request.query_params.get("X-Amz-Signature")
        self.signed.append("address" if in_address else request.headers["authorization"][:16])
        if request.method == "PUT":
            self.objects[path] = await request.body()
            return Response(headers={"ETag": '"1"'})
        if request.method == "POST":
            gone = re.findall("<Key>(.*?)</Key>", (await request.body()).decode())
            for key in gone:
                self.objects.pop(f"{path}/{key}", None)
            told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
            return Response(f"<DeleteResult>{told}</DeleteResult>", media_type="application/xml")
        if path not in self.objects:
            return Response(GONE, 404, media_type="application/xml")
        made = {"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
        return Response(self.objects[path], headers=made)


@asynccontextmanager
async def running() -> AsyncIterator[Bucket]:
    """A bucket for as long as the block lasts."""
    bucket = Bucket(free_port())
    methods = ["PUT", "GET", "HEAD", "POST"]
    app = Starlette(routes=[Route("/{path:path}", bucket.answer, methods=methods)])
    config = uvicorn.Config(app, host="127.0.0.1", port=bucket.port, log_level="warning")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        yield bucket
    finally:
        server.should_exit = True
        await task
