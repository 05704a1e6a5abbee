"""A page of cases costs a fixed number of statements, whatever its size."""

import logging

import pytest

import models
import resolvers.case_note
from tests.inside import Ask
from tests.resolvers import caseload
from tests.resolvers.conftest import Act
from tests.world import World

PAGE = """
query ($id: ID!, $first: Int!) {
  cases(organisationId: $id, first: $first) {
    nodes {
      state neighbourhood { name } organisation { name } unit { name } share { id }
      assignee { name } notes { nodes { body writer { name } } } referrals { nodes { reason } }
    }
  }
}
"""
# the viewer, the page, the neighbourhoods, the organisations, the units, the shares, the assignees,
# the notes, their writers, the referrals
STATEMENTS = 10


@pytest.mark.parametrize("size", [1, 3])
async def test_a_page_of_cases_costs_the_same_at_any_size(
    act: Act, ask: Ask, partners: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    for audience in models.Audience:
        case = await caseload.open_case(act, partners, unit="care", audience=audience)
        await caseload.assign(act, case, staff_id=partners.staff["case_worker"])
        verb = resolvers.case_note.add_case_note
        await act("case_worker", verb, case_id=case.id, body="Gebeld.")
    town = partners.organisations["town"]
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask("case_worker", PAGE, id=town, first=size)
    assert answer.errors is None
    assert answer.data is not None
    assert len(answer.data["cases"]["nodes"]) == size
    statements = [r for r in caplog.records if r.name == "tortoise.db_client"]
    assert len(statements) == STATEMENTS, [r.getMessage()[:120] for r in statements]
