"""Who may change what and hear what: the doors of the table, read by `test_access.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import models
from tests.access_table import PERSONAS
from tests.world import PASSWORD, World

NEARBY = models.Audience.NEIGHBOURS_NEARBY
SIGNED_OUT = ("expired", "revoked", "signed_out")
OUTSIDE = ("stranger", "worker_elsewhere", "former", "pending")
ONLY_READS = ("neighbour", "moderator", "worker", "nearby")
INSIDE = ("resident", "neighbour", "moderator", "worker")


@dataclass(frozen=True)
class Change:
    """A mutation on the resident's things: its input, and what comes of it for whom."""

    fields: str
    given: Callable[[World], dict[str, Any]]
    outcomes: dict[str, tuple[str, ...]]

    def outcome(self, persona: str) -> str:
        """The outcome for a persona. Raises `KeyError` when the table says nothing of it."""
        return {one: word for word, many in self.outcomes.items() for one in many}[persona]


def mine(given: Callable[[World], dict[str, Any]], fields: str) -> Change:
    """On what the resident shares with neighbours nearby: others may read it, not change it."""
    return Change(
        fields,
        given,
        {
            "done": ("resident",),
            "FORBIDDEN": ONLY_READS,
            "NOT_FOUND": OUTSIDE,
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    )


def secret(given: Callable[[World], dict[str, Any]], fields: str) -> Change:
    """On what only the resident sees: to others it does not exist."""
    return Change(
        fields,
        given,
        {
            "done": ("resident",),
            "NOT_FOUND": ONLY_READS + OUTSIDE,
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    )


def ours(given: Callable[[World], dict[str, Any]], fields: str) -> Change:
    """Under what the resident shares with neighbours nearby: members of home write there."""
    return Change(
        fields,
        given,
        {
            "done": INSIDE,
            "FORBIDDEN": ("nearby",),
            "NOT_FOUND": OUTSIDE,
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    )


def own(given: Callable[[World], dict[str, Any]], fields: str) -> Change:
    """On whoever asks."""
    return Change(
        fields, given, {"done": (*INSIDE, "nearby", *OUTSIDE), "UNAUTHENTICATED": SIGNED_OUT}
    )


def anybody(given: Callable[[World], dict[str, Any]], fields: str) -> Change:
    """By what one knows, whoever one is."""
    return Change(fields, given, {"done": PERSONAS})


def on_post(**more: Any) -> Callable[[World], dict[str, Any]]:
    """Input about the resident's post for neighbours nearby."""
    return lambda world: {"postId": world.posts[NEARBY], **more}


def on_comment(**more: Any) -> Callable[[World], dict[str, Any]]:
    """Input about the resident's comment for neighbours nearby."""
    return lambda world: {"commentId": world.comments[NEARBY], **more}


def on_member(**more: Any) -> Callable[[World], dict[str, Any]]:
    """Input about the resident's membership."""
    return lambda world: {"membershipId": world.people["resident"].membership_id, **more}


TOKENS = "tokens { access }"
NEWCOMER = {"displayName": "New", "email": "new@noaber.example", "password": PASSWORD}
MUTATIONS = {
    "register": anybody(lambda world: {"code": world.code, **NEWCOMER}, TOKENS),
    "logIn": anybody(
        lambda world: {"email": "resident@noaber.example", "password": PASSWORD}, TOKENS
    ),
    "refreshSession": anybody(
        lambda world: {"refreshToken": world.people["resident"].refresh}, TOKENS
    ),
    "changePassword": Change(
        "account { id }",
        lambda world: {"currentPassword": PASSWORD, "newPassword": "another password"},
        {
            "done": ("resident",),
            "LOGIN_REFUSED": ONLY_READS + OUTSIDE,
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    ),
    "logOut": own(lambda world: {}, "session { id }"),
    "updateAccount": own(lambda world: {"phone": "+32 9 111 11 11"}, "account { phone }"),
    "revokeSession": secret(
        lambda world: {"sessionId": world.people["resident"].session_id}, "session { id }"
    ),
    "joinNeighbourhood": Change(
        "membership { id }",
        lambda world: {"code": world.code, "displayName": "Joined"},
        {
            "INVITATION_REFUSED": INSIDE,
            "done": ("nearby", *OUTSIDE),
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    ),
    "updateProfile": mine(on_member(displayName="Other"), "membership { id }"),
    "moveOut": mine(on_member(), "membership { id }"),
    "inviteHousemate": mine(on_member(), "invitation { code }"),
    "revokeInvitation": secret(
        lambda world: {"invitationId": world.invitation_id}, "invitation { id }"
    ),
    "createPost": Change(
        "post { id }",
        lambda world: {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "New"},
        {"done": INSIDE, "NOT_FOUND": ("nearby", *OUTSIDE), "UNAUTHENTICATED": SIGNED_OUT},
    ),
    "editPost": mine(on_post(body="Other"), "post { id }"),
    "deletePost": mine(on_post(), "deletedId"),
    "markSolved": mine(on_post(solved=False), "post { id }"),
    "addComment": ours(on_post(body="New"), "comment { id }"),
    "editComment": mine(on_comment(body="Other"), "comment { id }"),
    "deleteComment": mine(on_comment(), "comment { id }"),
    "react": ours(
        lambda world: {"subjectId": world.posts[NEARBY], "kind": "CLAP"}, "subject { id }"
    ),
    "unreact": Change(
        "subject { id }",
        lambda world: {"subjectId": world.posts[NEARBY]},
        {
            "done": ("resident",),
            "unchanged": ("neighbour", "moderator", "worker"),
            "FORBIDDEN": ("nearby",),
            "NOT_FOUND": OUTSIDE,
            "UNAUTHENTICATED": SIGNED_OUT,
        },
    ),
}
HEARS = {
    "resident": [*models.Audience],
    "neighbour": [*models.Audience],
    "moderator": [*models.Audience],
    "worker": [models.Audience.NEIGHBOURHOOD, NEARBY],
    "nearby": [NEARBY],
    **{persona: ["NOT_FOUND"] for persona in OUTSIDE},
    **{persona: ["UNAUTHENTICATED"] for persona in SIGNED_OUT},
}
