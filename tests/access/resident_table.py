"""What residents have of each other, as cells: who gets which field of it."""

import models
from tests.access import subject
from tests.access.place_table import FAR, PLACE
from tests.access.subject import Rows, Subject

# the halves of the partners: behind a resident's door `sent` sees what a neighbourhood worker sees
NONE = "...... .. xxxxxxxxxxx xx !!"
SENT = ".....+ .. xxxxxxxxxxx xx !!"
NULL = ".....- .. xxxxxxxxxxx xx !!"
EMPTY = ".....0 .. xxxxxxxxxxx xx !!"
ACCOUNT = ("++++ +++++ ...", "++++++ ++ ........... .. ..")
NO_MATTER = "000000 00 ........... .. .."
POST = (
    "id kind audience language title body createdAt editedAt solvedAt isMine author neighbourhood"
)
POST += " commentCount comments reactions"
OF_ANNOUNCEMENTS = "organisation purpose urgentUntil readBy"
NOTHING = f"{OF_ANNOUNCEMENTS} helpRequest commentsClosedAt gathering poll"
COMMENT = "id body createdAt editedAt isMine author post replyCount reactions"
NAMED = "id displayName role state neighbourhood isMuted"
TOLD = "suspendedUntil acceptedRules introduction"


def post(audience: models.Audience, rows: Rows) -> Subject:
    """The resident's post for this audience."""
    name = f"post for {audience.value}"
    return subject.one("post", name, lambda world: {"id": world.posts[audience]}, "Post", rows)


def beneath(kind: str, place: str, audience: models.Audience, rows: Rows) -> Subject:
    """What stands under the resident's post for this audience."""
    name = f"{kind} for {audience.value}"
    return subject.under(
        "post", name, lambda world: {"id": world.posts[audience]}, f"{place}.nodes", kind, rows
    )


def member(persona: str, rows: Rows) -> Subject:
    """The membership of a persona."""
    name = f"membership of {persona}"
    return subject.one("membership", name, _membership(persona), "Membership", rows)


def of_resident(kind: str, path: str, rows: Rows) -> Subject:
    """What hangs on the resident's membership."""
    name = f"{kind} of resident"
    return subject.under("membership", name, _membership("resident"), path, kind, rows)


def _membership(persona: str) -> subject.Variables:
    return lambda world: {"id": world.people[persona].membership_id}


def _at(place: str) -> subject.Variables:
    return lambda world: {"id": world.neighbourhoods[place]}


SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "the viewer",
        "Resident",
        "query { viewer { FIELDS } }",
        "viewer",
        subject.nothing,
        (
            ("id email phone language createdAt sessions", *ACCOUNT),
            ("memberships", "++++ +++++ ...", "00000+ 00 ........... .. .."),
            ("shares cases accessRecords", "++00 00000 ...", NO_MATTER),
            ("commentShares", "0+00 00000 ...", NO_MATTER),
            ("volunteerConsents", "+++0 00000 ...", NO_MATTER),
            ("volunteerContacts", "+000 00000 ...", NO_MATTER),
            ("ageBand", "+++- +---- ...", "------ -- ........... .. .."),
            ("helpRequests", "+0+0 00000 ...", NO_MATTER),
            ("helpMatches", "++0+ 00000 ...", NO_MATTER),
            ("conversations", "++00 00000 ...", NO_MATTER),
            ("blocks mutes decisions guardianLeaves", "+000 00000 ...", NO_MATTER),
            ("reports", "++00 00000 ...", NO_MATTER),
            ("notifications pushDevices exports drafts", "+000 00000 ...", NO_MATTER),
            ("feed", "++++ +++00 ...", "00000+ 00 ........... .. .."),
            ("attendances", "++00 00000 ...", NO_MATTER),
            ("deletedOn calendarFeed", "+--- ----- ...", "------ -- ........... .. .."),
            ("unreadCount notificationSwitches notificationHours pushKey", *ACCOUNT),
        ),
    ),
    subject.own(
        "a session",
        "sessions.nodes",
        "Session",
        (("id client createdAt lastUsedAt expiresAt", *ACCOUNT),),
    ),
    subject.one("neighbourhood", "home", _at("home"), "Neighbourhood", PLACE),
    subject.one("neighbourhood", "far", _at("far"), "Neighbourhood", FAR),
    Subject(
        "the first of all places",
        "Neighbourhood",
        "query { neighbourhoods(first: 1) { nodes { FIELDS } } }",
        "neighbourhoods.nodes",
        subject.nothing,
        PLACE,
    ),
    post(
        models.Audience.NEIGHBOURHOOD,
        (
            (POST, "++++ ..... !!!", SENT),
            ("pictures mentions", "0000 ..... !!!", EMPTY),
            (f"{NOTHING} pinnedAt", "---- ..... !!!", NULL),
            ("matches", "0--- ..... !!!", NULL),
            ("myReaction", "+--- ..... !!!", NULL),
            ("history", "+-+- ..... !!!", NULL),
        ),
    ),
    post(
        models.Audience.NEIGHBOURS_NEARBY,
        (
            (f"{POST} pictures", "++++ +.... !!!", SENT),
            ("mentions", "0000 0.... !!!", EMPTY),
            (NOTHING, "---- -.... !!!", NULL),
            ("pinnedAt", "++++ +.... !!!", SENT),
            ("matches", "0--- -.... !!!", NULL),
            ("myReaction", "+--- -.... !!!", NULL),
            ("history", "+-+- -.... !!!", NULL),
        ),
    ),
    post(
        models.Audience.NEIGHBOURS_ONLY,
        (
            (POST, "+++. ..... !!!", NONE),
            ("pictures mentions", "000. ..... !!!", NONE),
            (f"{NOTHING} pinnedAt", "---. ..... !!!", NONE),
            ("matches", "0--. ..... !!!", NONE),
            ("myReaction", "+--. ..... !!!", NONE),
            ("history", "+-+. ..... !!!", NONE),
        ),
    ),
    subject.one(
        "post",
        "an announcement in the feed",
        subject.thing("alert post"),
        "Post",
        (
            (
                "id kind audience language title body createdAt editedAt isMine",
                "++++ ..... !!!",
                SENT,
            ),
            ("neighbourhood commentCount comments reactions", "++++ ..... !!!", SENT),
            (OF_ANNOUNCEMENTS, "++++ ..... !!!", SENT),
            ("pictures mentions", "0000 ..... !!!", EMPTY),
            (
                "author solvedAt helpRequest matches commentsClosedAt pinnedAt gathering poll",
                "---- ..... !!!",
                NULL,
            ),
            ("myReaction", "+--- ..... !!!", NULL),
            ("history", "--0- ..... !!!", NULL),
        ),
    ),
    beneath(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURHOOD,
        (
            (COMMENT, "++++ ..... !!!", SENT),
            ("myReaction", "+--- ..... !!!", NULL),
            ("organisation deletedAt", "---- ..... !!!", NULL),
            ("replies mentions", "0000 ..... !!!", EMPTY),
        ),
    ),
    beneath(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURS_NEARBY,
        (
            (COMMENT, "++++ +.... !!!", SENT),
            ("myReaction", "+--- -.... !!!", NULL),
            ("organisation deletedAt", "---- -.... !!!", NULL),
            ("replies mentions", "0000 0.... !!!", EMPTY),
        ),
    ),
    beneath(
        "Comment",
        "comments",
        models.Audience.NEIGHBOURS_ONLY,
        (
            (COMMENT, "+++. ..... !!!", NONE),
            ("myReaction", "+--. ..... !!!", NONE),
            ("organisation deletedAt", "---. ..... !!!", NONE),
            ("replies mentions", "000. ..... !!!", NONE),
        ),
    ),
    Subject(
        "the answer under the post",
        "Comment",
        "query ($id: ID!) { post(id: $id) { comments(last: 1) { nodes { FIELDS } } } }",
        "post.comments.nodes",
        lambda world: {"id": world.posts[models.Audience.NEIGHBOURHOOD]},
        (
            ("id body createdAt isMine post replyCount organisation", "++++ ..... !!!", SENT),
            ("author editedAt deletedAt myReaction", "---- ..... !!!", NULL),
            ("replies reactions mentions", "0000 ..... !!!", EMPTY),
        ),
    ),
    beneath(
        "PostRevision",
        "history",
        models.Audience.NEIGHBOURS_NEARBY,
        (("id body createdAt", "+.+. ..... !!!", NONE), ("title", "-.-. ..... !!!", NONE)),
    ),
    member(
        "resident",
        (
            (NAMED, "++++ +.... !!!", SENT),
            ("street about createdAt helpOffer", "++++ -.... !!!", SENT),
            ("verification verifiedAt household invitations", "+--- -.... !!!", NULL),
            ("organisation endedAt suspendedUntil introduction", "---- -.... !!!", NULL),
            ("acceptedRules", "+--- -.... !!!", NULL),
        ),
    ),
    member(
        "neighbour",
        (
            (NAMED, "++++ ..... !!!", SENT),
            ("street about createdAt helpOffer", "++++ ..... !!!", SENT),
            ("verification verifiedAt household", "-+-- ..... !!!", NULL),
            ("invitations", "-0-- ..... !!!", NULL),
            (f"organisation endedAt {TOLD}", "---- ..... !!!", NULL),
        ),
    ),
    member(
        "worker",
        (
            (NAMED, "++++ ..... !!!", SENT),
            ("about createdAt organisation", "++++ ..... !!!", SENT),
            ("verification verifiedAt", "---+ ..... !!!", NULL),
            ("invitations", "---0 ..... !!!", NULL),
            (f"street household helpOffer endedAt {TOLD}", "---- ..... !!!", NULL),
        ),
    ),
    member(
        "pending",
        (
            (NAMED, "..+. ....+ !!!", NONE),
            ("street about createdAt", "..+. ....- !!!", NONE),
            ("verification verifiedAt", "..-. ....+ !!!", NONE),
            (
                f"household helpOffer organisation endedAt {TOLD}",
                "..-. ....- !!!",
                NONE,
            ),
            ("invitations", "..-. ....0 !!!", NONE),
        ),
    ),
    member(
        "former",
        (
            (NAMED, "++++ ...+. !!!", SENT),
            ("street about createdAt", "++++ ...-. !!!", SENT),
            ("verification verifiedAt", "---- ...+. !!!", NULL),
            (
                f"household helpOffer organisation endedAt {TOLD}",
                "---- ...-. !!!",
                NULL,
            ),
            ("invitations", "---- ...0. !!!", NULL),
        ),
    ),
    of_resident("Household", "household", (("id street houseNumber", "+... ..... !!!", NONE),)),
    of_resident(
        "Invitation",
        "invitations.nodes",
        (
            ("id kind createdAt expiresAt", "+... ..... !!!", NONE),
            ("usedAt revokedAt", "-... ..... !!!", NONE),
        ),
    ),
)
