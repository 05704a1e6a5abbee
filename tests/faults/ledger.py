"""Writers: each posts one marker after another, and the ledger holds what was acknowledged."""

import asyncio
import itertools
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import orjson

CREATE = """
mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } errors { code } } }
"""
ANSWER_SECONDS = 5.0
FAR, HOME = "far", "home"
ALL, NEARBY, ONLY = "NEIGHBOURHOOD", "NEIGHBOURS_NEARBY", "NEIGHBOURS_ONLY"


@dataclass
class Ledger:
    """The markers of one trial: `trial/place/audience/number`, and when each was acknowledged."""

    trial: str
    acknowledged: dict[str, float] = field(default_factory=dict)
    failures: int = 0
    in_flight: int = 0
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def mark(self, place: str, audience: str) -> str:
        """A marker that nobody used."""
        return f"{self.trial}/{place}/{audience}/{next(self.numbers)}"


@dataclass(eq=False)
class Writer:
    """Somebody who posts in one place, at whichever address answers.

    A post that is not acknowledged is sent again under its key until it is: it exists once.
    """

    ledger: Ledger
    client: httpx.AsyncClient
    addresses: list[str]
    token: str
    place: str
    stream_id: UUID
    audiences: tuple[str, ...] = (ALL, NEARBY, ONLY)
    pause: float = 0.03
    filler: str = ""
    ended: bool = False

    async def run(self) -> None:
        """Write one after another until `ended`; the last one is finished."""
        for audience in itertools.cycle(self.audiences):
            if self.ended:
                return
            await self.write(audience)
            await asyncio.sleep(self.pause)

    async def write(self, audience: str) -> str:
        """Write one post, as often as it takes; its marker. Cancel it to give up."""
        marker = self.ledger.mark(self.place, audience)
        while not await self._is_acknowledged(self.addresses[0], marker, audience):
            self.ledger.failures += 1
            self.addresses = [*self.addresses[1:], self.addresses[0]]
            await asyncio.sleep(0.1)
        self.ledger.acknowledged[marker] = asyncio.get_running_loop().time()
        return marker

    async def _is_acknowledged(self, address: str, marker: str, audience: str) -> bool:
        given = {
            "neighbourhoodId": str(self.stream_id),
            "kind": "MESSAGE",
            "audience": audience,
            "body": f"{marker}\n{self.filler}" if self.filler else marker,
            "clientMutationKey": marker[-64:],
        }
        self.ledger.in_flight += 1
        try:
            response = await self.client.post(
                f"http://{address}/graphql",
                content=orjson.dumps({"query": CREATE, "variables": {"input": given}}),
                headers={
                    "Authorization": f"Bearer {self.token}",
                    "Content-Type": "application/json",
                },
            )
        except httpx.TransportError:
            return False
        finally:
            self.ledger.in_flight -= 1
        return _is_yes(response)


def _is_yes(response: httpx.Response) -> bool:
    if response.status_code != 200:
        return False
    payload = (response.json().get("data") or {}).get("createPost")
    return bool(payload and payload["post"] and not payload["errors"])
