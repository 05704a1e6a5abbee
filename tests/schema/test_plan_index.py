"""Statements of plans: whatever grows with the neighbourhood is found by an index."""

import logging
from typing import Any

import pytest

import models
from bench.document import FEED_PAGE
from models.transaction import transaction
from tests.inside import Ask
from tests.world import World

COMMENTS = """
query ($id: ID!) { post(id: $id) {
  body author { displayName } comments(first: 50) { nodes { body author { displayName } } }
} }
"""
MEMBERS = """
query ($id: ID!) { neighbourhood(id: $id) {
  name members(first: 50) { nodes { displayName street role helpOffer { note } } }
} }
"""
OFFERS = """
query ($id: ID!) { neighbourhood(id: $id) {
  helpOffers(first: 20) { nodes { note member { displayName } } }
} }
"""
AFTER = """
query ($id: ID!) { neighbourhood(id: $id) { feed(first: 1) { pageInfo { endCursor } } } }
"""
NEXT = """
query ($id: ID!, $after: String) {
  neighbourhood(id: $id) { feed(first: 20, after: $after) { nodes { body } } }
}
"""


async def plans(caplog: pytest.LogCaptureFixture) -> list[str]:
    """How PostgreSQL would find the rows of each statement that was logged, were they many."""
    asked: list[Any] = [each.args for each in caplog.records if each.name == "tortoise.db_client"]
    statements = [args for args in asked if args and str(args[0]).startswith(("select", "SELECT"))]
    found = []
    async with transaction() as client:
        await client.execute_script("set local enable_seqscan = off")
        for statement, values in statements:
            rows = await client.execute_query_dict(f"explain {statement}", list(values))
            found.append("\n".join(row["QUERY PLAN"] for row in rows))
    return found


@pytest.mark.parametrize("document", [FEED_PAGE, COMMENTS, MEMBERS, OFFERS, NEXT])
async def test_every_statement_is_served_by_an_index(
    ask: Ask, world: World, caplog: pytest.LogCaptureFixture, document: str
) -> None:
    id = world.posts[models.Audience.NEIGHBOURHOOD] if "post(" in document else world.home
    given: dict[str, Any] = {"id": id}
    if document is NEXT:
        answer = await ask("neighbour", AFTER, id=id)
        assert answer.data is not None
        given["after"] = answer.data["neighbourhood"]["feed"]["pageInfo"]["endCursor"]
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask("neighbour", document, **given)
    assert answer.errors is None
    found = await plans(caplog)
    assert found
    assert not [plan for plan in found if "Seq Scan" in plan]
