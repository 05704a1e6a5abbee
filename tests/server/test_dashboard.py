"""The dashboard of Deinze on the seed: the figures of the town after one year."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from tortoise import Tortoise

import models.database
import schema
from auth import secrets
from auth.scope import Scope
from realtime.hub import Hub
from resolvers import figure
from resolvers.context import Context
from server.settings import Settings
from tests.server import deinze as databases

NOW = datetime(2021, 4, 2, tzinfo=UTC)
DASHBOARD = """
query ($id: ID!) { dashboard(organisationId: $id) {
  asOf exact neighbourhoods households registeredHouseholds engagedHouseholds participation
  activeShare posts comments shares helpOffers volunteers
} }
"""


@pytest.fixture
def copied(settings: Settings, deinze: str) -> Iterator[str]:
    """The address of a copy of the seed, to be written into."""
    seeded = urlsplit(deinze).path[1:]
    own = f"{seeded}_copy"
    run = databases.execute
    asyncio.run(run(settings.database_url, f"create database {own} template {seeded}"))
    yield urlsplit(deinze)._replace(path=f"/{own}").geturl()
    asyncio.run(run(settings.database_url, f"drop database {own} with (force)"))


@pytest.fixture
async def counted(copied: str) -> AsyncIterator[None]:
    """The seed, with all figures up to the end of its year."""
    await Tortoise.init(config=models.database.config(copied), _enable_global_fallback=True)
    await figure.count_due(NOW)
    yield
    await Tortoise.close_connections()


async def dashboard(settings: Settings, slug: str) -> Any:
    """What the dashboard tells a token for statistics of an organisation."""
    organisation = await models.Organisation.get(slug=slug)
    staff = await models.Staff.filter(organisation_id=organisation.id).first()
    assert staff is not None
    token = secrets.new_partner_token()
    await models.ApiToken.create(
        organisation_id=organisation.id,
        issued_by_id=staff.id,
        name="Dashboard",
        prefix=token[:13],
        last_four=token[-4:],
        hash=secrets.digest(token),
        scopes=[Scope.STATISTICS_READ.value],
        expires_at=datetime(2100, 1, 1, tzinfo=UTC),
    )
    async with Hub(settings.redis_url, settings.channel_prefix) as hub:
        context = await Context(hub, token).fresh()
        answer = await schema.api.execute(DASHBOARD, {"id": str(organisation.id)}, context)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["dashboard"]


async def test_the_dashboard_of_the_town_tells_the_figures_of_its_first_year(
    settings: Settings, counted: None
) -> None:
    assert await dashboard(settings, "stad-deinze") == {
        "asOf": "2021-03-31",
        "exact": True,
        "neighbourhoods": 17,
        "households": 16_690,
        "registeredHouseholds": 3_772,
        "engagedHouseholds": 2_452,
        "participation": 0.226,
        "activeShare": 0.65,
        "posts": 5_664,
        "comments": 24_745,
        "shares": 39,
        "helpOffers": 80,
        "volunteers": 68,
    }
    centre = await dashboard(settings, "zeventiendorpen")
    assert (centre["exact"], centre["posts"], centre["volunteers"]) == (False, 5_665, 15)
    assert (centre["shares"], centre["helpOffers"]) == (None, 80)
    part = await dashboard(settings, "de-bosrank")
    assert (part["exact"], part["posts"], part["shares"]) == (False, None, None)
