"""What neighbours offer, ask for and agree on, as cells: who gets which field of it."""

from tests.access import subject
from tests.access.place_table import ALL
from tests.access.resident_table import EMPTY, NONE, NULL, SENT
from tests.access.subject import Rows, Subject, own, thing, under
from tests.neighbours import whose
from tests.world import World

# behind a door that is open to all
NOBODY = "...... .. ........... .. .."
THERE = ".....+ .. ........... .. .."
THERE_NULL = ".....- .. ........... .. .."
THERE_EMPTY = ".....0 .. ........... .. .."


def home(world: World) -> dict[str, object]:
    """The id of home, as the variable `id`."""
    return {"id": world.home}


def member(persona: str) -> subject.Variables:
    """The membership of somebody, as the variable `id`."""
    return lambda world: {"id": whose(world, persona)}


def _match(name: str, rows: Rows) -> Subject:
    return subject.one(
        "match", f"a match that is {name}", thing(f"match {name}"), "HelpMatch", rows
    )


def _party(of: str, name: str, rows: Rows) -> Subject:
    return under(
        "match",
        f"the {of} of a match that is {name}",
        thing(f"match {name}"),
        of,
        "MatchParty",
        rows,
    )


SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "a skill",
        "Skill",
        "query { skills(first: 1) { nodes { FIELDS } } }",
        "skills.nodes",
        subject.nothing,
        (("id slug group nameNl nameFr nameEn", *ALL),),
    ),
    under(
        "membership",
        "an offer",
        member("resident"),
        "helpOffer",
        "HelpOffer",
        (
            (
                "id createdAt member skills note availability reach endsOn paused",
                "++++ ..... !!!",
                SENT,
            ),
            ("hearsRequests", "+--- ..... !!!", NULL),
        ),
    ),
    under(
        "neighbourhood",
        "the newest offer at home",
        home,
        "helpOffers.nodes",
        "HelpOffer",
        (
            ("id createdAt member skills note reach paused", "++++ ..... ...", THERE),
            ("availability", "0000 ..... ...", THERE_EMPTY),
            ("endsOn", "---- ..... ...", THERE_NULL),
            ("hearsRequests", "--+- ..... ...", THERE_NULL),
        ),
    ),
    under(
        "post",
        "a request",
        thing("post of request"),
        "helpRequest",
        "HelpRequest",
        (
            (
                (
                    "id createdAt post skill urgency wantedFrom wantedUntil minutes people "
                    "state confirmedAt"
                ),
                "++++ ..... !!!",
                SENT,
            ),
            ("ownState askedAt", "+--- ..... !!!", NULL),
            ("suggestions", "+--+ ..... !!!", SENT),
        ),
    ),
    subject.one(
        "post",
        "a request for help",
        thing("post of match"),
        "Post",
        (
            (
                "id kind audience language body createdAt isMine author neighbourhood commentCount",
                "++++ ..... !!!",
                SENT,
            ),
            ("helpRequest", "++++ ..... !!!", SENT),
            ("comments reactions pictures mentions", "0000 ..... !!!", EMPTY),
            (
                "title editedAt solvedAt organisation purpose urgentUntil readBy myReaction "
                "commentsClosedAt pinnedAt gathering poll",
                "---- ..... !!!",
                NULL,
            ),
            ("history", "0-0- ..... !!!", NULL),
            ("matches", "+--- ..... !!!", NULL),
        ),
    ),
    under(
        "neighbourhood",
        "the newest request at home",
        home,
        "helpRequests.nodes",
        "HelpRequest",
        (
            ("id createdAt post urgency people state", "++++ +.... ...", THERE),
            ("skill wantedFrom wantedUntil minutes confirmedAt", "++++ -.... ...", THERE),
            ("ownState askedAt", "+--- -.... ...", THERE_NULL),
            ("suggestions", "+--+ -.... ...", THERE),
        ),
    ),
    own(
        "one's own newest request",
        "helpRequests.nodes",
        "HelpRequest",
        (
            ("id createdAt post urgency people state ownState", "+.+. ..... ...", NOBODY),
            ("skill wantedFrom wantedUntil minutes confirmedAt askedAt", "+.-. ..... ...", NOBODY),
            ("suggestions", "+.0. ..... ...", NOBODY),
        ),
    ),
    under(
        "post",
        "a suggestion",
        thing("post of request"),
        "helpRequest.suggestions",
        "Suggestion",
        (("helperId helper displayName street skill reasons sentence", "+..+ ..... !!!", SENT),),
    ),
    _match(
        "agreed",
        (
            (
                (
                    "id createdAt state proposedBy myRole nextSteps post neighbourhood "
                    "conversation requester helper note requesterAcceptedAt "
                    "helperAcceptedAt address requesterThanks helperThanks"
                ),
                "++.. ..... !!!",
                NONE,
            ),
            ("endedAt worker requesterThankedAt helperThankedAt", "--.. ..... !!!", NONE),
        ),
    ),
    _match(
        "brought",
        (
            (
                (
                    "id createdAt state endedAt proposedBy myRole post neighbourhood "
                    "requester helper worker"
                ),
                "++.+ ..... !!!",
                NONE,
            ),
            ("nextSteps", "00.0 ..... !!!", NONE),
            (
                (
                    "conversation note requesterAcceptedAt helperAcceptedAt "
                    "requesterThankedAt requesterThanks helperThankedAt helperThanks"
                ),
                "++.- ..... !!!",
                NONE,
            ),
            ("address", "--.- ..... !!!", NONE),
        ),
    ),
    _match(
        "offered",
        (
            (
                (
                    "id createdAt state proposedBy myRole nextSteps post neighbourhood "
                    "requester helper note helperAcceptedAt requesterThanks helperThanks"
                ),
                "++.. ..... !!!",
                NONE,
            ),
            (
                (
                    "endedAt conversation worker requesterAcceptedAt address "
                    "requesterThankedAt helperThankedAt"
                ),
                "--.. ..... !!!",
                NONE,
            ),
        ),
    ),
    _match(
        "gone",
        (
            (
                (
                    "id createdAt state endedAt proposedBy myRole nextSteps post "
                    "neighbourhood conversation requester helper worker note "
                    "requesterAcceptedAt helperAcceptedAt address requesterThankedAt "
                    "requesterThanks helperThankedAt helperThanks"
                ),
                ".... ..... !!!",
                NONE,
            ),
        ),
    ),
    own(
        "one's own newest match",
        "helpMatches.nodes",
        "HelpMatch",
        (
            (
                (
                    "id createdAt state proposedBy myRole nextSteps post neighbourhood "
                    "requester helper"
                ),
                "++.+ ..... ...",
                NOBODY,
            ),
            (
                (
                    "endedAt conversation requesterAcceptedAt address requesterThankedAt "
                    "helperThankedAt"
                ),
                "--.- ..... ...",
                NOBODY,
            ),
            ("worker", "--.+ ..... ...", NOBODY),
            ("note helperAcceptedAt requesterThanks helperThanks", "++.- ..... ...", NOBODY),
        ),
    ),
    _party("requester", "agreed", (("membershipId displayName street", "++.. ..... !!!", NONE),)),
    _party(
        "helper",
        "brought",
        (
            ("membershipId displayName", "++.+ ..... !!!", NONE),
            ("street", "++.- ..... !!!", NONE),
        ),
    ),
    _party(
        "worker",
        "brought",
        (
            ("membershipId displayName", "++.+ ..... !!!", NONE),
            ("street", "--.- ..... !!!", NONE),
        ),
    ),
    own(
        "a guardian's leave",
        "guardianLeaves.nodes",
        "GuardianLeave",
        (
            ("id createdAt minor guardian expiresAt", "+... ..... ...", NOBODY),
            ("revokedAt", "-... ..... ...", NOBODY),
        ),
    ),
)
