"""Announcing in the tests: what is announced by default, and what a persona reads in a feed."""

from datetime import timedelta
from typing import Any

import models
import resolvers.announcement
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.world import World

ALERT = models.AnnouncementPurpose.ALERT
SNOW = {
    "purpose": models.AnnouncementPurpose.PRACTICAL_INFO,
    "title": "Sneeuw ruimen",
    "body": "Wie ruimt de stoep van de buren?",
}
DAY = timedelta(days=1)
FEED = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    feed(kinds: [ANNOUNCEMENT]) {
      nodes {
        kind audience title body purpose urgentUntil isMine
        author { id } organisation { name } readBy { name }
      }
    }
    alerts { nodes { title } }
  }
}
"""


async def announce(act: Act, world: World, persona: str = "editor", **more: Any) -> Any:
    given = {"organisation_id": world.organisations["town"], **SNOW, **more}
    return await act(persona, resolvers.announcement.create_announcement, **given)


async def feed(ask: Ask, world: World, persona: str, place: str) -> dict[str, Any]:
    answer = await ask(persona, FEED, id=world.neighbourhoods[place])
    assert answer.errors is None
    assert answer.data is not None
    found: dict[str, Any] = answer.data["neighbourhood"]
    return found


async def titles(ask: Ask, world: World, persona: str, place: str, part: str = "feed") -> list[str]:
    return [post["title"] for post in (await feed(ask, world, persona, place))[part]["nodes"]]
