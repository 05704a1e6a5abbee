"""What organisations are and tell, as cells: who gets which field of it."""

from tests.access import subject
from tests.access.place_table import ALL
from tests.access.subject import Rows, Subject, listed, organisation, thing, under

# the half of the residents behind a door that asks for a scope
LOCKED = "xxxx xxxxx !!!"
NOT_THEIRS = ".... ..... ..."
MANAGER = "+xxxxx ?x xxxxxxxxxxx xx !!"
NO_MANAGER = "-xxxxx ?x xxxxxxxxxxx xx !!"
ANNOUNCEMENT = "++xxxx .x ++xxxxxxxxx x+ !!"
ANNOUNCEMENTS = "++xxxx ?x ++xxxxxxxxx x+ !!"
WEBHOOKS = "+xxxxx ?x +xxxxxxxxx+ x+ !!"

ORGANISATION: Rows = (
    ("id slug name kind description neighbourhoods", *ALL),
    ("units", "---- ----- ---", "++++++ -- +---+------ -+ --"),
    ("staff", "---- ----- ---", "++++++ -- ----------- -- --"),
)

SUBJECTS: tuple[Subject, ...] = (
    subject.one("organisation", "the town", organisation("town"), "Organisation", ORGANISATION),
    Subject(
        "the first of all organisations",
        "Organisation",
        "query { organisations(first: 1) { nodes { FIELDS } } }",
        "organisations.nodes",
        subject.nothing,
        ORGANISATION,
    ),
    under(
        "organisation",
        "where the town is",
        organisation("town"),
        "neighbourhoods.nodes",
        "Coverage",
        (("since neighbourhood", *ALL),),
    ),
    under(
        "organisation",
        "a unit of the town",
        organisation("town"),
        "units.nodes",
        "Unit",
        (("id name", NOT_THEIRS, "++++++ .. +...+...... .+ .."),),
    ),
    under(
        "organisation",
        "one of the town's staff",
        organisation("town"),
        "staff.nodes",
        "Staff",
        (
            (
                "id name role unit organisation createdAt assignments",
                NOT_THEIRS,
                "++++++ .. ........... .. ..",
            ),
            ("invitationExpiresAt endedAt", NOT_THEIRS, "------ .. ........... .. .."),
        ),
    ),
    under(
        "organisation",
        "where one of them is sent",
        organisation("town"),
        "staff.nodes.assignments.nodes",
        "Assignment",
        (("since neighbourhood", NOT_THEIRS, "++++++ .. ........... .. .."),),
    ),
    Subject(
        "a skill",
        "Skill",
        "query { skills(first: 1) { nodes { FIELDS } } }",
        "skills.nodes",
        subject.nothing,
        (("id slug group nameNl nameFr nameEn", *ALL),),
    ),
    Subject(
        "an office of the viewer",
        "Office",
        "query { offices { FIELDS } }",
        "offices",
        subject.nothing,
        (
            (
                "organisation scopes neighbourhoods",
                ".... ..... !!!",
                "++++++ +. +++++++++++ x+ !!",
            ),
            ("role", ".... ..... !!!", "++++++ +. ----------- x- !!"),
            ("unit unitId", ".... ..... !!!", "--++-+ -. ----------- x- !!"),
        ),
    ),
    listed(
        "tokens",
        "a token",
        "nodes",
        "ApiToken",
        (
            ("id name prefix lastFour scopes unit neighbourhoods createdAt", LOCKED, MANAGER),
            ("expiresAt revokedAt lastUsedAt useCount issuedBy replaces", LOCKED, MANAGER),
        ),
    ),
    listed(
        "accessRecords",
        "what a program read",
        "nodes",
        "AccessRecord",
        (
            ("id createdAt organisation tokenName subject subjectId", LOCKED, MANAGER),
            ("fieldsRead isFirst", LOCKED, MANAGER),
            ("staffName", LOCKED, NO_MANAGER),
        ),
    ),
    Subject(
        "what a person read",
        "AccessRecord",
        "query ($id: ID!) { accessRecords(organisationId: $id, last: 1) { nodes { FIELDS } } }",
        "accessRecords.nodes",
        organisation("town"),
        (
            ("id createdAt organisation staffName subject subjectId", LOCKED, MANAGER),
            ("fieldsRead isFirst", LOCKED, MANAGER),
            ("tokenName", LOCKED, NO_MANAGER),
        ),
    ),
    subject.one(
        "announcement",
        "an alert",
        thing("alert"),
        "Announcement",
        (
            ("id purpose title body createdAt publishAt publishedAt", LOCKED, ANNOUNCEMENT),
            ("editedAt urgentUntil neighbourhoods commentCount", LOCKED, ANNOUNCEMENT),
            ("reactions replies", LOCKED, "++xxxx .x ++xxxxxxxxx x0 !!"),
            ("withdrawnAt pollOptions pollResults", LOCKED, "--xxxx .x --xxxxxxxxx x- !!"),
        ),
    ),
    listed(
        "announcements",
        "an announcement that was withdrawn",
        "nodes",
        "Announcement",
        (
            ("id purpose title body createdAt publishAt publishedAt", LOCKED, ANNOUNCEMENTS),
            ("withdrawnAt neighbourhoods commentCount", LOCKED, ANNOUNCEMENTS),
            ("reactions replies", LOCKED, "00xxxx ?x 00xxxxxxxxx x0 !!"),
            (
                "editedAt urgentUntil pollOptions pollResults",
                LOCKED,
                "--xxxx ?x --xxxxxxxxx x- !!",
            ),
        ),
    ),
    under(
        "announcement",
        "a reply",
        thing("alert"),
        "replies.nodes",
        "AnnouncementReply",
        (
            (
                "id displayName body createdAt editedAt neighbourhood",
                LOCKED,
                "++xxxx .x ++xxxxxxxxx x. !!",
            ),
        ),
    ),
    listed(
        "webhooks",
        "a webhook",
        "nodes",
        "Webhook",
        (
            ("id url kinds createdAt failureCount pausedAt", LOCKED, WEBHOOKS),
            ("issuedBy", LOCKED, "+xxxxx ?x -xxxxxxxxx- x- !!"),
            ("deliveries", LOCKED, "+xxxxx ?x +xxxxxxxxx0 x0 !!"),
        ),
    ),
    listed(
        "webhooks",
        "a delivery",
        "nodes.deliveries.nodes",
        "WebhookDelivery",
        (
            (
                "id eventId kind subjectId state attempts status error createdAt nextAttemptAt"
                " deliveredAt",
                LOCKED,
                "+xxxxx ?x +xxxxxxxxx. x. !!",
            ),
        ),
    ),
)
