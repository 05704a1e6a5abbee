"""Who may change what of an organisation's: the doors that ask for a scope of staff or a token."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.access.door import Change, Given, behind
from tests.access.resident_doors import on
from tests.world import World

MANAGER = ("manager",)
# those of whoever holds the scope whose reach is the whole of the town
ANNOUNCERS = ("manager", "editor", "token full")
FOLLOWERS = ("manager", "case_worker", "other_unit", "token full")
TELLERS = ("manager", "token full", "token elsewhere")
BLIND = ("token webhooks:manage",)
EXPIRES = (datetime.now(UTC) + timedelta(days=30)).isoformat()


def managed(fields: str, given: Given) -> Change:
    """What a manager does; a manager of another organisation finds nothing."""
    return behind("manager", "NOT_FOUND", fields, given, done=MANAGER)


def followed(fields: str, given: Given, done: tuple[str, ...] = FOLLOWERS) -> Change:
    """What is done about a case, by those who hold it and may see it."""
    return behind("cases:write", "NOT_FOUND", fields, given, done=done)


def told(fields: str, given: Given, **outcomes: tuple[str, ...]) -> Change:
    """What is done about a webhook."""
    return behind("webhooks:manage", "NOT_FOUND", fields, given, **outcomes)


def in_town(**more: Any) -> Given:
    """Input about the town."""
    return lambda world: {"organisationId": world.organisations["town"], **more}


def on_staff(persona: str, **more: Any) -> Given:
    """Input about one of the town's staff."""
    return lambda world: {"staffId": world.staff[persona], **more}


def at_home(persona: str) -> Given:
    """Input about one of the town's staff in home."""
    return lambda world: on_staff(persona, neighbourhoodId=world.home)(world)


def on_case(**more: Any) -> Given:
    """Input about the open case, that no unit holds yet, as it is."""
    return lambda world: {
        "caseId": world.things["case open"],
        "version": world.things["version"],
        **more,
    }


def _announcing(world: World) -> dict[str, Any]:
    words = {"title": "Sneeuw", "body": "Ruim de stoep.", "purpose": "PRACTICAL_INFO"}
    return in_town(**words, neighbourhoodIds=[str(world.home)])(world)


def _to_care(world: World) -> dict[str, Any]:
    return on_case(unitId=world.units["care"])(world)


def _to_club(world: World) -> dict[str, Any]:
    return on_case(organisationId=world.organisations["club"], reason="Zij kunnen dit.")(world)


HOOK = {"url": "http://127.0.0.1:9000/hook", "kinds": ["SHARE_GRANTED"]}
NEW_TOKEN = {"name": "new", "scopes": ["shares:read"], "expiresAt": EXPIRES}
MUTATIONS = {
    "createAnnouncement": behind(
        "announcements:write",
        "NOT_FOUND",
        "announcement { id }",
        _announcing,
        done=(*ANNOUNCERS, "token announcements:write"),
    ),
    # of an announcement in two places a token for one of them changes nothing
    "editAnnouncement": behind(
        "announcements:write",
        "NOT_FOUND",
        "announcement { id }",
        on("announcementId", "alert", title="Dooi", body="Het dooit."),
        done=ANNOUNCERS,
        FORBIDDEN=("token elsewhere",),
    ),
    "withdrawAnnouncement": behind(
        "announcements:write",
        "NOT_FOUND",
        "announcement { id }",
        on("announcementId", "alert"),
        done=ANNOUNCERS,
        FORBIDDEN=("token elsewhere",),
    ),
    "contactVolunteer": behind(
        "volunteers:contact",
        "NOT_FOUND",
        "contact { id }",
        on("volunteerId", "consent", body="Help je?"),
        done=ANNOUNCERS,
    ),
    "startCase": followed("case { id }", on_case()),
    "assignCase": followed(
        "case { id }", lambda world: on_case(**on_staff("manager")(world))(world)
    ),
    "answerCase": followed("case { id }", on_case(answer="Wij komen.")),
    "referCase": followed("caseId", _to_care),
    "askReferral": followed("referral { id }", _to_club),
    # of the case that the unit `care` holds
    "addCaseNote": followed(
        "note { id }",
        on("caseId", "case held", body="Gebeld."),
        done=("manager", "case_worker", "token full"),
    ),
    "createWebhook": told("webhook { secret }", in_town(**HOOK), done=TELLERS, FORBIDDEN=BLIND),
    "rotateWebhookSecret": told(
        "webhook { secret }", on("webhookId", "webhook"), done=TELLERS, FORBIDDEN=BLIND
    ),
    "resumeWebhook": told(
        "webhook { id }", on("webhookId", "paused"), done=TELLERS, FORBIDDEN=BLIND
    ),
    "removeWebhook": told("deletedId", on("webhookId", "webhook"), done=(*TELLERS, *BLIND)),
    "redeliver": told(
        "delivery { id }",
        on("deliveryId", "delivery of webhook"),
        done=("manager", "token full"),
        FORBIDDEN=BLIND,
    ),
    "inviteStaff": managed("invitation { code }", in_town(name="New", role="EDITOR")),
    "changeStaff": managed("staff { id }", on_staff("editor", role="ANALYST")),
    "endStaff": managed("staff { id }", on_staff("editor")),
    "assignWorker": managed("staff { id }", at_home("editor")),
    "withdrawWorker": managed("staff { id }", at_home("sent")),
    "addUnit": managed("unit { id }", in_town(name="green")),
    "createToken": managed("token { secret }", in_town(**NEW_TOKEN)),
    "rotateToken": managed("token { secret }", on("tokenId", "fresh")),
    "revokeToken": managed("token { id }", on("tokenId", "spare")),
}
