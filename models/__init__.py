"""What there is: one noun, one file. The lowest floor; it imports nothing of ours from above."""

from models.comment import Comment
from models.event import Event, EventKind
from models.household import Household, InvitationCode, InvitationKind
from models.membership import Membership, MembershipRole, MembershipState, Verification
from models.mutation_key import MutationKey
from models.neighbourhood import Adjacency, Neighbourhood
from models.post import Audience, Post, PostKind, PostRevision
from models.reaction import Reaction, ReactionKind
from models.resident import Credential, Language, Resident, Session, SessionToken, TokenKind
from models.stream import Stream, StreamKind

__all__ = [
    "Adjacency",
    "Audience",
    "Comment",
    "Credential",
    "Event",
    "EventKind",
    "Household",
    "InvitationCode",
    "InvitationKind",
    "Language",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "MutationKey",
    "Neighbourhood",
    "Post",
    "PostKind",
    "PostRevision",
    "Reaction",
    "ReactionKind",
    "Resident",
    "Session",
    "SessionToken",
    "Stream",
    "StreamKind",
    "TokenKind",
    "Verification",
]
