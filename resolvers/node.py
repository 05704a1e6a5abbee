"""Whatever has an id of its own, found by nothing but the id."""

import re
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import MOST
from resolvers.refusal import Refusal, RefusalCode

# what an id may stand for; the schema has a type for each that implements Node
KINDS: tuple[type[Model], ...] = (
    models.Announcement,
    models.ApiToken,
    models.Budget,
    models.BudgetIdea,
    models.Case,
    models.ChatMessage,
    models.Comment,
    models.Conversation,
    models.Gathering,
    models.HelpMatch,
    models.HelpOffer,
    models.HelpRequest,
    models.Membership,
    models.Neighbourhood,
    models.Organisation,
    models.Poll,
    models.Post,
    models.PostShare,
    models.Resident,
    models.Session,
    models.Skill,
    models.Staff,
    models.Unit,
    models.Webhook,
)


async def node(context: Context, *, id: Annotated[UUID, Doc("Its id.")]) -> Model | None:
    """Whatever has this id; null when there is none that the viewer may see."""
    return (await _found(context, [id])).get(id)


async def nodes(
    context: Context, *, ids: Annotated[list[UUID], Doc("Their ids, 100 at most.")]
) -> list[Model | None]:
    """What has these ids, in their order; null for each that the viewer may not see."""
    if len(ids) > MOST:
        raise Refusal(RefusalCode.INVALID, f"Ask for 0 to {MOST} at a time.", "ids")
    found = await _found(context, ids)
    return [found.get(id) for id in ids]


async def _found(context: Context, ids: Sequence[UUID]) -> dict[UUID, Model]:
    """The rows behind ids: one statement tells of which kinds they are, one more reads a kind."""
    asked = {kind: visible(kind, context.viewer).filter(id__in=list(set(ids))) for kind in KINDS}
    if not ids:
        return {}
    sql, values = _union([rows.only("id") for rows in asked.values()])
    told = await next(iter(asked.values()))._db.execute_query_dict(sql, values)
    there = [KINDS[row["kind"]] for row in told]
    return {row.pk: row for kind in dict.fromkeys(there) for row in await asked[kind]}


def _union(queries: Sequence[QuerySet[Any]]) -> tuple[str, list[Any]]:
    """One statement of all: the number of each query that finds something."""
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(queries):
        rows._choose_db_if_not_chosen()
        rows._make_query()
        sql, own = rows.query.get_parameterized_sql()
        shifted = _shifted(sql, len(values))
        parts.append(f"select {number} as kind where exists ({shifted})")
        values += own
    return " union all ".join(parts), values


def _shifted(sql: str, by: int) -> str:
    """The statement with its parameters counted from further on."""
    return re.sub(r"\$(\d+)", lambda each: f"${int(each[1]) + by}", sql)
