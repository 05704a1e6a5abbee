"""The statement that finds helpers, against a second reading of the same rules in Python."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from auth.viewer import Standing, Viewer
from models.database import connection
from models.transaction import transaction
from resolvers import help_candidate
from resolvers.day_part import parts_of
from tests.test_rules import Undo

NOW = datetime.now(UTC)
TODAY = NOW.date()
HOME, BESIDE, FAR = (UUID(int=number) for number in (1, 2, 3))
PLACES = {HOME: "Home", BESIDE: "Beside", FAR: "Far"}
AUTHOR, WORKER, POST, REQUEST = (UUID(int=number) for number in (11, 12, 13, 14))
DOOR, OTHER_DOOR = UUID(int=21), UUID(int=22)
SKILLS = ("bicycle-repair", "plumbing", "cooking")
KINDRED = {"bicycle-repair": {"bicycle-repair", "plumbing"}, "cooking": {"cooking"}}
MONDAY = models.Availability.MONDAY_MORNING
NEARBY = models.Audience.NEIGHBOURS_NEARBY
MINOR, ADULT = models.AgeBand


@dataclass(frozen=True)
class Offering:
    """What is random about one who offers help."""

    place: UUID
    street: str | None
    door: UUID | None
    band: models.AgeBand | None
    leave: bool
    skills: list[str]
    is_free: bool | None
    reach: models.HelpReach
    paused: bool
    ends_on: date | None
    asked_days_ago: int | None
    asked_count: int
    block: str
    match: models.HelpMatchState | None
    matched_by_worker: bool


@dataclass(frozen=True)
class Asked:
    """What is random about the one who asks, and about who looks."""

    street: str | None
    door: UUID | None
    audience: models.Audience
    skill: str | None
    when: bool
    by_worker: bool


streets = st.sampled_from(["Dorpsstraat", "Kerkstraat", None])
doors = st.sampled_from([DOOR, OTHER_DOOR, None])
alike: dict[str, Any] = {
    "street": streets,
    "is_free": st.none() | st.booleans(),
    "asked_days_ago": st.none() | st.integers(1, 3),
    "asked_count": st.integers(0, 2),
    "leave": st.booleans(),
    "matched_by_worker": st.booleans(),
}
anybody = st.builds(
    Offering,
    place=st.sampled_from([HOME, HOME, BESIDE, FAR]),
    door=doors,
    band=st.sampled_from([ADULT, ADULT, MINOR, None]),
    skills=st.lists(st.sampled_from(SKILLS), min_size=1, max_size=3, unique=True),
    reach=st.sampled_from(models.HelpReach),
    paused=st.sampled_from([False, False, True]),
    ends_on=st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]),
    block=st.sampled_from(["", "", "by", "of"]),
    match=st.none() | st.sampled_from(models.HelpMatchState),
    **alike,
)
# who is suggested for almost anything, so that there is an order to look at
fitting = st.builds(
    Offering,
    place=st.sampled_from([HOME, HOME, BESIDE]),
    door=st.none(),
    band=st.just(ADULT),
    skills=st.sampled_from([["bicycle-repair", "cooking"], ["cooking", "plumbing"]]),
    reach=st.just(models.HelpReach.NEARBY),
    paused=st.just(False),
    ends_on=st.none(),
    block=st.just(""),
    match=st.none(),
    **alike,
)
asking = st.builds(
    Asked,
    street=streets,
    door=doors,
    audience=st.sampled_from(models.Audience),
    skill=st.sampled_from(["bicycle-repair", "cooking", None]),
    when=st.booleans(),
    by_worker=st.booleans(),
)


def is_suggested(helper: Offering, asked: Asked) -> bool:
    """Whether the rules of the house suggest a helper."""
    next_door = helper.place == BESIDE
    reaches = helper.place == HOME or (
        next_door and asked.audience is NEARBY and helper.reach is models.HelpReach.NEARBY
    )
    if helper.reach is models.HelpReach.STREET:
        reaches &= helper.street is not None and helper.street == asked.street
    is_housemate = helper.door is not None and helper.door == asked.door
    may_be = helper.band is ADULT or (helper.band is MINOR and helper.leave)
    stands = not helper.paused and (helper.ends_on is None or helper.ends_on >= TODAY)
    has_skill = asked.skill is None or bool(KINDRED[asked.skill] & set(helper.skills))
    is_known = not asked.by_worker or helper.matched_by_worker
    was_asked = helper.match not in (None, models.HelpMatchState.WITHDRAWN) and is_known
    hidden = next_door and asked.by_worker
    return (
        all((reaches, not is_housemate, may_be, stands, has_skill, not was_asked, not hidden))
        and not helper.block
    )


def place_in_order(helper: Offering, asked: Asked) -> tuple[Any, ...]:
    """What decides who comes first; those alike come in whatever order."""
    freedom = 1 if not asked.when or helper.is_free is None else 2 * helper.is_free
    nearness = 0 if helper.place != HOME else 1
    if helper.place == HOME and helper.street is not None and helper.street == asked.street:
        nearness = 2
    days_ago = 1_000 if helper.asked_days_ago is None else helper.asked_days_ago
    # what a professional reads tells of nobody else's proposals
    turn = (0, 0) if asked.by_worker else (-days_ago, helper.asked_count)
    return (-(asked.skill in helper.skills), -freedom, -nearness, *turn)


async def member(id: UUID, place: UUID, **more: Any) -> None:
    await models.Resident.create(id=id, email=f"{id}@noaber.example", age_band=more.pop("band"))
    columns: dict[str, Any] = {
        "id": id,
        "resident_id": id,
        "neighbourhood_id": place,
        "display_name": str(id),
    }
    await models.Membership.create(**columns, state=models.MembershipState.ACTIVE, **more)


async def write(asked: Asked, found: list[Offering]) -> tuple[models.HelpRequest, list[UUID]]:
    """The rows of one example, without the checks that rows refer to others."""
    await connection().execute_query("set local session_replication_role = replica")
    for one, other in ((HOME, BESIDE), (BESIDE, HOME), (BESIDE, FAR)):
        await models.Adjacency.create(neighbourhood_id=one, adjacent_id=other)
    await member(AUTHOR, HOME, band=ADULT, street=asked.street, household_id=asked.door)
    request = await models.HelpRequest.create(
        id=REQUEST,
        neighbourhood_id=HOME,
        post_id=POST,
        author_id=AUTHOR,
        audience=asked.audience,
        skill=asked.skill,
        wanted_from=NOW + timedelta(days=3) if asked.when else None,
    )
    ids = [UUID(int=100 + number) for number in range(len(found))]
    for id, helper in zip(ids, found, strict=True):
        await write_offering(id, helper, request)
    return request, ids


async def write_offering(id: UUID, helper: Offering, request: models.HelpRequest) -> None:
    [part] = parts_of(request, NOW) or [MONDAY]
    other = next(each for each in models.Availability if each is not part)
    ago = helper.asked_days_ago
    place: dict[str, Any] = {"neighbourhood_id": helper.place}
    await member(id, helper.place, band=helper.band, street=helper.street, household_id=helper.door)
    await models.HelpOffer.create(
        **place,
        membership_id=id,
        skills=helper.skills,
        availability=[] if helper.is_free is None else [part if helper.is_free else other],
        reach=helper.reach,
        paused=helper.paused,
        ends_on=helper.ends_on,
        asked_count=helper.asked_count,
        last_asked_at=None if ago is None else NOW - timedelta(days=ago),
    )
    if helper.leave:
        leave: dict[str, Any] = {"resident_id": id, "membership_id": id, "guardian_id": AUTHOR}
        await models.GuardianLeave.create(**place, **leave, expires_at=NOW + timedelta(days=1))
    if helper.block:
        one, two = (id, AUTHOR) if helper.block == "by" else (AUTHOR, id)
        await models.Block.create(**place, resident_id=one, blocked_id=two, membership_id=two)
    if helper.match is not None:
        await models.HelpMatch.create(
            neighbourhood_id=HOME,
            post_id=POST,
            requester_id=AUTHOR,
            helper_id=id,
            proposed_by_id=WORKER if helper.matched_by_worker else id,
            state=helper.match,
        )


def viewer_of(asked: Asked) -> Viewer:
    roles = models.MembershipRole
    role = roles.NEIGHBOURHOOD_WORKER if asked.by_worker else roles.RESIDENT
    id = WORKER if asked.by_worker else AUTHOR
    return Viewer(resident_id=id, standings=(Standing(id, HOME, None, role, frozenset({BESIDE})),))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=asking, found=st.lists(fitting | anybody, max_size=8))
async def test_those_are_suggested_whom_the_rules_allow_in_the_order_of_the_rules(
    database: None, asked: Asked, found: list[Offering]
) -> None:
    try:
        async with transaction():
            request, ids = await write(asked, found)
            by_id = dict(zip(ids, found, strict=True))
            expected = {id for id, helper in by_id.items() if is_suggested(helper, asked)}
            viewer = viewer_of(asked)
            answer = await help_candidate.suggested([request], viewer, 20)
            order = [each.membership_id for each in answer]
            assert set(order) == expected
            assert len(order) == len(expected)
            places = [place_in_order(by_id[id], asked) for id in order]
            assert places == sorted(places)
            again = await help_candidate.suggested([request], viewer, 3)
            assert [each.membership_id for each in again] == order[:3]
            raise Undo
    except Undo:
        pass
