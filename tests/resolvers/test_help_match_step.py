"""The steps of a match: the table as it is read aloud, and any story at all through the doors."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from resolvers import help_match_step
from resolvers.refusal import Refusal, RefusalCode
from tests import neighbours
from tests.access.snapshot import digest
from tests.inside import Ask
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.world import World

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN, COMPLETED = models.HelpMatchState
REQUESTER, HELPER, WORKER = models.HelpMatchRole
ACCEPT, DECLINE, WITHDRAW, SHARE_ADDRESS, COMPLETE, THANK = models.HelpMatchStep
NOW = datetime.now(UTC)
# state, who, whether this one has accepted (or, once completed, thanked): what is legal
LEGAL = {
    (PROPOSED, REQUESTER, False): [ACCEPT, DECLINE],
    (PROPOSED, HELPER, False): [ACCEPT, DECLINE],
    (PROPOSED, REQUESTER, True): [WITHDRAW],
    (PROPOSED, HELPER, True): [WITHDRAW],
    (PROPOSED, WORKER, False): [WITHDRAW],
    (ACCEPTED, REQUESTER, True): [SHARE_ADDRESS, COMPLETE, WITHDRAW],
    (ACCEPTED, HELPER, True): [COMPLETE, WITHDRAW],
    (COMPLETED, REQUESTER, False): [THANK],
    (COMPLETED, HELPER, False): [THANK],
}
# who may do what at some time, for a refusal to be a matter of time
EVER = {
    REQUESTER: set(models.HelpMatchStep),
    HELPER: {ACCEPT, DECLINE, WITHDRAW, COMPLETE, THANK},
    WORKER: {WITHDRAW},
}
OUTSIDERS = (
    *("third", "moderator", "other_worker", "nearby", "stranger", "worker_elsewhere", "former"),
    *("pending", "manager", "case_worker"),
)
LOCKED_OUT = {
    **dict.fromkeys(("signed_out", "expired", "revoked"), "UNAUTHENTICATED"),
    **dict.fromkeys(("token shares:read", "token statistics:read"), "FORBIDDEN"),
}
DOORS = dict(
    zip(
        ("acceptMatch", "declineMatch", "withdrawMatch", "shareAddress", "completeMatch", "thank"),
        models.HelpMatchStep,
        strict=True,
    )
)


def stored(state: models.HelpMatchState, role: models.HelpMatchRole, spoken: bool) -> Any:
    """A match in a state, of which nothing else matters than whether this one has spoken."""
    match = models.HelpMatch(state=state)
    for party in (REQUESTER, HELPER):
        has_accepted = state is not PROPOSED or (party is role and spoken)
        setattr(match, f"{party.lower()}_accepted_at", NOW if has_accepted else None)
        has_thanked = state is COMPLETED and party is role and spoken
        setattr(match, f"{party.lower()}_thanked_at", NOW if has_thanked else None)
    return match


@pytest.mark.parametrize("step", models.HelpMatchStep)
@pytest.mark.parametrize("spoken", [False, True])
@pytest.mark.parametrize("role", models.HelpMatchRole)
@pytest.mark.parametrize("state", models.HelpMatchState)
def test_a_step_is_taken_or_refused_with_the_legal_ones(
    state: models.HelpMatchState,
    role: models.HelpMatchRole,
    spoken: bool,
    step: models.HelpMatchStep,
) -> None:
    match = stored(state, role, spoken)
    legal = LEGAL.get((state, role, spoken or state is ACCEPTED), [])
    if role is WORKER:
        legal = LEGAL.get((state, role, False), [])
    assert help_match_step.next_steps(match, role) == legal
    if step in legal:
        help_match_step.take(match, role, step, NOW)
        return
    before = dict(vars(match))
    with pytest.raises(Refusal) as refusal:
        help_match_step.take(match, role, step, NOW)
    can = f"You can: {', '.join(legal)}." if legal else "There is nothing you can do with it."
    code = RefusalCode.CONFLICT if step in EVER[role] else RefusalCode.FORBIDDEN
    assert (refusal.value.code, refusal.value.message) == (code, f"It is {state.value}. {can}")
    assert vars(match) == before


@dataclass
class Story:
    """What the table makes of a match, told by hand: nothing of ours is asked."""

    proposer: str
    state: models.HelpMatchState = PROPOSED
    accepted: set[str] = field(default_factory=set)
    thanked: set[str] = field(default_factory=set)
    address: bool = False

    def __post_init__(self) -> None:
        self.accepted = {self.proposer} & {"resident", "neighbour"}

    @property
    def concerned(self) -> set[str]:
        """The two, and the worker if it was the worker who proposed it."""
        return {"resident", "neighbour", self.proposer}

    def legal(self, persona: str) -> list[models.HelpMatchStep]:
        """What this persona may do now."""
        if persona not in self.concerned:
            return []
        role = models.HelpMatchRole(matching.ROLES[persona])
        spoken = self.thanked if self.state is COMPLETED else self.accepted
        return LEGAL.get((self.state, role, persona in spoken), [])

    def take(self, persona: str, step: models.HelpMatchStep) -> None:
        """The persona did this."""
        if step is ACCEPT:
            self.accepted.add(persona)
            if self.accepted == {"resident", "neighbour"}:
                self.state = ACCEPTED
        elif step is THANK:
            self.thanked.add(persona)
        elif step is SHARE_ADDRESS:
            self.address = True
        else:
            self.state = {DECLINE: DECLINED, WITHDRAW: WITHDRAWN, COMPLETE: COMPLETED}[step]
            self.address = False

    def refusal(self, persona: str, step: models.HelpMatchStep) -> dict[str, str]:
        """What the persona is told who may not do this now."""
        legal = self.legal(persona)
        can = f"You can: {', '.join(legal)}." if legal else "There is nothing you can do with it."
        is_ever = step in EVER[models.HelpMatchRole(matching.ROLES[persona])]
        code = "CONFLICT" if is_ever else "FORBIDDEN"
        return {"code": code, "message": f"It is {self.state.value}. {can}"}


async def begin(act: Act, world: World, proposer: str) -> tuple[models.HelpMatch, Story]:
    """A match that was just proposed, in a neighbourhood without any other."""
    await models.Participant.all().delete()
    await models.Conversation.all().delete()
    await models.HelpMatch.all().delete()
    await models.HelpRequest.all().delete()
    post = await neighbours.request(world)
    match = await matching.propose(act, world, post, proposer)
    return match, Story(proposer)


async def tell(ask: Ask, match: models.HelpMatch, story: Story, persona: str, door: str) -> None:
    """One sentence of a story: the step is taken as the table says, or nothing is done at all."""
    step = DOORS[door]
    if step not in story.legal(persona):
        before = await digest()
        await is_refused(ask, match, story, persona, door)
        assert await digest() == before
        return
    answer = await matching.do(ask, persona, door, match.id)
    story.take(persona, step)
    assert answer == {"match": {"state": story.state.value}, "errors": []}


async def is_refused(
    ask: Ask, match: models.HelpMatch, story: Story, persona: str, door: str
) -> None:
    """The legal steps are named to whom it concerns; to all others it is as if it never existed."""
    answer = await matching.do(ask, persona, door, match.id)
    if persona in LOCKED_OUT:
        assert answer == {"lock": LOCKED_OUT[persona]}
    elif persona in story.concerned:
        assert answer == {"match": None, "errors": [story.refusal(persona, DOORS[door])]}
    else:
        assert answer == await matching.do(ask, persona, door, matching.unknown())
        assert [error["code"] for error in answer["errors"]] == ["NOT_FOUND"]


async def stands(match: models.HelpMatch, story: Story) -> None:
    """The match is stored as the story has it."""
    row = await matching.again(match)
    assert row.state is story.state
    accepted = {"resident": row.requester_accepted_at, "neighbour": row.helper_accepted_at}
    assert {persona for persona, at in accepted.items() if at} == story.accepted
    thanked = {"resident": row.requester_thanked_at, "neighbour": row.helper_thanked_at}
    assert {persona for persona, at in thanked.items() if at} == story.thanked
    assert (row.address is not None) is story.address
    assert (row.ended_at is not None) is (row.state not in (PROPOSED, ACCEPTED))


personas = st.sampled_from([*matching.ROLES] * 4 + [*OUTSIDERS, *LOCKED_OUT])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    proposer=st.sampled_from(sorted(matching.ROLES)),
    sentences=st.lists(st.tuples(personas, st.sampled_from(sorted(DOORS))), max_size=8),
)
@pytest.mark.timeout(240)
async def test_after_any_story_the_match_stands_where_the_table_says(
    act: Act, ask: Ask, village: World, proposer: str, sentences: list[tuple[str, str]]
) -> None:
    match, story = await begin(act, village, proposer)
    for persona, door in sentences:
        await tell(ask, match, story, persona, door)
    await stands(match, story)


TO = {
    "proposed by the requester": ("resident", []),
    "proposed by the helper": ("neighbour", []),
    "proposed by a worker": ("worker", []),
    "accepted by the requester alone": ("worker", [("resident", "acceptMatch")]),
    "accepted by the helper alone": ("worker", [("neighbour", "acceptMatch")]),
    "accepted": (
        "worker",
        [("resident", "acceptMatch"), ("neighbour", "acceptMatch"), ("resident", "shareAddress")],
    ),
    "declined": ("worker", [("resident", "acceptMatch"), ("neighbour", "declineMatch")]),
    "withdrawn by the worker": ("worker", [("worker", "withdrawMatch")]),
    "withdrawn after it was accepted": (
        "resident",
        [("neighbour", "acceptMatch"), ("neighbour", "withdrawMatch")],
    ),
    "completed": ("resident", [("neighbour", "acceptMatch"), ("neighbour", "completeMatch")]),
    "completed, and the requester thanked": (
        "neighbour",
        [("resident", "acceptMatch"), ("resident", "completeMatch"), ("resident", "thank")],
    ),
}


@pytest.mark.parametrize("situation", TO)
@pytest.mark.timeout(120)
async def test_in_each_situation_each_persona_is_refused_what_the_table_refuses(
    act: Act, ask: Ask, village: World, situation: str
) -> None:
    proposer, path = TO[situation]
    match, story = await begin(act, village, proposer)
    for persona, door in path:
        assert DOORS[door] in story.legal(persona)
        await tell(ask, match, story, persona, door)
    before, refused = await digest(), 0
    for persona in (*matching.ROLES, *OUTSIDERS, *LOCKED_OUT):
        for door in [door for door, step in DOORS.items() if step not in story.legal(persona)]:
            await is_refused(ask, match, story, persona, door)
            refused += 1
        assert await digest() == before, persona
    assert refused == 18 * len(DOORS) - sum(len(story.legal(one)) for one in matching.ROLES)
    await stands(match, story)
