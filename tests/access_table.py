"""The table of `docs/access.md` as data: who gets what, read by `test_access.py`.

A cell is one letter a persona, in the order of PERSONAS: `+` something, `0` an empty list, `-`
null, `.` nothing to ask (the thing does not exist for this persona), `!` the door asks to sign in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import models
from tests.world import World

PERSONAS = (
    "resident",
    "neighbour",
    "moderator",
    "worker",
    "nearby",
    "stranger",
    "worker_elsewhere",
    "former",
    "pending",
    "expired",
    "revoked",
    "signed_out",
)
Variables = Callable[[World], dict[str, Any]]
NONE: Variables = lambda world: {}  # noqa: E731


@dataclass(frozen=True)
class Subject:
    """One thing to look at, how to get there, and the cells of its fields."""

    name: str
    type_name: str
    document: str
    path: str
    variables: Variables
    cells: tuple[tuple[str, str], ...]


def post(audience: models.Audience, cells: tuple[tuple[str, str], ...]) -> Subject:
    """The resident's post for this audience."""
    return Subject(
        f"post for {audience.value}",
        "Post",
        "query ($id: ID!) { post(id: $id) { FIELDS } }",
        "post",
        lambda world: {"id": world.posts[audience]},
        cells,
    )


def under(
    kind: str, place: str, audience: models.Audience, cells: tuple[tuple[str, str], ...]
) -> Subject:
    """What stands under the resident's post for this audience."""
    return Subject(
        f"{kind} for {audience.value}",
        kind,
        f"query ($id: ID!) {{ post(id: $id) {{ {place} {{ nodes {{ FIELDS }} }} }} }}",
        f"post.{place}.nodes",
        lambda world: {"id": world.posts[audience]},
        cells,
    )


def member(persona: str, cells: tuple[tuple[str, str], ...]) -> Subject:
    """The membership of a persona."""
    return Subject(
        f"membership of {persona}",
        "Membership",
        "query ($id: ID!) { membership(id: $id) { FIELDS } }",
        "membership",
        lambda world: {"id": world.people[persona].membership_id},
        cells,
    )


def of_resident(kind: str, inner: str, path: str, cells: tuple[tuple[str, str], ...]) -> Subject:
    """What only the resident sees of the own membership."""
    return Subject(
        f"{kind} of resident",
        kind,
        f"query ($id: ID!) {{ membership(id: $id) {{ {inner} }} }}",
        f"membership.{path}",
        lambda world: {"id": world.people["resident"].membership_id},
        cells,
    )


ALL = "++++++++++++"
SIGNED_IN = "+++++++++---"
MINE = "+++++++++..."
EMPTY = "----"
POST = "id kind audience title body createdAt editedAt solvedAt isMine author neighbourhood"
POST += " commentCount comments reactions"
COMMENT = "id body createdAt editedAt isMine author post replyCount reactions"
PLACE = "place openedOn participation adjacent"

# resident, neighbour, moderator, worker, nearby, stranger, worker elsewhere, former, pending,
# expired, revoked, signed out
SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "the viewer",
        "Resident",
        "query { viewer { FIELDS } }",
        "viewer",
        NONE,
        (("id email phone language createdAt memberships sessions", MINE),),
    ),
    Subject(
        "a session",
        "Session",
        "query { viewer { sessions { nodes { FIELDS } } } }",
        "viewer.sessions.nodes",
        NONE,
        (("id client createdAt lastUsedAt expiresAt", MINE),),
    ),
    Subject(
        "home",
        "Neighbourhood",
        "query ($id: ID!) { neighbourhood(id: $id) { FIELDS } }",
        "neighbourhood",
        lambda world: {"id": world.home},
        (
            ("id slug name", ALL),
            (PLACE, SIGNED_IN),
            ("members", "++++--------"),
            ("feed", "+++++0000000"),
        ),
    ),
    Subject(
        "the first of all places",
        "Neighbourhood",
        "query { neighbourhoods(first: 1) { nodes { FIELDS } } }",
        "neighbourhoods.nodes",
        NONE,
        (
            ("id slug name", ALL),
            (PLACE, SIGNED_IN),
            ("members", "++++--------"),
            ("feed", "+++++0000000"),
        ),
    ),
    post(
        models.Audience.NEIGHBOURHOOD,
        (
            (POST, "++++.....!!!"),
            ("myReaction", "+---.....!!!"),
            ("history", "+-+-.....!!!"),
        ),
    ),
    post(
        models.Audience.NEIGHBOURS_NEARBY,
        (
            (POST, "+++++....!!!"),
            ("myReaction", "+----....!!!"),
            ("history", "+-+--....!!!"),
        ),
    ),
    post(
        models.Audience.NEIGHBOURS_ONLY,
        (
            (POST, "+++......!!!"),
            ("myReaction", "+--......!!!"),
            ("history", "+-+......!!!"),
        ),
    ),
    under(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURHOOD,
        (
            (COMMENT, "++++.....!!!"),
            ("myReaction", "+---.....!!!"),
            ("deletedAt", "----.....!!!"),
            ("replies", "0000.....!!!"),
        ),
    ),
    under(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURS_NEARBY,
        (
            (COMMENT, "+++++....!!!"),
            ("myReaction", "+----....!!!"),
            ("deletedAt", "-----....!!!"),
            ("replies", "00000....!!!"),
        ),
    ),
    under(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURS_ONLY,
        (
            (COMMENT, "+++......!!!"),
            ("myReaction", "+--......!!!"),
            ("deletedAt", "---......!!!"),
            ("replies", "000......!!!"),
        ),
    ),
    under(
        "PostRevision",
        "history",
        models.Audience.NEIGHBOURS_NEARBY,
        (("id body createdAt", "+.+......!!!"), ("title", "-.-......!!!")),
    ),
    member(
        "resident",
        (
            ("id displayName role state neighbourhood", "+++++....!!!"),
            ("street about createdAt", "++++-....!!!"),
            ("verification verifiedAt household invitations", "+----....!!!"),
            ("endedAt", "-----....!!!"),
        ),
    ),
    member(
        "neighbour",
        (
            ("id displayName role state neighbourhood street about createdAt", "++++.....!!!"),
            ("verification verifiedAt household", "-+--.....!!!"),
            ("invitations", "-0--.....!!!"),
            ("endedAt", "----.....!!!"),
        ),
    ),
    member(
        "pending",
        (
            ("id displayName role state neighbourhood", "..+.....+!!!"),
            ("street about createdAt", "..+.....-!!!"),
            ("verification verifiedAt", "..-.....+!!!"),
            ("household endedAt", "..-.....-!!!"),
            ("invitations", "..-.....0!!!"),
        ),
    ),
    member(
        "former",
        (
            ("id displayName role state neighbourhood", "++++...+.!!!"),
            ("street about createdAt", "++++...-.!!!"),
            ("verification verifiedAt", "----...+.!!!"),
            ("household endedAt", "----...-.!!!"),
            ("invitations", "----...0.!!!"),
        ),
    ),
    of_resident(
        "Household",
        "household { FIELDS }",
        "household",
        (("id street houseNumber", "+........!!!"),),
    ),
    of_resident(
        "Invitation",
        "invitations { nodes { FIELDS } }",
        "invitations.nodes",
        (
            ("id kind createdAt expiresAt", "+........!!!"),
            ("usedAt revokedAt", "-........!!!"),
        ),
    ),
)
# types that hold nothing of their own: what they carry is guarded by the field that gives them
CARRIERS = {"NewInvitation", "PageInfo", "Participation", "ReactionCount", "Tokens", "UserError"}
