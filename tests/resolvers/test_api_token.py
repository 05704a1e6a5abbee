"""Tokens of partners: never wider than their maker, shown once, rotated, revoked."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from auth import secrets, tokens
from auth.scope import PARTNER, PERSONAL
from realtime.hub import Hub
from resolvers.api_token import revoke_token
from resolvers.context import Context
from resolvers.refusal import RefusalCode
from resolvers.work import perform
from tests import partners as organisations
from tests.access.snapshot import digest
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

FIELDS = """
id name prefix lastFour scopes unit { name } neighbourhoods { nodes { slug } }
createdAt expiresAt revokedAt lastUsedAt useCount issuedBy { name } replaces { name }
"""
NEW = f"token {{ secret token {{ {FIELDS} }} }} errors {{ code field message }}"
CREATE = f"mutation ($input: CreateTokenInput!) {{ createToken(input: $input) {{ {NEW} }} }}"
ROTATE = f"mutation ($input: RotateTokenInput!) {{ rotateToken(input: $input) {{ {NEW} }} }}"
TOKENS = f"query ($id: ID!) {{ tokens(organisationId: $id) {{ nodes {{ {FIELDS} }} }} }}"
DAY = timedelta(days=1)


async def create(ask: Ask, world: World, persona: str = "manager", **more: Any) -> dict[str, Any]:
    """The answer to making a token of the town."""
    given = {
        "organisationId": str(world.organisations["town"]),
        "name": "The window of the town hall",
        "scopes": ["shares:read"],
        "expiresAt": (datetime.now(UTC) + 30 * DAY).isoformat(),
    }
    return await payload(ask, persona, CREATE, given | more)


async def rotate(ask: Ask, token_id: object, **more: Any) -> dict[str, Any]:
    return await payload(ask, "manager", ROTATE, {"tokenId": str(token_id)} | more)


async def payload(ask: Ask, persona: str, document: str, given: Any) -> dict[str, Any]:
    answer = await ask(persona, document, input=given)
    assert answer.errors is None
    assert answer.data is not None
    [found] = answer.data.values()
    return dict(found)


async def kept(token: dict[str, Any]) -> models.ApiToken:
    return await models.ApiToken.get(id=token["token"]["token"]["id"])


async def test_a_token_is_shown_once_and_only_its_hash_is_kept(ask: Ask, partners: World) -> None:
    made = await create(ask, partners, neighbourhoodIds=[str(partners.home)])
    secret, shown = made["token"]["secret"], made["token"]["token"]
    assert secrets.is_partner_token(secret)
    row = await kept(made)
    assert row.hash == secrets.digest(secret)
    assert await ledger.holding(secret) == []
    assert (shown["prefix"], shown["lastFour"]) == (secret[:13], secret[-4:])
    assert (shown["scopes"], shown["issuedBy"]) == (["shares:read"], {"name": "Manager"})
    assert shown["neighbourhoods"] == {"nodes": [{"slug": "home"}]}
    assert (shown["useCount"], shown["lastUsedAt"], shown["replaces"]) == (0, None, None)
    listed = await ask("manager", TOKENS, id=partners.organisations["town"])
    assert listed.data is not None
    assert [each for each in listed.data["tokens"]["nodes"] if each["id"] == shown["id"]] == [shown]
    assert secret not in str(listed.data)


async def test_a_token_opens_what_it_says_and_no_more(ask: Ask, partners: World) -> None:
    made = await create(
        ask, partners, scopes=["cases:read"], neighbourhoodIds=[str(partners.home)] * 2
    )
    viewer = await tokens.viewer_of(made["token"]["secret"])
    assert viewer is not None
    [office] = viewer.offices
    assert {scope.value for scope in viewer.scopes} == {"cases:read"}
    assert office.covers == {partners.home}
    assert (viewer.resident_id, office.staff_id) == (None, None)
    assert office.token_id == (await kept(made)).id


async def test_the_maker_of_a_unit_makes_tokens_of_that_unit(ask: Ask, partners: World) -> None:
    care = partners.units["care"]
    whole = await create(ask, partners)
    await models.Staff.filter(id=partners.staff["manager"]).update(unit_id=care)
    made = await create(ask, partners)
    assert made["token"]["token"]["unit"] == {"name": "care"}
    assert (await kept(made)).unit_id == care
    refusal = await rotate(ask, whole["token"]["token"]["id"])
    assert (refusal["token"], refusal["errors"][0]["code"]) == (None, "FORBIDDEN")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"scopes": []}, "INVALID", "scopes"),
        ({"scopes": ["shares:read", "shares:write"]}, "INVALID", "scopes"),
        *(({"scopes": ["shares:read", scope]}, "INVALID", "scopes") for scope in sorted(PERSONAL)),
        ({"name": " "}, "INVALID", "name"),
        ({"name": "x" * 61}, "TOO_LONG", "name"),
        ({"expiresAt": "2020-03-16T00:00:00Z"}, "INVALID", "expiresAt"),
        ({"expiresAt": "2020-03-16T00:00:00"}, "INVALID", "expiresAt"),
        ({"expiresAt": "9999-12-31T23:59:59Z"}, "INVALID", "expiresAt"),
        ({"neighbourhoodIds": []}, "INVALID", "neighbourhoodIds"),
        ({"neighbourhoodIds": [str(UUID(int=1))]}, "NOT_FOUND", None),
        ({"organisationId": str(UUID(int=1))}, "NOT_FOUND", None),
    ],
)
async def test_a_token_that_may_not_be_is_not_made(
    ask: Ask, partners: World, given: dict[str, Any], code: str, field: str | None
) -> None:
    before = await digest()
    made = await create(ask, partners, **given)
    assert made["token"] is None
    assert [(error["code"], error["field"]) for error in made["errors"]] == [(code, field)]
    assert await digest() == before


async def test_a_token_stands_a_year_at_most(ask: Ask, partners: World) -> None:
    now = datetime.now(UTC)
    year = (now + timedelta(days=366)).isoformat()
    assert (await create(ask, partners, expiresAt=year))["errors"] == []
    more = (now + timedelta(days=366, minutes=1)).isoformat()
    assert (await create(ask, partners, expiresAt=more))["errors"][0]["code"] == "INVALID"


async def test_a_token_is_not_for_what_its_maker_does_not_cover(ask: Ask, partners: World) -> None:
    far = str(partners.neighbourhoods["far"])
    made = await create(ask, partners, neighbourhoodIds=[str(partners.home), far])
    assert (made["token"], made["errors"][0]["code"]) == (None, "NOT_FOUND")


async def test_fifty_tokens_stand_at_most(ask: Ask, partners: World) -> None:
    town = partners.organisations["town"]
    await models.ApiToken.filter(organisation_id=town).delete()
    for number in range(50):
        await organisations.token(partners, f"token {number}", PARTNER)
    made = await create(ask, partners)
    assert (made["token"], made["errors"][0]["code"]) == (None, "CONFLICT")
    first = models.ApiToken.filter(name="token 0")
    await first.update(expires_at=datetime.now(UTC))
    assert (await create(ask, partners))["errors"] == []


@pytest.mark.parametrize("document", [CREATE, ROTATE])
@pytest.mark.parametrize("persona", ["token webhooks:manage", "editor", "resident"])
async def test_no_token_makes_a_token(
    ask: Ask, partners: World, persona: str, document: str
) -> None:
    row = await models.ApiToken.get(name="token shares:read")
    before = await models.ApiToken.all().count()
    given: dict[str, Any] = {"tokenId": str(row.id)}
    if document == CREATE:
        given = {
            "organisationId": str(row.organisation_id),
            "name": "More",
            "scopes": ["shares:read"],
            "expiresAt": (datetime.now(UTC) + DAY).isoformat(),
        }
    answer = await ask(persona, document, input=given)
    [error] = answer.errors or []
    assert error.message == "This needs the scope manager."
    assert error.extensions == {"code": "FORBIDDEN", "scope": "manager"}
    assert await models.ApiToken.all().count() == before


async def test_another_organisation_sees_and_ends_no_token(
    ask: Ask, act: Act, partners: World
) -> None:
    listed = await ask("centre_manager", TOKENS, id=partners.organisations["town"])
    assert [error.extensions for error in listed.errors or ()] == [{"code": "NOT_FOUND"}]
    row = await models.ApiToken.get(name="token shares:read")
    async with refused(RefusalCode.NOT_FOUND):
        await act("centre_manager", revoke_token, token_id=row.id)


async def test_a_manager_whose_work_ended_meanwhile_does_nothing_more(
    hub: Hub, partners: World
) -> None:
    """The picture of the viewer is older than the end."""
    context = await Context(hub, partners.people["manager"].token).fresh()
    await models.Staff.filter(id=partners.staff["manager"]).update(ended_at=datetime.now(UTC))
    row = await models.ApiToken.get(name="token shares:read")
    async with refused(RefusalCode.NOT_FOUND):
        await perform(context, revoke_token, {"token_id": row.id}, None)


async def test_a_revoked_token_opens_nothing_and_stays_listed(
    ask: Ask, act: Act, partners: World
) -> None:
    made = await create(ask, partners)
    token_id = UUID(made["token"]["token"]["id"])
    revoked = await act("manager", revoke_token, token_id=token_id)
    assert await tokens.viewer_of(made["token"]["secret"]) is None
    again = await act("manager", revoke_token, token_id=token_id)
    assert again.revoked_at == revoked.revoked_at
    listed = await ask("manager", TOKENS, id=partners.organisations["town"])
    assert listed.data is not None
    assert listed.data["tokens"]["nodes"][0]["revokedAt"] == revoked.revoked_at.isoformat()


async def test_a_rotated_token_and_its_successor_overlap(ask: Ask, partners: World) -> None:
    made = await create(ask, partners, scopes=["cases:read"], neighbourhoodIds=[str(partners.home)])
    old = await kept(made)
    await models.ApiToken.filter(id=old.id).update(created_at=old.created_at - 10 * DAY)
    before = datetime.now(UTC)
    renewed = await rotate(ask, old.id, overlapHours=2)
    assert renewed["errors"] == []
    new, ending = await kept(renewed), await models.ApiToken.get(id=old.id)
    assert renewed["token"]["token"]["replaces"] == {"name": old.name}
    assert (new.scopes, new.neighbourhood_ids) == (["cases:read"], [partners.home])
    assert new.replaces_id == old.id
    lifetime = old.expires_at - old.created_at + 10 * DAY
    for moment, expected in (
        (ending.expires_at, 2 * timedelta(hours=1)),
        (new.expires_at, lifetime),
    ):
        assert before + expected <= moment < before + expected + timedelta(seconds=20)
    for secret in (made["token"]["secret"], renewed["token"]["secret"]):
        assert await tokens.viewer_of(secret) is not None
    twice = await rotate(ask, old.id)
    assert (twice["token"], twice["errors"][0]["code"]) == (None, "CONFLICT")


async def test_without_overlap_the_old_token_ends_at_once(ask: Ask, partners: World) -> None:
    made = await create(ask, partners)
    renewed = await rotate(ask, made["token"]["token"]["id"], overlapHours=0)
    assert await tokens.viewer_of(made["token"]["secret"]) is None
    assert await tokens.viewer_of(renewed["token"]["secret"]) is not None


async def test_an_overlap_never_lengthens_a_token(ask: Ask, partners: World) -> None:
    made = await create(
        ask, partners, expiresAt=(datetime.now(UTC) + timedelta(hours=1)).isoformat()
    )
    old = await kept(made)
    assert (await rotate(ask, old.id, overlapHours=168))["errors"] == []
    assert (await models.ApiToken.get(id=old.id)).expires_at == old.expires_at


async def test_a_successor_is_never_wider_than_its_maker_is_now(ask: Ask, partners: World) -> None:
    places = [str(partners.neighbourhoods[name]) for name in ("home", "beside")]
    made = await create(ask, partners, neighbourhoodIds=places)
    old = await kept(made)
    await models.ApiToken.filter(id=old.id).update(scopes=["shares:read", "manager", "gone:read"])
    await models.Coverage.filter(neighbourhood_id=partners.neighbourhoods["beside"]).delete()
    new = await kept(await rotate(ask, old.id))
    assert (new.scopes, new.neighbourhood_ids) == (["shares:read"], [partners.home])


@pytest.mark.parametrize("hours", [-1, 169])
async def test_an_overlap_has_bounds(ask: Ask, partners: World, hours: int) -> None:
    row = await models.ApiToken.get(name="token shares:read")
    refusal = await rotate(ask, row.id, overlapHours=hours)
    assert [(e["code"], e["field"]) for e in refusal["errors"]] == [("INVALID", "overlapHours")]


@pytest.mark.parametrize("name", ["token expired", "token revoked"])
async def test_a_token_that_has_ended_is_not_rotated(ask: Ask, partners: World, name: str) -> None:
    before = await models.ApiToken.all().count()
    row = await models.ApiToken.get(name=name)
    assert (await rotate(ask, row.id))["errors"][0]["code"] == "CONFLICT"
    assert await models.ApiToken.all().count() == before
