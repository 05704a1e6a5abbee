"""Matches for tests: proposed and brought further by the verbs, or through the doors."""

from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.help_match_answer
import resolvers.help_match_proposal
from models.base import uuid7
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers.conftest import Act
from tests.world import World

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN, COMPLETED = models.HelpMatchState
PROPOSE = resolvers.help_match_proposal.propose_match
ACCEPT = resolvers.help_match_answer.accept_match
DECLINE = resolvers.help_match_answer.decline_match
WITHDRAW = resolvers.help_match_answer.withdraw_match
COMPLETE = resolvers.help_match_answer.complete_match
SHARE = resolvers.help_match_answer.share_address
THANK = resolvers.help_match_answer.thank

# who the two are, and the worker who brings them together
ROLES = {"resident": "REQUESTER", "neighbour": "HELPER", "worker": "WORKER"}
# what each step is given besides the match
GIVEN: dict[str, dict[str, Any]] = {
    "acceptMatch": {},
    "declineMatch": {},
    "withdrawMatch": {},
    "shareAddress": {"address": "Dorpsstraat 12, achterdeur"},
    "completeMatch": {},
    "thank": {"words": "Dank u wel!"},
}


async def propose(
    act: Act,
    world: World,
    post: models.Post,
    persona: str = "resident",
    helping: str = "neighbour",
    **more: Any,
) -> models.HelpMatch:
    """A match that a persona proposes: an offer, if it is the one who is to help."""
    named = {} if persona == helping else {"helper_id": whose(world, helping)}
    made: models.HelpMatch = await act(persona, PROPOSE, post_id=post.id, **named, **more)
    return made


async def accepted(
    act: Act, world: World, post: models.Post, helping: str = "neighbour"
) -> models.HelpMatch:
    """A match that the requester proposed and the other accepted."""
    match = await propose(act, world, post, helping=helping)
    made: models.HelpMatch = await act(helping, ACCEPT, match_id=match.id)
    return made


async def again(match: models.HelpMatch) -> models.HelpMatch:
    """The match as it is stored now."""
    return await models.HelpMatch.get(id=match.id)


async def state_of(post: models.Post) -> models.HelpRequestState:
    """Where the request behind a post stands."""
    return (await models.HelpRequest.get(post_id=post.id)).state


async def do(ask: Ask, persona: str, step: str, match_id: UUID) -> dict[str, Any]:
    """What a door answers a persona about a match; the code of the lock, if that is closed."""
    name = step[0].upper() + step[1:]
    answer = await ask(
        persona,
        f"mutation ($input: {name}Input!) {{ {step}(input: $input)"
        f" {{ match {{ state }} errors {{ code message }} }} }}",
        input={"matchId": match_id, **GIVEN[step]},
    )
    if answer.errors:
        return {"lock": (answer.errors[0].extensions or {})["code"]}
    assert answer.data is not None
    outcome: dict[str, Any] = answer.data[step]
    return outcome


async def heard(world: World, persona: str) -> list[UUID]:
    """The matches of which a persona was told, each time."""
    events = models.Event.filter(stream_id=world.people[persona].resident_id).order_by("sequence")
    kind = models.EventKind.HELP_MATCH_CHANGED
    return [event.subject_id for event in await events if event.kind is kind and event.subject_id]


def unknown() -> UUID:
    """An id that never existed."""
    return uuid7()


async def refusal(act: Act, persona: str, **given: Any) -> tuple[RefusalCode, str]:
    """The code and the words by which a proposal is refused."""
    with pytest.raises(Refusal) as error:
        await act(persona, PROPOSE, **given)
    return error.value.code, error.value.message
