"""Which word reaches which partner: what a live grant gave to precisely that organisation.

A marker goes by the column in which it stands, and whose row that is. What stands nowhere here
reaches nobody: what was never shared, was taken back, has expired, went with its post; commenters
who did not agree, and the names of those who did; what was shared with the other organisation.
"""

from auth.scope import PARTNER


def words(columns: str, *owners: str) -> frozenset[str]:
    """Markers in each of these columns, in rows of each of these."""
    return frozenset(f"{column} of {owner}" for column in columns.split() for owner in owners)


def at_town(*people: str) -> list[str]:
    """What people let the town have."""
    return [f"{person} at town" for person in people]


NOTHING: frozenset[str] = frozenset()
TOKENS = tuple(f"token {scope.value}" for scope in sorted(PARTNER))
STAFF = ("manager", "editor", "case_worker", "other_unit", "analyst")
PERSONAS = (
    *(*STAFF, "token full", *TOKENS, "token elsewhere", "token centre"),
    *("token expired", "token revoked", "signed_out"),
)
# the words of posts that are shared, and the names of those who share by name
SHARED = "post.title post.body membership.display_name"
CASE = "case.answer case.satisfaction_word case_note.body"
VOLUNTEER = "volunteer_consent.skills volunteer_contact.body volunteer_contact.answer"

COLLEAGUES = words("staff.name", "town", *at_town(*STAFF)) | words("unit.name", "town")
ANNOUNCED = words("announcement.title announcement.body", "town")
REPLIES = words("comment.body membership.display_name", "replying")
TO_ROADS = words(SHARED, "roads")
SHARES = (
    words(SHARED, "named", "referred", "beside")
    | words("post.title post.body", "nameless")
    | words("comment.body", "agreeing")
)
CASES_OF_ROADS = words(CASE, *at_town("roads"))
CASES = words(CASE, *at_town("named", "nameless", "referred", "beside")) | words(
    "referral.reason", *at_town("nameless", "referred")
)
WRITERS = words("staff.name", *at_town("manager"))
UNITS = words("unit.name", "town")
VOLUNTEERS = words("membership.display_name", "volunteer", "volunteer_beside") | words(
    VOLUNTEER, *at_town("volunteer", "volunteer_beside")
)
HOOKS = words("webhook.url", "town")
JUDGED = words("budget_idea.reason", "silent at town")
FAILURES = words("webhook_delivery.error", "town")
CREDENTIALS = words("api_token.name api_token.prefix api_token.scopes", "town")
READINGS = words("access_record.fields_read", *at_town("named"))

ANSWERS = {
    **dict.fromkeys(PERSONAS, NOTHING),
    "manager": (
        COLLEAGUES | ANNOUNCED | REPLIES | SHARES | TO_ROADS | CASES | CASES_OF_ROADS
        | VOLUNTEERS | HOOKS | FAILURES | CREDENTIALS | READINGS | JUDGED
    ),
    "editor": COLLEAGUES | ANNOUNCED | REPLIES | VOLUNTEERS | JUDGED,
    "case_worker": COLLEAGUES | SHARES | CASES,
    "other_unit": COLLEAGUES | SHARES | TO_ROADS | CASES | CASES_OF_ROADS,
    "analyst": COLLEAGUES,
    "token full": (
        ANNOUNCED | REPLIES | SHARES | TO_ROADS | CASES | CASES_OF_ROADS | WRITERS | UNITS
        | VOLUNTEERS | HOOKS | FAILURES | JUDGED | words("staff.name", *at_town("case_worker"))
    ),
    "token announcements:read": ANNOUNCED | REPLIES,
    "token cases:read": CASES | CASES_OF_ROADS | WRITERS | UNITS,
    "token shares:read": SHARES | TO_ROADS,
    "token polls:write": JUDGED,
    "token volunteers:read": VOLUNTEERS,
    "token webhooks:manage": HOOKS,
    "token elsewhere": (
        ANNOUNCED
        | words(SHARED, "beside")
        | words(CASE, *at_town("beside"))
        | WRITERS
        | UNITS
        | words("membership.display_name", "volunteer_beside")
        | words(VOLUNTEER, *at_town("volunteer_beside"))
        | HOOKS
    ),
    "token centre": (
        words("announcement.title announcement.body", "centre")
        | words("comment.body membership.display_name", "other")
        | words(SHARED, "centred", "referred")
        | words(CASE, "centred at centre")
        | words("case.answer case.satisfaction_word", "referred at centre")
        | words("staff.name", "centre_manager at centre")
        | words("membership.display_name", "volunteer_centre")
        | words(VOLUNTEER, "volunteer_centre at centre")
    ),
}  # fmt: skip
# and of the staff each its own account
for person in STAFF:
    ANSWERS[person] |= words("resident.email resident.phone session.client", person)

NAME = "membership.display_name"
LATE = words("new-post.title new-post.body membership.display_name", "late") | words(
    "new-comment.body", "late_comment"
)
CLOSED = words("new-case.satisfaction_word", "late")
REPLIED = words(f"new-comment.body new-comment.body-after {NAME}", "replying")
ANSWERED = words(f"new-volunteer_contact.answer {NAME}", "volunteer")
EVENTS = {
    **dict.fromkeys(PERSONAS, NOTHING),
    "manager": LATE | CLOSED | REPLIED | ANSWERED,
    "editor": REPLIED | ANSWERED,
    "case_worker": LATE | CLOSED,
    "other_unit": LATE | CLOSED,
    "token full": LATE | CLOSED | REPLIED | ANSWERED,
    "token announcements:read": REPLIED,
    "token cases:read": CLOSED,
    "token shares:read": LATE,
    "token volunteers:read": ANSWERED,
    "token centre": words("new-post.title new-post.body membership.display_name", "late_centre"),
}
ELSEWHERE = {"webhooks": HOOKS, "valkey": NOTHING, "log": NOTHING}

# what somebody reads of their own, so that the walk could have found it for a partner
OWN = {
    "named": words(
        f"{SHARED} post_revision.title post_revision.body membership.about membership.street"
        " household.street household.house_number help_offer.skills resident.email"
        " resident.phone session.client",
        "named",
    )
    | READINGS
}
