"""What residents say to each other in private, as cells: talk, blocks, and what was reported."""

from tests.access import subject
from tests.access.help_table import NOBODY, home, member
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
            ("id displayName about role state createdAt neighbourhood", ".+++ ..... !!!", SENT),
            (
                (
                    "street verification verifiedAt endedAt helpOffer organisation "
                    "household invitations"
                ),
                ".--- ..... !!!",
                NULL,
            ),
        ),
    ),
    own(
        "what one reported",
        "reports.nodes",
        "ContentReport",
        (
            ("id reason note createdAt isMine accusedName accused", "+... ..... ...", NOBODY),
            ("messages", "-... ..... ...", NOBODY),
        ),
    ),
    under(
        "neighbourhood",
        "what was reported at home",
        home,
        "reports.nodes",
        "ContentReport",
        (
            (
                "id reason note createdAt isMine accusedName accused messages",
                "..+. ..... ...",
                NOBODY,
            ),
        ),
    ),
    under(
        "neighbourhood",
        "what a moderator reads of it",
        home,
        "reports.nodes.messages",
        "ReportedMessage",
        (("id speaker isAccused isReported body sentAt", "..+. ..... ...", NOBODY),),
    ),
)
