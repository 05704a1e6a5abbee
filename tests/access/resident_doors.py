"""Who may change what of a resident's: the doors for sessions, and those that are open to all."""

from typing import Any

import models
from tests.access.door import Change, Given, anybody, behind
from tests.access.persona import HOME
from tests.world import PASSWORD, World

NEARBY = models.Audience.NEIGHBOURS_NEARBY
# those who read what the resident wrote for neighbours nearby, and of them those who write under it
READERS = ("neighbour", "moderator", "worker", "nearby", "sent")
INSIDE = (*HOME, "sent")
RESIDENT = ("resident",)


def mine(fields: str, given: Given) -> Change:
    """On what the resident wrote for neighbours nearby: others may read it, not change it."""
    return behind("resident", "NOT_FOUND", fields, given, done=RESIDENT, FORBIDDEN=READERS)


def secret(fields: str, given: Given, **told: tuple[str, ...]) -> Change:
    """On what is only the resident's: but for those who are told, it does not exist."""
    return behind("resident", "NOT_FOUND", fields, given, **({"done": RESIDENT} | told))


def ours(fields: str, given: Given) -> Change:
    """Under what the resident wrote for neighbours nearby: members of home write there."""
    told = {"done": INSIDE, "FORBIDDEN": ("nearby",)}
    return behind("resident", "NOT_FOUND", fields, given, **told)


def own(fields: str, given: Given) -> Change:
    """On whoever asks."""
    return behind("resident", "done", fields, given)


def on_post(**more: Any) -> Given:
    """Input about the resident's post for neighbours nearby."""
    return lambda world: {"postId": world.posts[NEARBY], **more}


def on_comment(**more: Any) -> Given:
    """Input about the resident's comment for neighbours nearby."""
    return lambda world: {"commentId": world.comments[NEARBY], **more}


def on_member(**more: Any) -> Given:
    """Input about the resident's membership."""
    return lambda world: {"membershipId": world.people["resident"].membership_id, **more}


def on(name: str, thing: str, **more: Any) -> Given:
    """Input about one of `World.things`."""
    return lambda world: {name: world.things[thing], **more}


def _to_centre(world: World) -> dict[str, Any]:
    return {"organisationId": world.organisations["centre"]}


