"""Talk for tests: begun, written and read by the people of the small world."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.block
import resolvers.chat_message
import resolvers.conversation
import resolvers.seat
from auth import session
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.world import NOW, Person, World

MESSAGES = """
query ($id: ID!) {
  conversation(id: $id) { messages(last: 50) { nodes { body authorName isMine } } }
}
"""
LIST = """
query ($first: Int, $after: String) {
  viewer {
    conversations(first: $first, after: $after) {
      nodes { id title unreadCount lastMessage { body } }
      pageInfo { endCursor hasNextPage }
    }
  }
}
"""
SEATS = """
query ($id: ID!) {
  conversation(id: $id) {
    isOpen participants { nodes { displayName leftAt readTo member { displayName } } }
  }
}
"""


def ids(world: World, *personas: str) -> list[UUID]:
    """The memberships of personas."""
    found = [world.people[persona].membership_id for persona in personas]
    return [id for id in found if id is not None]


async def settle(world: World, *names: str, **more: Any) -> None:
    """More members at home, signed in."""
    for name in names:
        resident = await models.Resident.create(
            email=f"{name}@noaber.example", phone="+32 9 1", language=models.Language.EN
        )
        await models.Stream.create(id=resident.id, kind=models.StreamKind.RESIDENT)
        given: dict[str, Any] = {
            "neighbourhood_id": world.home,
            "resident_id": resident.id,
            "display_name": name.title(),
            "state": models.MembershipState.ACTIVE,
            "verified_at": NOW,
            **more,
        }
        membership = await models.Membership.create(**given)
        pair = await session.open_session(resident.id, "tests", access_lifetime=timedelta(hours=1))
        world.people[name] = Person(resident.id, membership.id, pair.session_id, pair.access)


async def begin(
    act: Act, world: World, *others: str, persona: str = "resident", title: str | None = None
) -> models.Conversation:
    """A conversation of a persona with others; with more than one, a group."""
    named = title or ("Straatfeest" if len(others) > 1 else None)
    given = {"membership_ids": ids(world, *others), **({"title": named} if named else {})}
    begun: models.Conversation = await act(
        persona, resolvers.conversation.start_conversation, **given
    )
    return begun


async def write(
    act: Act, conversation: models.Conversation, body: str = "Dag!", persona: str = "resident"
) -> models.ChatMessage:
    """A message."""
    verb = resolvers.chat_message.send_message
    sent: models.ChatMessage = await act(persona, verb, conversation_id=conversation.id, body=body)
    return sent


async def join(act: Act, world: World, talk: models.Conversation, *others: str) -> None:
    """The resident brings others in."""
    verb = resolvers.seat.add_participants
    await act("resident", verb, conversation_id=talk.id, membership_ids=ids(world, *others))


async def leave(act: Act, talk: models.Conversation, persona: str) -> None:
    """A persona goes."""
    await act(persona, resolvers.seat.leave_conversation, conversation_id=talk.id)


async def block(act: Act, world: World, persona: str, other: str) -> models.Block:
    """A persona blocks another."""
    [id] = ids(world, other)
    made: models.Block = await act(persona, resolvers.block.block_member, membership_id=id)
    return made


async def unblock(act: Act, world: World, persona: str, other: str) -> None:
    """A persona lets another go."""
    [id] = ids(world, other)
    await act(persona, resolvers.block.unblock_member, membership_id=id)


async def read(ask: Ask, persona: str, talk: models.Conversation) -> list[str] | None:
    """What a persona reads in a conversation; None when there is none."""
    found = (await asked(ask, persona, MESSAGES, id=talk.id))["conversation"]
    return found and [message["body"] for message in found["messages"]["nodes"]]


async def listed(ask: Ask, persona: str) -> list[dict[str, Any]]:
    """The conversations of a persona."""
    data = await asked(ask, persona, LIST)
    rows: list[dict[str, Any]] = data["viewer"]["conversations"]["nodes"]
    return rows


async def seats(ask: Ask, persona: str, talk: models.Conversation) -> dict[str, bool] | None:
    """Who takes part, as a persona sees it: whether each is still there."""
    found = (await asked(ask, persona, SEATS, id=talk.id))["conversation"]
    return found and {
        seat["displayName"]: seat["leftAt"] is None for seat in found["participants"]["nodes"]
    }


async def asked(ask: Ask, persona: str, document: str, **given: Any) -> dict[str, Any]:
    """The data of an answer without errors."""
    answer = await ask(persona, document, **given)
    assert answer.errors is None, answer.errors
    assert answer.data is not None
    return answer.data
