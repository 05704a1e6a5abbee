"""Partners for the small world: two organisations, staff of every role, a token for every scope.

`town` covers home and beside and has two units, `centre` covers home only. The staff are the town's
unless their name begins with `centre`. A token is named after its scope: `token shares:read`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import models
from auth import secrets, session
from auth.scope import PARTNER, Scope
from models.transaction import transaction
from tests.world import NOW, Person, World

SINCE = date(2020, 3, 16)
TOWN, CENTRE = models.OrganisationKind.TOWN, models.OrganisationKind.SERVICE_CENTRE
# organisation: (kind, the neighbourhoods it covers, its units)
ORGANISATIONS = {
    "town": (TOWN, ("home", "beside"), ("care", "roads")),
    "centre": (CENTRE, ("home",), ()),
}
# persona: (organisation, role, unit)
STAFF = {
    "manager": ("town", models.StaffRole.MANAGER, None),
    "editor": ("town", models.StaffRole.EDITOR, None),
    "case_worker": ("town", models.StaffRole.CASE_WORKER, "care"),
    "other_unit": ("town", models.StaffRole.CASE_WORKER, "roads"),
    "analyst": ("town", models.StaffRole.ANALYST, None),
    "centre_manager": ("centre", models.StaffRole.MANAGER, None),
}


async def build(world: World) -> None:
    """Add the partners to a world that was built."""
    async with transaction():
        for name, (kind, covered, units) in ORGANISATIONS.items():
            await _organisation(world, name, kind, covered, units)
        for name, (organisation, role, unit) in STAFF.items():
            await staff(world, name, organisation, role, unit)
        for scope in sorted(PARTNER):
            await token(world, f"token {scope.value}", (scope,))
        await token(world, "token expired", PARTNER, lifetime=timedelta(seconds=-1))
        await token(world, "token revoked", PARTNER, revoked=True)
        await token(world, "token elsewhere", PARTNER, places=("beside",))


async def token(
    world: World,
    name: str,
    scopes: Iterable[Scope],
    *,
    lifetime: timedelta = timedelta(days=1),
    revoked: bool = False,
    places: Iterable[str] = (),
) -> models.ApiToken:
    """A token of the town for the whole of it, or for some places; a persona of that name."""
    secret = secrets.new_partner_token()
    row = await models.ApiToken.create(
        organisation_id=world.organisations["town"],
        issued_by_id=world.staff["manager"],
        name=name,
        prefix=secret[:13],
        last_four=secret[-4:],
        hash=secrets.digest(secret),
        scopes=[scope.value for scope in scopes],
        neighbourhood_ids=[world.neighbourhoods[place] for place in places] or None,
        expires_at=NOW + lifetime,
        revoked_at=NOW if revoked else None,
    )
    world.people[name] = Person(token=secret)
    return row


async def staff(
    world: World, name: str, organisation: str, role: models.StaffRole, unit: str | None = None
) -> None:
    """Somebody who works for an organisation and lives nowhere; a persona of that name."""
    resident = await models.Resident.create(
        email=f"{name}@noaber.example", phone="+32 9 000 00 01", language=models.Language.EN
    )
    await models.Stream.create(id=resident.id, kind=models.StreamKind.RESIDENT)
    row = await models.Staff.create(
        organisation_id=world.organisations[organisation],
        unit_id=_unit(world, unit),
        resident_id=resident.id,
        role=role,
        name=name.title(),
    )
    world.staff[name] = row.id
    pair = await session.open_session(resident.id, "tests", access_lifetime=timedelta(hours=1))
    world.people[name] = Person(resident.id, None, pair.session_id, pair.access, pair.refresh)


async def _organisation(
    world: World,
    name: str,
    kind: models.OrganisationKind,
    covered: Iterable[str],
    units: Iterable[str],
) -> None:
    row = await models.Organisation.create(slug=name, name=name.title(), kind=kind)
    await models.Stream.create(id=row.id, kind=models.StreamKind.ORGANISATION)
    for place in covered:
        await models.Coverage.create(
            organisation_id=row.id, neighbourhood_id=world.neighbourhoods[place], since=SINCE
        )
    for unit in units:
        made = await models.Unit.create(organisation_id=row.id, name=unit)
        world.units[unit] = made.id
    world.organisations[name] = row.id


def _unit(world: World, name: str | None) -> UUID | None:
    return None if name is None else world.units[name]
