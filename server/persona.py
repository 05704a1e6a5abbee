"""The people of the demo, signed in: a token each, and where they live."""

from collections.abc import Mapping
from datetime import timedelta

from tortoise.context import TortoiseContext

import models
import models.database
from auth import session, tokens
from auth.viewer import Viewer
from auth.visibility import visible
from models.transaction import transaction
from server import seed
from server.engines import EngineError
from server.ide import Persona

CLIENT = "demo"
LIFETIME = timedelta(days=1)


async def introduce(database_url: str) -> Mapping[str, Persona]:
    """Sign every persona of the seed in, for a day; the tokens of the start before end.

    Raises `EngineError` when the database holds other data than the seed's.
    """
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        return {name: await _sign_in(name, email) for name, email in seed.personas.items()}


async def _sign_in(name: str, email: str) -> Persona:
    resident = await models.Resident.get_or_none(email=email)
    if resident is None:
        raise EngineError("The database holds other data than the demo's: give it an empty one.")
    async with transaction():
        await models.Session.filter(resident_id=resident.id, client=CLIENT).delete()
        opened = await session.open_session(resident.id, CLIENT, access_lifetime=LIFETIME)
    viewer = await tokens.viewer_of(opened.access)
    assert viewer is not None
    return await _persona(name, opened.access, viewer)


async def _persona(name: str, token: str, viewer: Viewer) -> Persona:
    """The persona as a visitor chooses it, with a neighbourhood and a post to try things on."""
    standing = viewer.standings[0]
    home = await visible(models.Neighbourhood, viewer).get(id=standing.neighbourhood_id)
    member = await visible(models.Membership, viewer).get(id=standing.membership_id)
    posts = visible(models.Post, viewer).filter(neighbourhood_id=home.id)
    newest = await posts.order_by("-id").first()
    return Persona(
        name=name,
        description=f"{member.display_name}, {_role(member.role)} of {home.name}",
        token=token,
        neighbourhood_id=str(home.id),
        post_id=str(newest.id) if newest else "",
    )


def _role(role: models.MembershipRole) -> str:
    return role.value.lower().replace("_", " ")
