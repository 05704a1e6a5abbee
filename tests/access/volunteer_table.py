"""What volunteers agreed to, as cells: who gets which field of it."""

from tests.access import subject
from tests.access.partner_table import LOCKED
from tests.access.share_table import AUTHOR, AUTHOR_NULL, NONE
from tests.access.subject import Subject, listed, own, thing, under

# behind `volunteers:read`
VOLUNTEER = "++xxxx .x +xxxxx+xxxx x. !!"
VOLUNTEER_NULL = "--xxxx .x -xxxxx-xxxx x. !!"
VOLUNTEERS = "++xxxx ?x +xxxxx+xxxx x. !!"
# of the centre alone, and of nobody any more
ELSEWHERE = "..xxxx +x .xxxxx.xxxx x. !!"
GONE = "..xxxx .x .xxxxx.xxxx x. !!"
TERMS = "id displayName neighbourhood skills since expiresAt"

SUBJECTS: tuple[Subject, ...] = (
    subject.one(
        "volunteer",
        "a volunteer",
        thing("consent"),
        "Volunteer",
        ((f"{TERMS} contacts", LOCKED, VOLUNTEER),),
    ),
    subject.one(
        "volunteer",
        "a volunteer of the centre",
        thing("centre's consent"),
        "Volunteer",
        ((TERMS, LOCKED, ELSEWHERE), ("contacts", LOCKED, "..xxxx 0x .xxxxx.xxxx x. !!")),
    ),
    subject.one(
        "volunteer",
        "a volunteer no more",
        thing("consent taken back"),
        "Volunteer",
        ((f"{TERMS} contacts", LOCKED, GONE),),
    ),
    listed(
        "volunteers",
        "the last volunteer",
        "nodes",
        "Volunteer",
        ((f"{TERMS} contacts", LOCKED, VOLUNTEERS),),
    ),
    under(
        "volunteer",
        "what a volunteer was asked",
        thing("consent"),
        "contacts.nodes",
        "VolunteerContact",
        (
            ("id organisation volunteer body createdAt answer answeredAt", LOCKED, VOLUNTEER),
            ("consent", LOCKED, VOLUNTEER_NULL),
        ),
    ),
    own(
        "what one was asked",
        "volunteerContacts.nodes",
        "VolunteerContact",
        (
            ("id organisation consent body createdAt answer answeredAt", AUTHOR, NONE),
            ("volunteer", AUTHOR_NULL, NONE),
        ),
    ),
    own(
        "one's own last consent",
        "volunteerConsents.nodes",
        "VolunteerConsent",
        (
            (
                "id organisation neighbourhood skills createdAt expiresAt",
                "+++. ..... ...",
                NONE,
            ),
            ("revokedAt", "-+-. ..... ...", NONE),
        ),
    ),
)
