"""Volunteers: whom an organisation may ask, what it reads of them, and that it ends at once."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

import models
import schema
from auth.scope import PARTNER, Scope
from resolvers.volunteer_consent import consent_to_volunteering, withdraw_volunteer_consent
from tests.inside import Ask
from tests.partners import token
from tests.resolvers.conftest import Act
from tests.world import World

LIST = """
query ($organisation: ID!, $skill: String, $place: ID, $first: Int) {
  volunteers(organisationId: $organisation, skill: $skill, neighbourhoodId: $place, first: $first) {
    nodes { id displayName neighbourhood { name } skills { slug } }
  }
}
"""
ONE = "query ($id: ID!) { volunteer(id: $id) { id displayName } }"
SKILLS = ["reading-aloud", "groceries"]
READERS = ("manager", "editor", "token volunteers:read")
NOT_FOUND = "There is no such organisation."


async def consent(
    act: Act, world: World, persona: str = "resident", to: str = "town", **given: Any
) -> models.VolunteerConsent:
    made: models.VolunteerConsent = await act(
        persona,
        consent_to_volunteering,
        **{
            "membership_id": world.people[persona].membership_id,
            "organisation_id": world.organisations[to],
            "skills": SKILLS,
            **given,
        },
    )
    return made


async def listed(ask: Ask, world: World, persona: str, of: str = "town", **given: Any) -> list[str]:
    """The display names that a persona reads."""
    answer = await ask(persona, LIST, organisation=world.organisations[of], **given)
    assert answer.errors is None
    assert answer.data is not None
    return [node["displayName"] for node in answer.data["volunteers"]["nodes"]]


async def seen_by(ask: Ask, persona: str, id: UUID) -> bool:
    answer = await ask(persona, ONE, id=id)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["volunteer"] is not None


@pytest.mark.parametrize("persona", READERS)
async def test_an_organisation_reads_name_neighbourhood_and_skills_of_who_agreed(
    ask: Ask, act: Act, partners: World, persona: str
) -> None:
    given = await consent(act, partners)
    answer = await ask(persona, LIST, organisation=partners.organisations["town"])
    assert answer.errors is None
    assert answer.data == {
        "volunteers": {
            "nodes": [
                {
                    "id": str(given.id),
                    "displayName": "Resident",
                    "neighbourhood": {"name": "Home"},
                    "skills": [{"slug": "reading-aloud"}, {"slug": "groceries"}],
                }
            ]
        }
    }
    assert await seen_by(ask, persona, given.id)


async def test_another_organisation_reads_nothing(ask: Ask, act: Act, partners: World) -> None:
    given = await consent(act, partners)
    assert await listed(ask, partners, "centre_manager", "centre") == []
    assert not await seen_by(ask, "centre_manager", given.id)
    answer = await ask("centre_manager", LIST, organisation=partners.organisations["town"])
    assert answer.errors is not None
    assert answer.data is None
    unknown = await ask("centre_manager", LIST, organisation=uuid4())
    assert unknown.errors is not None
    for error in (answer.errors[0], unknown.errors[0]):
        assert (error.message, error.extensions) == (NOT_FOUND, {"code": "NOT_FOUND"})


async def test_a_token_for_another_neighbourhood_reads_nothing(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    assert await listed(ask, partners, "token elsewhere") == []
    assert not await seen_by(ask, "token elsewhere", given.id)
    beside = await consent(act, partners, "nearby")
    assert await listed(ask, partners, "token elsewhere") == ["Nearby"]
    assert await seen_by(ask, "token elsewhere", beside.id)


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        *((name, "FORBIDDEN") for name in ("resident", "neighbour", "case_worker", "analyst")),
        *((f"token {s.value}", "FORBIDDEN") for s in (Scope.SHARES_READ, Scope.VOLUNTEERS_CONTACT)),
        *((name, "UNAUTHENTICATED") for name in ("signed_out", "token expired", "token revoked")),
    ],
)
async def test_who_has_no_such_scope_does_not_come_in(
    ask: Ask, act: Act, partners: World, persona: str, code: str
) -> None:
    given = await consent(act, partners)
    listing = await ask(persona, LIST, organisation=partners.organisations["town"])
    one = await ask(persona, ONE, id=given.id)
    for answer in (listing, one):
        assert answer.errors is not None
        assert answer.errors[0].extensions is not None
        assert answer.errors[0].extensions["code"] == code
        assert str(given.id) not in f"{answer.data} {answer.errors}"
    assert await models.AccessRecord.exists() is False


async def test_a_membership_that_ended_otherwise_shows_no_name(
    ask: Ask, act: Act, partners: World
) -> None:
    await consent(act, partners)
    of = models.Membership.filter(id=partners.people["resident"].membership_id)
    await of.update(state=models.MembershipState.ENDED)
    assert await listed(ask, partners, "manager") == [None]


async def test_volunteers_are_found_by_skill_and_by_neighbourhood(
    ask: Ask, act: Act, partners: World
) -> None:
    await consent(act, partners, "resident", skills=["cooking", "vet"])
    await consent(act, partners, "neighbour", skills=["vet"])
    await consent(act, partners, "nearby", skills=["cooking"])
    assert await listed(ask, partners, "manager") == ["Nearby", "Neighbour", "Resident"]
    assert await listed(ask, partners, "manager", first=1) == ["Nearby"]
    assert await listed(ask, partners, "manager", skill="vet") == ["Neighbour", "Resident"]
    assert await listed(ask, partners, "manager", skill="cooking") == ["Nearby", "Resident"]
    assert await listed(ask, partners, "manager", skill="vet'}; --") == []
    home, far = partners.home, partners.neighbourhoods["far"]
    assert await listed(ask, partners, "manager", place=home) == ["Neighbour", "Resident"]
    assert await listed(ask, partners, "manager", place=home, skill="cooking") == ["Resident"]
    assert await listed(ask, partners, "manager", place=far) == []


async def test_what_is_read_of_a_volunteer_stands_in_the_ledger(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    for persona in ("editor", "editor", "token volunteers:read"):
        await listed(ask, partners, persona)
    await ask("editor", "query ($id: ID!) { volunteer(id: $id) { since } }", id=given.id)
    used = await models.ApiToken.get(name="token volunteers:read")
    lines = await models.AccessRecord.all().order_by("id")
    assert [(line.staff_id, line.token_id, line.is_first) for line in lines] == [
        (partners.staff["editor"], None, True),
        (partners.staff["editor"], None, False),
        (None, used.id, False),
    ]
    for line in lines:
        assert (line.subject, line.subject_id) == (models.AccessSubject.VOLUNTEER, given.id)
        assert line.fields_read == ["displayName", "skills"]
        assert line.resident_id == partners.people["resident"].resident_id
        assert line.organisation_id == partners.organisations["town"]


async def test_staff_who_volunteer_do_not_see_their_own_consent_as_the_organisation(
    ask: Ask, act: Act, partners: World
) -> None:
    await models.Staff.create(
        organisation_id=partners.organisations["centre"],
        resident_id=partners.people["resident"].resident_id,
        role=models.StaffRole.MANAGER,
        name="Resident",
    )
    to_town = await consent(act, partners)
    to_centre = await consent(act, partners, to="centre")
    assert not await seen_by(ask, "resident", to_town.id)
    assert await seen_by(ask, "resident", to_centre.id)
    await act("resident", withdraw_volunteer_consent, consent_id=to_centre.id)
    assert not await seen_by(ask, "resident", to_centre.id)
    assert await listed(ask, partners, "resident", "centre") == []
    assert await models.AccessRecord.exists() is False


async def test_a_token_that_reads_and_one_that_contacts_are_two(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    await token(partners, "both", (Scope.VOLUNTEERS_READ, Scope.VOLUNTEERS_CONTACT))
    contact = "mutation ($input: ContactVolunteerInput!) { contactVolunteer(input: $input)"
    contact += " { contact { body } errors { code } } }"
    given_to = {"volunteerId": str(given.id), "body": "Help je mee?"}
    blind = await ask("token volunteers:contact", contact, input=given_to)
    assert blind.data == {"contactVolunteer": {"contact": None, "errors": [{"code": "NOT_FOUND"}]}}
    mute = await ask("token volunteers:read", contact, input=given_to)
    assert mute.errors is not None
    assert mute.errors[0].extensions == {"code": "FORBIDDEN", "scope": "volunteers:contact"}
    assert await models.VolunteerContact.exists() is False
    done = await ask("both", contact, input=given_to)
    assert done.data == {"contactVolunteer": {"contact": {"body": "Help je mee?"}, "errors": []}}


async def plant_markers() -> None:
    """Words that no organisation may ever read, in every column that is the resident's own."""
    await models.Resident.all().update(phone="MARKED phone")
    for resident in await models.Resident.all():
        await models.Resident.filter(id=resident.id).update(email=f"MARKED {resident.id}")
    for household in await models.Household.all():
        number = f"MARKED {household.house_number}"[:20]
        await models.Household.filter(id=household.id).update(house_number=number)
    await models.Household.all().update(street="MARKED street")
    await models.Membership.all().update(street="MARKED street", about="MARKED about")
    await models.Post.all().update(title="MARKED title", body="MARKED body")
    await models.Comment.all().update(body="MARKED comment")


