"""The list of conversations costs a fixed number of statements; blocks cost whom they concern."""

import logging
from typing import Any

import pytest

from tests.inside import Ask
from tests.resolvers import talking
from tests.resolvers.conftest import Act
from tests.resolvers.talking import begin, block, settle, write
from tests.world import World

PAGE = """
query ($first: Int!) {
  viewer {
    conversations(first: $first) {
      nodes {
        id kind title isOpen unreadCount
        lastMessage { body authorName author { street } isMine }
        participants { nodes { displayName readTo leftAt member { street } } }
        messages(last: 3) { nodes { body } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
}
"""
# the viewer, the account, the own seats, the conversations; the seats and what is unread; the
# newest messages, with the names and the profiles of their authors; who takes part, with names,
# profiles and how far each has read; the last three messages
STATEMENTS = 14


async def counted(
    ask: Ask, caplog: pytest.LogCaptureFixture, document: str, **given: Any
) -> tuple[int, dict[str, Any]]:
    """The statements of one operation, and its data."""
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        data = await talking.asked(ask, "resident", document, **given)
    statements = [r for r in caplog.records if r.name == "tortoise.db_client"]
    return len(statements), data


@pytest.mark.parametrize("size", [1, 3, 9])
async def test_the_page_of_conversations_costs_the_same_at_any_size(
    act: Act, ask: Ask, world: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    names = [f"n{number}" for number in range(9)]
    await settle(world, *names)
    for name in names:
        talk = await begin(act, world, name)
        for persona in ("resident", name, name):
            await write(act, talk, persona=persona)
    statements, data = await counted(ask, caplog, PAGE, first=size)
    nodes = data["viewer"]["conversations"]["nodes"]
    assert [node["unreadCount"] for node in nodes] == [2] * size
    assert [len(node["messages"]["nodes"]) for node in nodes] == [3] * size
    assert statements == STATEMENTS


COUNTS = "query ($id: ID!) { neighbourhood(id: $id) { feed { nodes { commentCount } } } }"


async def test_who_has_to_do_with_no_block_pays_nothing_for_blocks(
    act: Act, ask: Ask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    before, _ = await counted(ask, caplog, COUNTS, id=world.home)
    await block(act, world, "moderator", "neighbour")
    assert (await counted(ask, caplog, COUNTS, id=world.home))[0] == before
    await block(act, world, "resident", "worker")
    assert (await counted(ask, caplog, COUNTS, id=world.home))[0] == before + 1
