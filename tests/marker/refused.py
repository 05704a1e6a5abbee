"""Every mutation, tried by somebody on what is hidden from them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from models.base import uuid7
from tests.marker import column, document
from tests.marker.change import TOMORROW
from tests.marker.walk import LOCKED, Asker, codes, table

AT_ONCE = 10
VALUES = {"Int": 1, "Boolean": True, "DateTime": TOMORROW, "Date": TOMORROW[:10]}
# a mutation that is not tried, and why
PASSED = {"logOut": "it ends the session that asks"}
# fields of inputs that are about another table than their name says
SUBJECTS = {
    "subjectId": "post",
    "helperId": "membership",
    "parentId": "comment",
    "consentId": "volunteer",
    "contactId": "volunteerContact",
    "tokenId": "apiToken",
    "deliveryId": "webhookDelivery",
    "invitationId": "invitationCode",
}
# whose rows no organisation reads, in the order in which one is looked for
WHOSE = ("silent", "bystander", "revoking at town", "volunteer_gone at town", "asked at town")


async def hidden(owners: dict[UUID, str], other: str) -> dict[str, list[UUID]]:
    """By table, a row that nobody may see who works for another organisation than `other`."""
    found = {}
    for model in column.readable():
        whose = {column.owner(row, owners): row.pk for row in await model.all()}
        names = (*WHOSE, other, *(name for name in whose if name.endswith(f" at {other}")))
        found[model._meta.db_table] = [next((whose[n] for n in names if n in whose), uuid7())]
    return found


async def attempt(asker: Asker, ids: dict[str, list[UUID]], *, signed_out: bool) -> None:
    """Try every mutation whose lock opens. The public ones are the same for all: try them once."""
    for scope, doors in document.locks("Mutation").items():
        first, *others = [door for door in doors if door not in PASSED]
        if scope == "" and not signed_out:
            continue
        if codes(await _ask(asker, [first], ids)) & LOCKED:
            continue
        for start in range(0, len(others), AT_ONCE):
            await _ask(asker, others[start : start + AT_ONCE], ids)


async def _ask(asker: Asker, doors: Iterable[str], ids: dict[str, list[UUID]]) -> dict[str, Any]:
    declared = document.doors("Mutation")
    kinds = {door: declared[door].args["input"].type for door in doors}
    given = ", ".join(f"${door}: {kind}" for door, kind in kinds.items())
    wanted = " ".join(document.change(door, f"${door}") for door in kinds)
    forms = {door: form(kind, "", ids) for door, kind in kinds.items()}
    return await asker.ask(f"mutation ({given}) {{ {wanted} }}", **forms)


def form(kind: Any, name: str, ids: dict[str, list[UUID]]) -> Any:
    """A value of an input type: ids of what is hidden, and any words."""
    if isinstance(kind, GraphQLNonNull):
        return form(kind.of_type, name, ids)
    if isinstance(kind, GraphQLList):
        return [form(kind.of_type, name.removesuffix("s"), ids)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        fields = {n: f.type for n, f in kind.fields.items() if n != "clientMutationKey"}
        return {n: form(inner, n, ids) for n, inner in fields.items()}
    if get_named_type(kind).name != "ID":
        return VALUES.get(kind.name, "words")
    return str(ids[table(SUBJECTS.get(name, name.removesuffix("Id")), ids)][0])