def reachable_documents() -> list[str]:
    """A document for each field that hangs anywhere under a volunteer, with all that is in it."""
    types = schema.api._schema.type_map
    paths: dict[str, list[str]] = {"Volunteer": ["volunteer(id: $id)"]}
    documents = []
    for name in iter_growing(paths):
        kind = types[name]
        fields = kind.fields.items() if isinstance(kind, GraphQLObjectType) else []
        leaves = [each for each, field in fields if is_leaf_type(get_named_type(field.type))]
        for each, field in fields:
            inner = get_named_type(field.type)
            if not isinstance(inner, GraphQLObjectType):
                continue
            given = {"first": "1", "period": "MONTH"}
            arguments = ", ".join(f"{n}: {v}" for n, v in given.items() if n in field.args)
            step = f"{each}({arguments})" if arguments else each
            paths.setdefault(inner.name, [*paths[name], step])
            documents.append(nested([*paths[name], step], inner))
        documents.append(nested_words(paths[name], leaves))
    return documents


def iter_growing(paths: dict[str, list[str]]) -> Iterator[str]:
    """The keys, also those that are added on the way."""
    done: set[str] = set()
    while waiting := [name for name in paths if name not in done]:
        done.add(waiting[0])
        yield waiting[0]


def nested(path: list[str], kind: GraphQLObjectType) -> str:
    fields = kind.fields.items()
    return nested_words(path, [n for n, f in fields if is_leaf_type(get_named_type(f.type))])


def nested_words(path: list[str], leaves: list[str]) -> str:
    inner = " ".join(["__typename", *leaves])
    return f"query ($id: ID!) {{ {' { '.join(path)} {{ {inner} {'} ' * (len(path) + 1)}"


async def test_nothing_that_hangs_under_a_volunteer_leads_to_address_or_words(
    ask: Ask, act: Act, partners: World
) -> None:
    await token(partners, "everything", PARTNER)
    given = await consent(act, partners)
    await plant_markers()
    documents = reachable_documents()
    assert len(documents) > 40
    read = ""
    for persona in ("manager", "everything"):
        for document in documents:
            answer = await ask(persona, document, id=given.id)
            assert answer.errors is None, (document, answer.errors)
            read += str(answer.data)
    assert "Resident" in read
    assert "MARKED" not in read
