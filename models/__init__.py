"""What there is: one noun, one file. The lowest floor; it imports nothing of ours from above."""

from models.access_record import AccessRecord, AccessSubject
from models.announcement import Announcement, AnnouncementPurpose
from models.api_token import ApiToken
from models.case import Case, CaseNote, CaseState, Referral, ReferralState
from models.comment import Comment
from models.epoch import Epoch
from models.event import Event, EventKind
from models.figure import Figure, Measure, Period
from models.household import Household, InvitationCode, InvitationKind
from models.membership import Membership, MembershipRole, MembershipState, Verification
from models.mutation_key import MutationKey
from models.neighbourhood import Adjacency, Neighbourhood
from models.organisation import Coverage, Organisation, OrganisationKind, Unit
from models.post import Audience, Post, PostKind, PostRevision
from models.post_share import CommentShare, CommentShareState, PostShare, SharePurpose
from models.reaction import Reaction, ReactionKind
from models.resident import Credential, Language, Resident, Session, SessionToken, TokenKind
from models.skill import HelpOffer, Skill, SkillGroup
from models.staff import Staff, StaffRole
from models.stream import Stream, StreamKind
from models.volunteer import VolunteerConsent, VolunteerContact
from models.webhook import DeliveryState, Webhook, WebhookDelivery

__all__ = [
    "AccessRecord",
    "AccessSubject",
    "Adjacency",
    "Announcement",
    "AnnouncementPurpose",
    "ApiToken",
    "Audience",
    "Case",
    "CaseNote",
    "CaseState",
    "Comment",
    "CommentShare",
    "CommentShareState",
    "Coverage",
    "Credential",
    "DeliveryState",
    "Epoch",
    "Event",
    "EventKind",
    "Figure",
    "HelpOffer",
    "Household",
    "InvitationCode",
    "InvitationKind",
    "Language",
    "Measure",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "MutationKey",
    "Neighbourhood",
    "Organisation",
    "OrganisationKind",
    "Period",
    "Post",
    "PostKind",
    "PostRevision",
    "PostShare",
    "Reaction",
    "ReactionKind",
    "Referral",
    "ReferralState",
    "Resident",
    "Session",
    "SessionToken",
    "SharePurpose",
    "Skill",
    "SkillGroup",
    "Staff",
    "StaffRole",
    "Stream",
    "StreamKind",
    "TokenKind",
    "Unit",
    "Verification",
    "VolunteerConsent",
    "VolunteerContact",
    "Webhook",
    "WebhookDelivery",
]
