"""Contact with volunteers goes through the platform, both ways, and ends with the consent."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

import models
from auth.scope import Scope
from models.database import connection
from resolvers.refusal import Refusal, RefusalCode
from resolvers.volunteer_consent import consent_to_volunteering, withdraw_volunteer_consent
from resolvers.volunteer_contact import answer_contact, contact_volunteer
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.test_volunteer import consent
from tests.world import World

WRITTEN = """
query ($id: ID!) {
  volunteer(id: $id) { contacts { nodes { body answer answeredAt organisation { name }
    volunteer { displayName } consent { id } } } }
}
"""
RECEIVED = """
{ viewer { volunteerContacts { nodes {
  id body answer organisation { name } volunteer { id } consent { id }
} } } }
"""


async def ask_for_help(
    act: Act, volunteer: models.VolunteerConsent, persona: str = "editor", body: str = "Help je?"
) -> models.VolunteerContact:
    made: models.VolunteerContact = await act(
        persona, contact_volunteer, volunteer_id=volunteer.id, body=body
    )
    return made


async def expire(contact: models.VolunteerContact) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.VolunteerContact.filter(id=contact.id).update(expires_at=past)
    await models.VolunteerConsent.filter(id=contact.consent_id).update(expires_at=past)


async def last_event(stream_id: UUID) -> models.Event:
    event = await models.Event.filter(stream_id=stream_id).order_by("-sequence").first()
    assert event is not None
    return event


async def test_a_volunteer_reads_what_an_organisation_asks(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    assert contact.staff_id == partners.staff["editor"]
    received = {
        "id": str(contact.id),
        "body": "Help je?",
        "answer": None,
        "organisation": {"name": "Town"},
        "volunteer": None,
        "consent": {"id": str(given.id)},
    }
    assert (await ask("resident", RECEIVED)).data == {
        "viewer": {"volunteerContacts": {"nodes": [received]}}
    }
    for persona in ("neighbour", "moderator", "worker"):
        assert (await ask(persona, RECEIVED)).data == {
            "viewer": {"volunteerContacts": {"nodes": []}}
        }


async def test_the_organisation_reads_the_answer(ask: Ask, act: Act, partners: World) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    answered = await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    written = {
        "body": "Help je?",
        "answer": "Graag!",
        "answeredAt": answered.answered_at.isoformat(),
        "organisation": {"name": "Town"},
        "volunteer": {"displayName": "Resident"},
        "consent": None,
    }
    assert (await ask("manager", WRITTEN, id=given.id)).data == {
        "volunteer": {"contacts": {"nodes": [written]}}
    }


async def test_each_side_is_told_on_its_own_stream(act: Act, partners: World) -> None:
    town = partners.organisations["town"]
    resident = partners.people["resident"].resident_id
    assert resident is not None
    given = await consent(act, partners)
    granted = await last_event(town)
    contact = await ask_for_help(act, given)
    asked = await last_event(resident)
    await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    answered = await last_event(town)
    await act("resident", withdraw_volunteer_consent, consent_id=given.id)
    withdrawn = await last_event(town)
    told = [
        (event.kind.value, event.subject_id, event.resident_id, event.scope)
        for event in (granted, asked, answered, withdrawn)
    ]
    assert told == [
        ("VOLUNTEER_CHANGED", given.id, None, Scope.VOLUNTEERS_READ.value),
        ("CONTACT_CHANGED", contact.id, resident, None),
        ("CONTACT_CHANGED", contact.id, None, Scope.VOLUNTEERS_READ.value),
        ("VOLUNTEER_CHANGED", given.id, None, Scope.VOLUNTEERS_READ.value),
    ]
    assert {event.neighbourhood_id for event in (granted, asked, answered)} == {partners.home}
    assert await ledger.told(resident) == ["CONTACT_CHANGED"]


async def test_an_answer_that_is_read_stands_in_the_ledger(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    bodies = "query ($id: ID!) { volunteer(id: $id) { contacts { nodes { body createdAt } } } }"
    await ask("manager", bodies, id=given.id)
    await ask("resident", RECEIVED)
    assert await models.AccessRecord.exists() is False
    await ask("manager", WRITTEN, id=given.id)
    lines = await models.AccessRecord.all()
    assert {(line.subject_id, tuple(line.fields_read), line.staff_id) for line in lines} == {
        (contact.id, ("answer", "answeredAt"), partners.staff["manager"]),
        (given.id, ("displayName",), partners.staff["manager"]),
    }


async def test_contacts_vanish_with_the_consent(ask: Ask, act: Act, partners: World) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    await act("resident", withdraw_volunteer_consent, consent_id=given.id)
    assert (await ask("manager", WRITTEN, id=given.id)).data == {"volunteer": None}
    kept = (await ask("resident", RECEIVED)).data
    assert kept is not None
    assert [c["id"] for c in kept["viewer"]["volunteerContacts"]["nodes"]] == [str(contact.id)]
    async with refused(RefusalCode.CONFLICT, "contact_id"):
        await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    async with refused(RefusalCode.NOT_FOUND):
        await ask_for_help(act, given)
    again = await consent(act, partners)
    assert (await ask("manager", WRITTEN, id=again.id)).data == {
        "volunteer": {"contacts": {"nodes": []}}
    }


async def test_contacts_vanish_when_the_consent_expires(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    await expire(contact)
    assert (await ask("manager", WRITTEN, id=given.id)).data == {"volunteer": None}
    async with refused(RefusalCode.CONFLICT, "contact_id"):
        await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    async with refused(RefusalCode.NOT_FOUND):
        await ask_for_help(act, given)


async def test_a_contact_lasts_as_long_as_a_consent_that_was_changed(
    act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    contact = await ask_for_help(act, given)
    end = datetime.now(UTC) + timedelta(days=3)
    await consent(act, partners, expires_at=end)
    assert (await models.VolunteerContact.get(id=contact.id)).expires_at == end


async def test_three_messages_may_wait_for_an_answer(act: Act, partners: World) -> None:
    given = await consent(act, partners)
    contacts = [await ask_for_help(act, given) for _ in range(3)]
    async with refused(RefusalCode.CONFLICT, "volunteer_id"):
        await ask_for_help(act, given, "manager")
    await act("resident", answer_contact, contact_id=contacts[0].id, answer="Nee, sorry.")
    await ask_for_help(act, given)
    async with refused(RefusalCode.CONFLICT, "volunteer_id"):
        await ask_for_help(act, given)
    await ask_for_help(act, await consent(act, partners, "neighbour"))


async def test_messages_written_at_once_are_counted_together(act: Act, partners: World) -> None:
    given = await consent(act, partners)
    outcomes = await asyncio.gather(
        *(ask_for_help(act, given) for _ in range(6)), return_exceptions=True
    )
    refusals = [one.code for one in outcomes if isinstance(one, Refusal)]
    assert refusals == [RefusalCode.CONFLICT] * 3
    assert await models.VolunteerContact.all().count() == 3


async def test_a_contact_is_answered_once(act: Act, partners: World) -> None:
    contact = await ask_for_help(act, await consent(act, partners))
    await act("resident", answer_contact, contact_id=contact.id, answer="Graag!")
    async with refused(RefusalCode.CONFLICT, "contact_id"):
        await act("resident", answer_contact, contact_id=contact.id, answer="Toch niet.")


@pytest.mark.parametrize("body", ["", "  ", "\x07"])
async def test_words_that_may_not_be_are_refused(act: Act, partners: World, body: str) -> None:
    given = await consent(act, partners)
    async with refused(RefusalCode.INVALID, "body"):
        await ask_for_help(act, given, body=body)
    contact = await ask_for_help(act, given)
    async with refused(RefusalCode.INVALID, "answer"):
        await act("resident", answer_contact, contact_id=contact.id, answer=body)
    async with refused(RefusalCode.TOO_LONG, "answer"):
        await act("resident", answer_contact, contact_id=contact.id, answer="x" * 4_001)


async def test_only_who_sees_the_volunteer_writes(act: Act, partners: World) -> None:
    given = await consent(act, partners)
    for persona in ("centre_manager", "case_worker", "analyst", "neighbour", "resident", "worker"):
        async with refused(RefusalCode.NOT_FOUND):
            await ask_for_help(act, given, persona)
    async with refused(RefusalCode.NOT_FOUND):
        await ask_for_help(act, given, "token elsewhere")
    async with refused(RefusalCode.NOT_FOUND):
        await act("manager", contact_volunteer, volunteer_id=uuid4(), body="Help je?")


async def test_only_the_volunteer_answers(act: Act, partners: World) -> None:
    contact = await ask_for_help(act, await consent(act, partners))
    async with refused(RefusalCode.FORBIDDEN):
        await act("editor", answer_contact, contact_id=contact.id, answer="Graag!")
    for persona in ("neighbour", "moderator", "centre_manager"):
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, answer_contact, contact_id=contact.id, answer="Graag!")


async def test_a_consent_withdrawn_while_a_message_is_written_takes_it_along(
    act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    await asyncio.gather(
        ask_for_help(act, given),
        act("resident", withdraw_volunteer_consent, consent_id=given.id),
        return_exceptions=True,
    )
    left = await models.VolunteerContact.filter(revoked_at=None).count()
    assert left == 0
    assert (await models.VolunteerConsent.get(id=given.id)).revoked_at is not None


async def test_consents_given_at_once_are_one(act: Act, partners: World) -> None:
    given = {
        "membership_id": partners.people["resident"].membership_id,
        "organisation_id": partners.organisations["town"],
        "skills": ["cooking"],
    }
    made = await asyncio.gather(
        *(act("resident", consent_to_volunteering, **given) for _ in range(4))
    )
    assert len({consent.id for consent in made}) == 1
    rows = await connection().execute_query_dict("select count(*) as n from volunteer_consent")
    assert rows[0]["n"] == 1
