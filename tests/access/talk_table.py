"""What residents say to each other in private, as cells: talk, blocks, and what was reported."""

from tests.access import subject
from tests.access.help_table import NOBODY, member
from tests.access.resident_table import NONE, NULL, SENT
from tests.access.subject import Subject, own, thing, under

SUBJECTS: tuple[Subject, ...] = (
    subject.one(
        "conversation",
        "the talk of a match",
        thing("talk"),
        "Conversation",
        (
            (
                ("id kind match createdAt isOpen participants messages lastMessage unreadCount"),
                "++.. ..... !!!",
                NONE,
            ),
            ("title", "--.. ..... !!!", NONE),
        ),
    ),
    subject.one(
        "conversation",
        "the talk of a few",
        thing("group"),
        "Conversation",
        (
            ("id kind title createdAt isOpen participants unreadCount", "++.. ..... !!!", NONE),
            ("match lastMessage", "--.. ..... !!!", NONE),
            ("messages", "00.. ..... !!!", NONE),
        ),
    ),
    subject.one(
        "conversation",
        "a talk that the resident left",
        thing("left group"),
        "Conversation",
        (
            ("id kind title createdAt isOpen participants unreadCount", ".+.. ..... !!!", NONE),
            ("match lastMessage", ".-.. ..... !!!", NONE),
            ("messages", ".0.. ..... !!!", NONE),
        ),
    ),
    own(
        "one's own last talk",
        "conversations.nodes",
        "Conversation",
        (
            ("id kind title createdAt isOpen participants unreadCount", "++.. ..... ...", NOBODY),
            ("match lastMessage", "--.. ..... ...", NOBODY),
            ("messages", "00.. ..... ...", NOBODY),
        ),
    ),
    under(
        "conversation",
        "who takes part",
        thing("talk"),
        "participants.nodes",
        "Participant",
        (
            ("id displayName member readTo", "++.. ..... !!!", NONE),
            ("leftAt", "--.. ..... !!!", NONE),
        ),
    ),
    under(
        "conversation",
        "the first message",
        thing("talk"),
        "messages.nodes",
        "ChatMessage",
        (
            ("id body createdAt isMine authorName author conversation", "++.. ..... !!!", NONE),
            ("deletedAt", "--.. ..... !!!", NONE),
        ),
    ),
    own(
        "whom one blocks",
        "blocks.nodes",
        "Block",
        (("id membershipId displayName createdAt", "+... ..... ...", NOBODY),),
    ),
    subject.one(
        "membership",
        "whom the resident blocks",
        member("quarreller"),
        "Membership",
        (
            (
                "id displayName about role state createdAt neighbourhood isMuted",
                ".+++ ..... !!!",
                SENT,
            ),
            (
                (
                    "street verification verifiedAt endedAt helpOffer organisation "
                    "household invitations suspendedUntil acceptedRules introduction"
                ),
                ".--- ..... !!!",
                NULL,
            ),
        ),
    ),
)