TOKENS = "tokens { access }"
NEWCOMER = {"email": "new@noaber.example", "password": PASSWORD}
MUTATIONS = {
    "register": anybody(
        TOKENS, lambda world: {"code": world.code, "displayName": "New", **NEWCOMER}
    ),
    "registerStaff": anybody(
        TOKENS, lambda world: {"code": world.things["code of staff"], **NEWCOMER}
    ),
    "logIn": anybody(
        TOKENS, lambda world: {"email": "resident@noaber.example", "password": PASSWORD}
    ),
    "refreshSession": anybody(
        TOKENS, lambda world: {"refreshToken": world.people["resident"].refresh}
    ),
    "changePassword": behind(
        "resident",
        "LOGIN_REFUSED",
        "account { id }",
        lambda world: {"currentPassword": PASSWORD, "newPassword": "another password"},
        done=RESIDENT,
    ),
    "exportMyData": behind(
        "resident",
        "LOGIN_REFUSED",
        "export { id }",
        lambda world: {"password": PASSWORD},
        done=RESIDENT,
    ),
    # the resident asked for it before
    "deleteMyAccount": behind(
        "resident",
        "LOGIN_REFUSED",
        "account { id }",
        lambda world: {"password": PASSWORD},
        unchanged=RESIDENT,
        done=(),
    ),
    "cancelDeletion": secret("account { id }", lambda world: {}),
    "logOut": own("session { id }", lambda world: {}),
    "updateAccount": own("account { phone }", lambda world: {"phone": "+32 9 111 11 11"}),
    "revokeSession": secret(
        "session { id }", lambda world: {"sessionId": world.people["resident"].session_id}
    ),
    "joinNeighbourhood": behind(
        "resident",
        "done",
        "membership { id }",
        lambda world: {"code": world.code, "displayName": "Joined"},
        INVITATION_REFUSED=INSIDE,
    ),
    # who moderates is never staff, and who is works there once
    "joinOrganisation": behind(
        "resident",
        "done",
        "staff { id }",
        on("code", "code of staff"),
        CONFLICT=(
            *("moderator", "manager", "editor", "case_worker", "other_unit", "analyst", "sent"),
        ),
    ),
    "updateProfile": mine("membership { id }", on_member(displayName="Other")),
    "moveOut": mine("membership { id }", on_member()),
    "inviteHousemate": mine("invitation { code }", on_member()),
    "revokeInvitation": secret(
        "invitation { id }", lambda world: {"invitationId": world.invitation_id}
    ),
    "createPost": behind(
        "resident",
        "NOT_FOUND",
        "post { id }",
        lambda world: {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "New"},
        done=INSIDE,
    ),
    "editPost": mine("post { id }", on_post(body="Other")),
    "deletePost": mine("deletedId", on_post()),
    "markSolved": mine("post { id }", on_post(solved=False)),
    "addComment": ours("comment { id }", on_post(body="New")),
    "editComment": mine("comment { id }", on_comment(body="Other")),
    "deleteComment": mine("comment { id }", on_comment()),
    "react": ours(
        "subject { id }", lambda world: {"subjectId": world.posts[NEARBY], "kind": "CLAP"}
    ),
    "unreact": behind(
        "resident",
        "NOT_FOUND",
        "subject { id }",
        lambda world: {"subjectId": world.posts[NEARBY]},
        done=RESIDENT,
        unchanged=("neighbour", "moderator", "worker", "sent"),
        FORBIDDEN=("nearby",),
    ),
    "sharePost": behind(
        "resident",
        "NOT_FOUND",
        "share { id }",
        lambda world: {
            "postId": world.posts[models.Audience.NEIGHBOURHOOD],
            "purpose": "IDEA",
            **_to_centre(world),
        },
        done=RESIDENT,
        FORBIDDEN=("neighbour", "moderator", "worker", "sent"),
    ),
    # who holds a share sees it, and does not decide over it
    "revokeShare": secret(
        "share { id }", on("shareId", "held"), FORBIDDEN=("manager", "case_worker")
    ),
    "askCommentShare": secret(
        "commentShare { id }",
        lambda world: {"shareId": world.things["open"], "commentId": world.things["unasked"]},
        FORBIDDEN=("manager", "case_worker", "other_unit"),
    ),
    "answerCommentShare": secret(
        "commentShare { id }",
        on("commentShareId", "question", agree=True),
        done=("neighbour",),
        FORBIDDEN=RESIDENT,
    ),
    "withdrawCommentShare": secret(
        "commentShare { id }",
        on("commentShareId", "leave"),
        done=("neighbour",),
        FORBIDDEN=("resident", "manager", "case_worker"),
    ),
    "closeCase": secret(
        "case { id }",
        on("caseId", "case answered", satisfaction=5),
        FORBIDDEN=("manager", "case_worker", "other_unit"),
    ),
    "answerReferral": secret(
        "referral { id }",
        on("referralId", "referral", agree=True),
        FORBIDDEN=("manager", "case_worker", "other_unit"),
    ),
    "offerHelp": mine("helpOffer { id }", on_member(skills=["groceries"])),
    "withdrawOffer": mine("membership { id }", on_member()),
    "consentToVolunteering": mine(
        "consent { id }",
        lambda world: on_member(skills=["groceries"], **_to_centre(world))(world),
    ),
    "withdrawVolunteerConsent": secret(
        "consent { id }", on("consentId", "consent"), FORBIDDEN=("manager", "editor")
    ),
    "answerContact": secret(
        "contact { id }",
        on("contactId", "waiting", answer="Graag."),
        FORBIDDEN=("manager", "editor"),
    ),
}
