"""A token in, a viewer out: what each is for, what each use costs, and when it ends."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

import models
from auth import secrets, tokens
from auth.scope import PARTNER, ROLES, Scope
from auth.viewer import Office, Viewer
from tests.inside import Ask
from tests.partners import STAFF, token
from tests.world import World


async def viewer_of(world: World, persona: str) -> Viewer:
    secret = world.people[persona].token
    assert secret is not None
    viewer = await tokens.viewer_of(secret)
    assert viewer is not None
    return viewer


def statements(caplog: pytest.LogCaptureFixture) -> int:
    """How many were sent to the database."""
    return sum(record.name == "tortoise.db_client" for record in caplog.records)


@pytest.mark.parametrize("scope", sorted(PARTNER))
async def test_a_token_is_its_organisation_with_its_scope_and_nobody(
    partners: World, scope: Scope
) -> None:
    viewer = await viewer_of(partners, f"token {scope.value}")
    row = await models.ApiToken.get(name=f"token {scope.value}")
    covered = {partners.home, partners.neighbourhoods["beside"]}
    office = Office(row.organisation_id, frozenset(covered), frozenset({scope}), token_id=row.id)
    assert viewer == Viewer(
        token_id=row.id,
        expires_at=row.expires_at,
        offices=(office,),
        scopes=frozenset({scope}),
    )
    assert (viewer.is_signed_in, viewer.holder_id) == (False, row.id)


@pytest.mark.parametrize("persona", STAFF)
async def test_staff_are_themselves_and_hold_what_their_role_opens(
    partners: World, persona: str
) -> None:
    organisation, role, unit = STAFF[persona]
    viewer = await viewer_of(partners, persona)
    [office] = viewer.offices
    assert office.organisation_id == partners.organisations[organisation]
    assert office.unit_id == (unit and partners.units[unit])
    assert office.staff_id == partners.staff[persona]
    assert viewer.scopes == ROLES[role] | {Scope.RESIDENT}
    assert viewer.resident_id == partners.people[persona].resident_id
    # who lives nowhere here is no resident among residents
    assert not viewer.is_signed_in


def test_no_role_gives_a_token_the_scopes_of_persons() -> None:
    for role, scopes in ROLES.items():
        may_make_tokens = Scope.MANAGER in scopes
        assert may_make_tokens is (role is models.StaffRole.MANAGER)
    assert {Scope.RESIDENT, Scope.STAFF, Scope.MANAGER}.isdisjoint(PARTNER)


async def test_a_scope_of_persons_that_stands_in_a_row_by_mistake_opens_nothing(
    partners: World,
) -> None:
    await models.ApiToken.filter(name="token shares:read").update(
        scopes=["shares:read", "manager", "resident", "unknown"]
    )
    viewer = await viewer_of(partners, "token shares:read")
    assert viewer.scopes == {Scope.SHARES_READ}
    assert viewer.offices[0].scopes == {Scope.SHARES_READ}


@pytest.mark.parametrize("persona", ["token expired", "token revoked"])
async def test_a_token_that_has_ended_opens_nothing(partners: World, persona: str) -> None:
    secret = partners.people[persona].token
    assert secret is not None
    assert await tokens.viewer_of(secret) is None


async def test_a_token_reaches_only_what_is_covered_today(partners: World) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    await models.Coverage.filter(neighbourhood_id=partners.home).update(since=tomorrow)
    for persona in ("token shares:read", "manager"):
        viewer = await viewer_of(partners, persona)
        assert viewer.covers == {partners.neighbourhoods["beside"]}


async def test_a_token_limited_to_nothing_reaches_nothing(partners: World) -> None:
    await models.ApiToken.filter(name="token shares:read").update(neighbourhood_ids=[])
    assert (await viewer_of(partners, "token shares:read")).covers == frozenset()


@pytest.mark.parametrize("spoilt", ["x", "", "é", "\ud800"])
async def test_a_wrong_checksum_never_reaches_the_database(
    partners: World, caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    good = secrets.new_partner_token()
    last = "y" if good[-1] == "x" else "x"
    for secret in (good[:-1] + last, good + spoilt + "x", f"nbp_live_{spoilt}"):
        with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
            assert await tokens.viewer_of(secret) is None
    assert statements(caplog) == 0


async def test_an_unknown_token_with_the_right_checksum_costs_one_statement(
    partners: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        assert await tokens.viewer_of(secrets.new_partner_token()) is None
    assert statements(caplog) == 1


async def test_a_wrong_checksum_over_a_door_costs_no_statement_either(
    ask: Ask, partners: World, caplog: pytest.LogCaptureFixture
) -> None:
    good = partners.people["token shares:read"].token
    assert good is not None
    partners.people["spoilt"] = type(partners.people["signed_out"])(token=good[:-6] + "000000")
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask("spoilt", "{ offices { scopes } }")
    assert [error.extensions for error in answer.errors or []] == [{"code": "UNAUTHENTICATED"}]
    assert statements(caplog) == 0


async def test_every_operation_counts_one_use(ask: Ask, partners: World) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    document = "{ a: offices { scopes } b: offices { scopes } }"
    for _ in range(7):
        await ask("token shares:read", document)
    await ask("token shares:read", "{ tokens(organisationId: 1) { nodes { id } } }")
    row = await models.ApiToken.get(name="token shares:read")
    assert row.use_count == 8
    assert row.last_used_at is not None
    assert before <= row.last_used_at
    unused = await models.ApiToken.get(name="token cases:read")
    assert (unused.use_count, unused.last_used_at) == (0, None)


async def test_only_a_hash_stands_in_the_database(partners: World) -> None:
    made = await token(partners, "another", (Scope.SHARES_READ,))
    secret = partners.people["another"].token
    assert secret is not None
    assert made.hash == secrets.digest(secret)
    assert (made.prefix, made.last_four) == (secret[:13], secret[-4:])
