"""Asking for everything, as one persona: every query of the SDL, about every row there is."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import orjson

from models.base import uuid7
from tests.marker import column, document

# doors that are about another table than their name says
ABOUT = {"share": "post_share", "through": "notification", "volunteer": "volunteer_consent"}
# a door that is not asked, and why
PASSED = {
    "skills": "the catalogue is open to all; the markers in lists of skills are made skills",
    "node": "what it finds each door finds too, by the same filter; the matrix asks it all",
    "nodes": "it answers as `node` does, many at once",
}
LOCKED = {"UNAUTHENTICATED", "FORBIDDEN"}
# what may be wrong with a question: nothing else than what it asks about
NOTHING = {"NOT_FOUND", "INVALID", ""}
MALFORMED, AT_ONCE = "not an id", 20


@dataclass
class Asker:
    """Somebody who asks the server over HTTP, and all that was answered."""

    client: httpx.AsyncClient
    token: str | None
    heard: list[str] = field(default_factory=list)

    async def ask(self, text: str, **variables: Any) -> dict[str, Any]:
        """One operation; its answer, also when it is no good."""
        response = await self.post({"query": text, "variables": variables})
        answer: dict[str, Any] = response.json()
        return answer

    async def post(self, body: Any) -> httpx.Response:
        """One request, of any body."""
        content = orjson.dumps(body, default=str)
        headers = {"Content-Type": "application/json", **self._headers()}
        return self._hear(await self.client.post("/graphql", content=content, headers=headers))

    async def get(self, path: str) -> httpx.Response:
        """Any other address of the server."""
        return self._hear(await self.client.get(path, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _hear(self, response: httpx.Response) -> httpx.Response:
        self.heard.append(f"{response.headers} {response.text}")
        return response


def codes(answer: dict[str, Any]) -> set[str]:
    """The codes of the errors of an answer."""
    return {error.get("extensions", {}).get("code", "") for error in answer.get("errors", ())}


async def rows() -> dict[str, list[UUID]]:
    """The ids of all rows there are, by table."""
    return {each._meta.db_table: [row.pk for row in await each.all()] for each in column.readable()}


async def walk(asker: Asker, ids: dict[str, list[UUID]]) -> None:
    """Every query: about every row of its table, about rows of others, and about none."""
    budget = (await asker.ask("{ __typename }"))["extensions"]["cost"]["budget"]
    is_rich = budget > document.COST
    most = document.COST if is_rich else document.LITTLE
    # a single way down may cost more than whoever is signed out may ask for
    nothing = NOTHING if is_rich else {*NOTHING, "TOO_COMPLEX"}
    for door, declared in document.doors("Query").items():
        subject = document.subject(declared)
        own, others = about(door, subject, ids)
        [first, *more] = document.documents(door, most)
        answer = await asker.ask(first, id=others[0])
        if door in PASSED or codes(answer) & LOCKED:
            continue
        if subject == "id":
            own = await seen(asker, door, [*own, *others])
        for id in own:
            answer = await asker.ask(first, id=id)
            assert codes(answer) <= nothing
            for text in more if answer["data"] and answer["data"][door] else ():
                assert codes(await asker.ask(text, id=id)) <= nothing


async def seen(asker: Asker, door: str, wanted: list[str]) -> list[str]:
    """Those of the ids about which a door has something to tell, many at a time."""
    found = []
    for start in range(0, len(wanted), AT_ONCE):
        some = {f"i{number}": id for number, id in enumerate(wanted[start : start + AT_ONCE])}
        given = ", ".join(f"${name}: ID!" for name in some)
        asked = " ".join(f"{n}: {door}(id: ${n}) {{ __typename }}" for n in some)
        answer = await asker.ask(f"query ({given}) {{ {asked} }}", **some)
        assert codes(answer) <= NOTHING
        found += [id for name, id in some.items() if (answer["data"] or {}).get(name)]
    return found


def about(
    door: str, subject: str | None, ids: dict[str, list[UUID]]
) -> tuple[list[Any], list[str]]:
    """The rows of the table that a door asks about; and none, no id, and a row of each other."""
    others = [MALFORMED, str(uuid7()), *(str(found[0]) for found in ids.values() if found)]
    if subject is None or door in PASSED:
        return [None], others
    own = table(door if subject == "id" else subject.removesuffix("Id"), ids)
    return [str(id) for id in ids[own]], others


def table(name: str, ids: dict[str, list[UUID]]) -> str:
    """The table that a name of the SDL is about. Raises `KeyError` for one it does not know."""
    snake = re.sub(r"([A-Z])", r"_\1", ABOUT.get(name, name)).lower()
    found = [each for each in ids if each == snake] or [e for e in ids if e.endswith(f"_{snake}")]
    if not found:
        raise KeyError(f"say in ABOUT which table `{name}` is about")
    return found[0]
