"""Reading the ledger: a resident what is about oneself, a manager what the own staff read."""

from typing import Any

import pytest

from tests.inside import Ask
from tests.resolvers import sharing
from tests.resolvers.conftest import Act
from tests.world import World

BODY = "query ($id: ID!) { share(id: $id) { body } }"
MINE = """
{ viewer { accessRecords { nodes {
  organisation { slug } staffName tokenName subject subjectId fieldsRead isFirst
} } } }
"""


async def test_the_resident_reads_who_read_what(ask: Ask, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    other = await sharing.share(act, partners, to="centre")
    await ask("case_worker", BODY, id=share.id)
    await ask("token shares:read", BODY, id=share.id)
    await ask("centre_manager", sharing.ONE, id=other.id)

    def line(organisation: str, staff: str | None, token: str | None, first: bool) -> Any:
        ours = organisation == "town"
        return {
            "organisation": {"slug": organisation},
            "staffName": staff,
            "tokenName": token,
            "subject": "SHARE",
            "subjectId": str(share.id if ours else other.id),
            "fieldsRead": ["body"] if ours else ["body", "title"],
            "isFirst": first,
        }

    of_town = [
        line("town", None, "token shares:read", False),
        line("town", "Case_Worker", None, True),
    ]
    of_centre = line("centre", "Centre_Manager", None, True)
    answer = await ask("resident", MINE)
    assert answer.data == {"viewer": {"accessRecords": {"nodes": [of_centre, *of_town]}}}
    document = MINE.replace("accessRecords", "accessRecords(organisationId: $id)")
    town = partners.organisations["town"]
    answer = await ask("resident", f"query ($id: ID!) {document}", id=town)
    assert answer.data == {"viewer": {"accessRecords": {"nodes": of_town}}}
    shares = "{ viewer { shares { nodes { accessRecords { nodes { isFirst } } } } } }"
    answer = await ask("resident", shares)
    assert answer.data is not None
    records = [node["accessRecords"]["nodes"] for node in answer.data["viewer"]["shares"]["nodes"]]
    assert records == [[{"isFirst": True}], [{"isFirst": False}, {"isFirst": True}]]
    for persona in ("neighbour", "moderator", "manager"):
        answer = await ask(persona, MINE)
        assert answer.data == {"viewer": {"accessRecords": {"nodes": []}}}


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("case_worker", "FORBIDDEN"),
        ("token shares:read", "FORBIDDEN"),
        ("resident", "FORBIDDEN"),
        ("centre_manager", "NOT_FOUND"),
        ("signed_out", "UNAUTHENTICATED"),
    ],
)
async def test_the_ledger_of_the_own_organisation_is_read_without_of_whom(
    ask: Ask, act: Act, partners: World, persona: str, code: str
) -> None:
    share = await sharing.share(act, partners)
    await ask("case_worker", BODY, id=share.id)
    document = """
    query ($id: ID!) {
      accessRecords(organisationId: $id) { nodes { staffName subjectId fieldsRead isFirst } }
    }
    """
    town = partners.organisations["town"]
    answer = await ask("manager", document, id=town)
    read = {"subjectId": str(share.id), "fieldsRead": ["body"], "isFirst": True}
    line = {"staffName": "Case_Worker", **read}
    assert answer.data == {"accessRecords": {"nodes": [line]}}
    refused = await ask(persona, document, id=town)
    assert refused.data is None
    assert refused.errors is not None
    assert [error.extensions["code"] for error in refused.errors if error.extensions] == [code]
