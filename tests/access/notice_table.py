"""What residents are told of, how soon and where, as cells; and who may change that."""

from tests.access.door import Change, behind
from tests.access.help_table import NOBODY
from tests.access.resident_doors import INSIDE, on, own, secret
from tests.access.resident_table import ACCOUNT
from tests.access.subject import Subject
from tests.access.subject import own as of_own

KEYS = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}

SUBJECTS: tuple[Subject, ...] = (
    of_own(
        "what one is told of",
        "notifications.nodes",
        "Notification",
        (
            ("id reason createdAt author post comment", "+... ..... ...", NOBODY),
            ("readAt subjectId", "-... ..... ...", NOBODY),
        ),
    ),
    of_own(
        "a switch",
        "notificationSwitches",
        "NotificationSwitch",
        (("reason frequency", *ACCOUNT),),
    ),
    of_own(
        "the hours",
        "notificationHours",
        "NotificationHours",
        (
            ("digestAt", *ACCOUNT),
            ("quietFrom quietUntil", "---- ----- ...", "------ -- ........... .. .."),
        ),
    ),
    of_own(
        "a draft",
        "drafts.nodes",
        "Draft",
        (
            (
                "id neighbourhoodId kind audience body createdAt updatedAt",
                "+... ..... ...",
                NOBODY,
            ),
            ("language title", "-... ..... ...", NOBODY),
        ),
    ),
    of_own(
        "an export",
        "exports.nodes",
        "DataExport",
        (
            ("id state createdAt", "+... ..... ...", NOBODY),
            ("readyAt expiresAt bytes", "-... ..... ...", NOBODY),
        ),
    ),
    of_own(
        "a browser that takes push",
        "pushDevices.nodes",
        "PushDevice",
        (("id client createdAt", "+... ..... ...", NOBODY),),
    ),
)
MUTATIONS: dict[str, Change] = {
    "saveDraft": behind(
        "resident",
        "NOT_FOUND",
        "draft { id }",
        lambda world: {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": ""},
        done=INSIDE,
    ),
    "editDraft": secret("draft { id }", on("draftId", "draft", body="Verder.")),
    "deleteDraft": secret("deletedId", on("draftId", "draft")),
    "publishDraft": secret("post { id }", on("draftId", "draft")),
    "markNotificationsRead": secret("account { id }", on("throughId", "notification")),
    "setNotificationFrequency": own(
        "account { id }", lambda world: {"reason": "POST", "frequency": "NONE"}
    ),
    "setNotificationHours": own("account { id }", lambda world: {"digestAt": 600}),
    "registerPushDevice": own(
        "device { id }", lambda world: {"endpoint": "http://127.0.0.1:9/push", **KEYS}
    ),
    "removePushDevice": secret("deviceId", on("deviceId", "device")),
}
