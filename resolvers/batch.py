"""Calls a batch resolver once for all parents of a level, however often a field asks for one."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from functools import partial
from typing import Any

from strawberry.dataloader import DataLoader

Batch = Callable[..., Awaitable[list[Any]]]


class Batches:
    """The loaders of one operation: one for each batch resolver and set of arguments."""

    def __init__(self, context: object) -> None:
        self._context = context
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    def load(self, resolve: Batch, parent: Any, arguments: dict[str, Any]) -> Awaitable[Any]:
        """The answer for one parent out of `resolve(all parents, context, **arguments)`.

        The wait is shielded: a failed sibling cancels its own wait, never the load others share.
        """
        key = (resolve, *arguments.items())
        loader = self._loaders.get(key)
        if loader is None:
            run = partial(_run, resolve, self._context, arguments)
            loader = self._loaders[key] = DataLoader(load_fn=run, cache=False)
        return asyncio.shield(loader.load(parent))

    async def load_all(self, resolve: Batch, parents: Iterable[Any]) -> list[Any]:
        """The answers for several parents, by the one load that their other fields share."""
        loading = [self.load(resolve, parent, {}) for parent in parents]
        return [await each for each in loading]

    def forget(self) -> None:
        """Start afresh: what was loaded may have changed."""
        self._loaders.clear()


async def _run(
    resolve: Batch, context: object, arguments: dict[str, Any], parents: list[Any]
) -> list[Any]:
    return await resolve(parents, context, **arguments)
