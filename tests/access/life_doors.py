"""Who may change what of a gathering, a poll, a picture or a budget."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.access.door import Change, Given, behind
from tests.access.partner_doors import in_town
from tests.access.resident_doors import INSIDE, RESIDENT, mine, on, own, secret

WHEN = (datetime.now(UTC) + timedelta(days=30)).isoformat()
THEN = (datetime.now(UTC) + timedelta(days=40)).isoformat()
# who may read what was written for neighbours nearby, and does not live in home
VISITORS = ("worker", "nearby", "sent")


def here(**more: Any) -> Given:
    """Input about home."""
    return lambda world: {"neighbourhoodId": world.home, **more}


def hosted(fields: str, given: Given) -> Change:
    """On the moderator's: others may read it, not change it."""
    readers = ("resident", "neighbour", "worker", "nearby", "sent")
    told = {"done": ("moderator",), "FORBIDDEN": readers}
    return behind("resident", "NOT_FOUND", fields, given, **told)


def posted(fields: str, given: Given) -> Change:
    """In home: its members post there."""
    return behind("resident", "NOT_FOUND", fields, given, done=INSIDE)


BUDGET = {
    "title": "Buurtbudget",
    "body": "U beslist.",
    "amount": 100,
    "ideasUntil": WHEN,
    "voteFrom": WHEN,
    "voteUntil": THEN,
}
GATHERING = {"title": "Feest", "body": "Kom!", "place": "Plein", "startsAt": WHEN}
POLL = {"title": "Ja?", "body": "Zeg het.", "method": "FOR_OR_AGAINST", "closesAt": WHEN}
MUTATIONS: dict[str, Change] = {
    "createGathering": posted("gathering { id }", here(**GATHERING)),
    "editGathering": hosted("gathering { id }", on("gatheringId", "gathering", place="Elders")),
    "cancelGathering": hosted("gathering { id }", on("gatheringId", "gathering")),
    "attend": behind(
        "resident",
        "NOT_FOUND",
        "attendance { id }",
        on("gatheringId", "gathering", state="MAYBE"),
        done=INSIDE,
        FORBIDDEN=("nearby",),
    ),
    "createCalendarFeed": own("calendarFeed { path }", lambda world: {}),
    "revokeCalendarFeed": secret("deletedId", lambda world: {}),
    "createPoll": posted("poll { id }", here(**POLL)),
    "closePoll": mine("poll { id }", on("pollId", "poll")),
    "vote": behind(
        "resident",
        "NOT_FOUND",
        "poll { id }",
        on("pollId", "poll", values=[1]),
        done=("resident", "neighbour", "moderator"),
        FORBIDDEN=VISITORS,
    ),
    "withdrawVote": behind(
        "resident",
        "NOT_FOUND",
        "poll { id }",
        on("pollId", "poll"),
        done=("resident", "neighbour"),
        FORBIDDEN=VISITORS,
    ),
    "startUpload": posted("upload { url }", here(alt="Een hond.")),
    # nothing was put there
    "finishUpload": secret(
        "picture { id }", on("pictureId", "loose picture"), done=(), unchanged=RESIDENT
    ),
    "describePicture": mine("picture { id }", on("pictureId", "picture", alt="Een kat.")),
    "deletePicture": mine("deletedId", on("pictureId", "picture")),
    "followNeighbourhood": behind(
        "resident",
        "INVALID",
        "neighbourhood { id }",
        here(),
        done=("nearby",),
    ),
    "unfollowNeighbourhood": behind(
        "resident",
        "unchanged",
        "neighbourhood { id }",
        lambda world: {"neighbourhoodId": world.neighbourhoods["beside"]},
        done=RESIDENT,
    ),
    "announcePoll": behind(
        "polls:write",
        "NOT_FOUND",
        "announcement { id }",
        lambda world: in_town(**POLL, neighbourhoodIds=[str(world.home)])(world),
        done=("manager", "editor", "token full", "token polls:write"),
    ),
    "announceBudget": behind(
        "polls:write",
        "NOT_FOUND",
        "budget { id }",
        lambda world: in_town(**BUDGET, neighbourhoodId=str(world.home))(world),
        done=("manager", "editor", "token full", "token polls:write"),
    ),
    "judgeIdea": behind(
        "polls:write",
        "NOT_FOUND",
        "idea { id }",
        on("ideaId", "idea", admitted=True, reason="Kan."),
        done=("manager", "editor", "token full", "token polls:write"),
    ),
    "proposeIdea": behind(
        "resident",
        "NOT_FOUND",
        "idea { id }",
        lambda world: {
            "budgetId": world.things["budget"],
            "postId": world.things["idea post"],
            "cost": 10,
        },
        done=RESIDENT,
        FORBIDDEN=("neighbour", "moderator", "worker", "sent"),
    ),
    "supportIdea": behind(
        "resident",
        "NOT_FOUND",
        "idea { id }",
        on("ideaId", "idea"),
        done=("resident", "moderator"),
        unchanged=("neighbour",),
        FORBIDDEN=(*VISITORS, "manager", "editor"),
    ),
    "withdrawSupport": behind(
        "resident",
        "NOT_FOUND",
        "idea { id }",
        on("ideaId", "idea"),
        done=("neighbour",),
        unchanged=("resident", "moderator", "worker", "sent", "manager", "editor"),
    ),
    # the vote has not begun
    "voteBudget": behind(
        "resident",
        "NOT_FOUND",
        "budget { id }",
        lambda world: {"budgetId": world.things["budget"], "ideaIds": [str(world.things["idea"])]},
        CONFLICT=("resident", "neighbour", "moderator"),
        FORBIDDEN=("worker", "sent", "manager", "editor"),
        done=(),
    ),
}
