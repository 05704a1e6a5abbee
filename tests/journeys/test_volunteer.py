"""The story of a volunteer: consent, a question, an answer, and taking it all back."""

from datetime import UTC, datetime
from typing import Any

import models
from realtime.hub import Hub
from resolvers import volunteer_consent
from tests.running import As
from tests.world import World

LIST = """
query ($id: ID!, $skill: String) {
  volunteers(organisationId: $id, skill: $skill) { nodes {
    id displayName neighbourhood { name } skills { nameNl } contacts { nodes { body answer } }
  } }
}
"""
HEARD = """
subscription ($id: ID!) {
  organisationEvents(organisationId: $id) {
    __typename
    ... on VolunteerChanged { volunteer { id } }
    ... on VolunteerGone { volunteerId }
  }
}
"""
TOKEN = "token volunteers:read"
QUESTION = "Wie rijdt er zaterdag mee naar de markt?"
INBOX = "{ viewer { volunteerContacts { nodes { id body organisation { name } } } } }"


async def read(as_: As, world: World, persona: str) -> list[dict[str, Any]]:
    answer = await as_(persona).ask(LIST, id=world.organisations["town"], skill="groceries")
    nodes: list[dict[str, Any]] = answer["volunteers"]["nodes"]
    return nodes


async def agree(as_: As, world: World) -> str:
    """The resident lets the town ask; the id of the consent."""
    given = await as_("resident").do(
        "consentToVolunteering",
        "consent { id organisation { name } skills { slug } }",
        membershipId=world.people["resident"].membership_id,
        organisationId=world.organisations["town"],
        skills=["groceries"],
    )
    assert given["errors"] == []
    assert given["consent"]["organisation"] == {"name": "Town"}
    assert given["consent"]["skills"] == [{"slug": "groceries"}]
    id: str = given["consent"]["id"]
    return id


async def ask_and_answer(as_: As, consent_id: str) -> None:
    """An editor writes, and the resident answers."""
    asked = await as_("editor").do(
        "contactVolunteer", "contact { body answer }", volunteerId=consent_id, body=QUESTION
    )
    assert asked == {"contact": {"body": QUESTION, "answer": None}, "errors": []}
    [contact] = (await as_("resident").ask(INBOX))["viewer"]["volunteerContacts"]["nodes"]
    assert (contact["body"], contact["organisation"]) == (QUESTION, {"name": "Town"})
    answered = await as_("resident").do(
        "answerContact", "contact { answer }", contactId=contact["id"], answer="Ik kom."
    )
    assert answered == {"contact": {"answer": "Ik kom."}, "errors": []}


async def test_a_volunteer_is_asked_and_answers_without_giving_an_address(
    as_: As, partners: World
) -> None:
    assert await read(as_, partners, TOKEN) == []
    consent_id = await agree(as_, partners)
    await ask_and_answer(as_, consent_id)
    assert await read(as_, partners, TOKEN) == [
        {
            "id": consent_id,
            "displayName": "Resident",
            "neighbourhood": {"name": "Home"},
            "skills": [{"nameNl": "boodschappen doen"}],
            "contacts": {"nodes": [{"body": QUESTION, "answer": "Ik kom."}]},
        }
    ]
    lines = await models.AccessRecord.filter(subject_id=consent_id)
    assert [line.fields_read for line in lines] == [["displayName", "skills"]]
    assert [line.resident_id for line in lines] == [partners.people["resident"].resident_id]


async def test_a_consent_taken_back_is_gone_for_staff_and_tokens_at_once(
    as_: As, partners: World
) -> None:
    consent_id = await agree(as_, partners)
    assert len(await read(as_, partners, TOKEN)) == 1
    gone = await as_("resident").do(
        "withdrawVolunteerConsent", "consent { revokedAt }", consentId=consent_id
    )
    assert gone["consent"]["revokedAt"] is not None
    assert await read(as_, partners, TOKEN) == await read(as_, partners, "editor") == []
    again = await as_("editor").do(
        "contactVolunteer", "contact { id }", volunteerId=consent_id, body="Toch nog iets."
    )
    assert again["contact"] is None
    assert [error["code"] for error in again["errors"]] == ["NOT_FOUND"]
    assert await models.VolunteerContact.exists() is False


async def test_a_consent_that_expires_is_told_to_whoever_listens(
    as_: As, partners: World, hub: Hub
) -> None:
    town, ended = partners.organisations["town"], datetime.now(UTC)
    async with as_(TOKEN).follow(HEARD, id=town) as heard:
        consent_id = await agree(as_, partners)
        await heard.events(1)
        await models.VolunteerConsent.filter(id=consent_id).update(expires_at=ended)
        assert await read(as_, partners, TOKEN) == []
        assert await volunteer_consent.end_due(hub, datetime.now(UTC)) == 1
        [given, gone] = [each["data"]["organisationEvents"] for each in await heard.events(2)]
    assert given == {"__typename": "VolunteerChanged", "volunteer": {"id": consent_id}}
    assert gone == {"__typename": "VolunteerGone", "volunteerId": consent_id}
