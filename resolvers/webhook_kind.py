"""What a webhook can tell of."""

from enum import StrEnum


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
