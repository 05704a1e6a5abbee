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
        self._known: dict[Batch, dict[int, tuple[Any, Any]]] | None = None

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
        if self._known is not None:
            return await self._load_in_turn(resolve, list(parents), self._known)
        loading = [self.load(resolve, parent, {}) for parent in parents]
        return [await each for each in loading]

    async def _load_in_turn(
        self, resolve: Batch, parents: list[Any], all_known: dict[Batch, dict[int, tuple[Any, Any]]]
    ) -> list[Any]:
        known = all_known.setdefault(resolve, {})
        missing = {id(parent): parent for parent in parents if id(parent) not in known}
        if missing:
            found = await resolve(list(missing.values()), self._context)
            known.update(zip(missing, zip(missing.values(), found, strict=True), strict=True))
        return [known[id(parent)][1] for parent in parents]

    def take_turns(self) -> None:
        """From now on fields come one after the other: what one has loaded, the next one finds."""
        self._known = {}

    def forget(self) -> None:
        """Start afresh: what was loaded may have changed. Fields come together again."""
        self._loaders.clear()
        self._known = None


async def _run(
    resolve: Batch, context: object, arguments: dict[str, Any], parents: list[Any]
) -> list[Any]:
    return await resolve(parents, context, **arguments)
