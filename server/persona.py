"""The people of the demo and the program of the town: a token each, and where they belong."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.context import TortoiseContext

import models
import models.database
from auth import secrets, session, tokens
from auth.scope import PARTNER
from auth.viewer import Office, Viewer
from auth.visibility import visible
from models.transaction import transaction
from server import seed
from server.engines import EngineError
from server.ide import Persona

CLIENT = "demo"
LIFETIME = timedelta(days=1)
SHOWN_LETTERS = 13


async def introduce(database_url: str) -> Mapping[str, Persona]:
    """Sign every persona of the seed in, for a day; the tokens of the start before end.

    Raises `EngineError` when the database holds other data than the seed's.
    """
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        people = {name: await _sign_in(name, email) for name, email in seed.personas.items()}
        return people | {"token": await _issue(people["manager"])}


async def _sign_in(name: str, email: str) -> Persona:
    resident = await models.Resident.get_or_none(email=email)
    if resident is None:
        raise EngineError("The database holds other data than the demo's: give it an empty one.")
    async with transaction():
        await models.Session.filter(resident_id=resident.id, client=CLIENT).delete()
        opened = await session.open_session(resident.id, CLIENT, access_lifetime=LIFETIME)
    viewer = await _viewer(opened.access)
    if viewer.standings:
        return await _member(name, opened.access, viewer)
    return await _staff(name, opened.access, viewer)


async def _issue(manager: Persona) -> Persona:
    """A token of the manager's organisation with all scopes, in place of the one before."""
    office = (await _viewer(manager.token)).offices[0]
    secret = secrets.new_partner_token()
    issued: dict[str, Any] = {
        "hash": secrets.digest(secret),
        "prefix": secret[:SHOWN_LETTERS],
        "last_four": secret[-4:],
        "scopes": sorted(scope.value for scope in PARTNER),
        "expires_at": datetime.now(UTC) + LIFETIME,
        "revoked_at": None,
    }
    key: dict[str, Any] = {"organisation_id": office.organisation_id, "name": CLIENT}
    async with transaction():
        if not await models.ApiToken.filter(**key).update(**issued):
            await models.ApiToken.create(**key, **issued, issued_by_id=office.staff_id)
    partner = await models.Organisation.get(id=office.organisation_id)
    return await _working("token", f"A program of {partner.name}, with every scope", secret, office)


async def _viewer(token: str) -> Viewer:
    viewer = await tokens.viewer_of(token)
    assert viewer is not None
    return viewer


async def _member(name: str, token: str, viewer: Viewer) -> Persona:
    """A member as a visitor chooses it, with a neighbourhood and posts to try things on."""
    standing = viewer.standings[0]
    home = await visible(models.Neighbourhood, viewer).get(id=standing.neighbourhood_id)
    member = await visible(models.Membership, viewer).get(id=standing.membership_id)
    posts = visible(models.Post, viewer).filter(neighbourhood_id=home.id).order_by("-id")
    newest, own = await posts.first(), await posts.filter(author_id=member.id).first()
    coverage = models.Coverage.filter(neighbourhood_id=home.id).order_by("organisation_id")
    partner = await coverage.first()
    return Persona(
        name=name,
        description=f"{member.display_name}, {_role(member.role)} of {home.name}",
        token=token,
        neighbourhood_id=str(home.id),
        post_id=str(newest.id) if newest else "",
        own_post_id=str(own.id) if own else "",
        organisation_id=str(partner.organisation_id) if partner else "",
    )


async def _staff(name: str, token: str, viewer: Viewer) -> Persona:
    """One who works for a partner."""
    office = viewer.offices[0]
    staff = await visible(models.Staff, viewer).get(id=office.staff_id)
    partner = await models.Organisation.get(id=office.organisation_id)
    description = f"{staff.name}, {_role(staff.role)} of {partner.name}"
    return await _working(name, description, token, office)


async def _working(name: str, description: str, token: str, office: Office) -> Persona:
    """Somebody of an organisation, with one of the neighbourhoods it covers to try things on."""
    covered = models.Neighbourhood.filter(id__in=office.covers).order_by("id")
    place = await covered.first()
    return Persona(
        name=name,
        description=description,
        token=token,
        neighbourhood_id=str(place.id) if place else "",
        organisation_id=str(office.organisation_id),
    )


def _role(role: models.MembershipRole | models.StaffRole) -> str:
    return role.value.lower().replace("_", " ")
