"""What a webhook can tell of, and the scope that each kind of event asks for."""

from enum import StrEnum

from auth.scope import Scope


class WebhookKind(StrEnum):
    """What a webhook can tell of: the kinds of event on the stream of an organisation."""

    SHARE_GRANTED = "SHARE_GRANTED"
    SHARE_ENDED = "SHARE_ENDED"
    SHARED_COMMENTS_CHANGED = "SHARED_COMMENTS_CHANGED"
    CASE_CHANGED = "CASE_CHANGED"
    REFERRAL_CHANGED = "REFERRAL_CHANGED"
    REPLY_ADDED = "REPLY_ADDED"
    REPLY_EDITED = "REPLY_EDITED"
    REPLY_REMOVED = "REPLY_REMOVED"
    VOLUNTEER_CHANGED = "VOLUNTEER_CHANGED"
    CONTACT_CHANGED = "CONTACT_CHANGED"


SCOPES = {
    WebhookKind.SHARE_GRANTED: Scope.SHARES_READ,
    WebhookKind.SHARE_ENDED: Scope.SHARES_READ,
    WebhookKind.SHARED_COMMENTS_CHANGED: Scope.SHARES_READ,
    WebhookKind.CASE_CHANGED: Scope.CASES_READ,
    WebhookKind.REFERRAL_CHANGED: Scope.CASES_READ,
    WebhookKind.REPLY_ADDED: Scope.ANNOUNCEMENTS_READ,
    WebhookKind.REPLY_EDITED: Scope.ANNOUNCEMENTS_READ,
    WebhookKind.REPLY_REMOVED: Scope.ANNOUNCEMENTS_READ,
    WebhookKind.VOLUNTEER_CHANGED: Scope.VOLUNTEERS_READ,
    WebhookKind.CONTACT_CHANGED: Scope.VOLUNTEERS_READ,
}
