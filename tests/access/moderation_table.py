"""Moderation, as cells: who reads what was reported and decided, and who may do what about it."""

import models
from tests.access.door import Change, behind
from tests.access.help_table import NOBODY, home
from tests.access.resident_doors import INSIDE, on, secret
from tests.access.subject import Subject, own, under
from tests.neighbours import whose

JUDGED = "..+. ..... ..."
SUBJECTS: tuple[Subject, ...] = (
    own(
        "what one reported",
        "reports.nodes",
        "ContentReport",
        (
            ("id reason note createdAt accusedName outcome answer", "++.. ..... ...", NOBODY),
            ("answeredAt", "-+.. ..... ...", NOBODY),
        ),
    ),
    under(
        "neighbourhood",
        "what was reported at home",
        home,
        "moderationCases.nodes",
        "ModerationCase",
        (
            (
                "id createdAt subject subjectId postId body reasons notes accusedName accused "
                "decidedAt decisions",
                JUDGED,
                NOBODY,
            ),
            ("messages", "..0. ..... ...", NOBODY),
        ),
    ),
    Subject(
        "a message as it was reported",
        "ReportedMessage",
        "query ($id: ID!) { neighbourhood(id: $id) { moderationCases(decided: false) "
        "{ nodes { messages { FIELDS } } } } }",
        "neighbourhood.moderationCases.nodes.messages",
        home,
        (("id speaker isAccused isReported body sentAt", JUDGED, NOBODY),),
    ),
    under(
        "neighbourhood",
        "the log of the moderators",
        home,
        "moderationLog.nodes",
        "ModerationDecision",
        (
            (
                "id createdAt measure reason subject subjectId body isMine accusedName decidedBy "
                "state nextSteps appeal answer",
                JUDGED,
                NOBODY,
            ),
            ("until appealedAt answeredAt", "..-. ..... ...", NOBODY),
        ),
    ),
    own(
        "what moderators decided about one",
        "decisions.nodes",
        "ModerationDecision",
        (
            (
                "id createdAt measure reason subject subjectId body isMine accusedName state "
                "nextSteps appeal answer",
                "+... ..... ...",
                NOBODY,
            ),
            ("until decidedBy appealedAt answeredAt", "-... ..... ...", NOBODY),
        ),
    ),
    under(
        "neighbourhood",
        "the house rules",
        home,
        "houseRules.nodes",
        "HouseRules",
        (("id version body createdAt", "++++ ..... ...", ".....+ .. ........... .. .."),),
    ),
    own(
        "whom one mutes",
        "mutes.nodes",
        "Mute",
        (("id membershipId displayName createdAt", "+... ..... ...", NOBODY),),
    ),
)
MUTATIONS: dict[str, Change] = {
    "reportContent": secret(
        "report { id }",
        on("subjectId", "their message", subject="MESSAGE", reason="OTHER"),
        FORBIDDEN=("neighbour",),
    ),
    # whoever it is about does not find the case
    "decideCase": secret(
        "case { id }",
        on("caseId", "case reported", measures=["WARN"], reason="Zo niet."),
        done=("moderator",),
    ),
    "appealDecision": secret(
        "decision { id }",
        on("decisionId", "decision", words="Ik bedoelde het niet zo."),
        FORBIDDEN=("moderator",),
    ),
    "liftDecision": secret(
        "decision { id }",
        on("decisionId", "decision", answer="Wij vergisten ons."),
        done=("moderator",),
        FORBIDDEN=("resident",),
    ),
    "setHouseRules": behind(
        "resident",
        "NOT_FOUND",
        "houseRules { id }",
        lambda world: {"neighbourhoodId": world.home, "body": "Anders."},
        done=("moderator",),
        FORBIDDEN=tuple(each for each in INSIDE if each != "moderator"),
    ),
    "acceptHouseRules": behind(
        "resident",
        "NOT_FOUND",
        "membership { id }",
        lambda world: {"neighbourhoodId": world.home, "version": 1},
        done=tuple(each for each in INSIDE if each != "resident"),
        unchanged=("resident",),
    ),
    "pinPost": behind(
        "resident",
        "NOT_FOUND",
        "post { id }",
        lambda world: {"postId": world.posts[models.Audience.NEIGHBOURHOOD]},
        done=("moderator", "worker", "sent"),
        FORBIDDEN=("resident", "neighbour"),
    ),
    "unpinPost": behind(
        "resident",
        "NOT_FOUND",
        "post { id }",
        lambda world: {"postId": world.posts[models.Audience.NEIGHBOURS_NEARBY]},
        done=("moderator", "worker", "sent"),
        FORBIDDEN=("resident", "neighbour", "nearby"),
    ),
    "muteMember": behind(
        "resident",
        "NOT_FOUND",
        "mute { id }",
        lambda world: {"membershipId": whose(world, "neighbour")},
        done=("resident", "moderator", "worker", "sent"),
        INVALID=("neighbour",),
    ),
    "unmuteMember": secret("deletedId", lambda world: {"membershipId": whose(world, "minor")}),
}
