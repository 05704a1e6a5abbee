"""What there is: one noun, one file. The lowest floor; it imports nothing of ours from above."""

from models.access_record import AccessRecord, AccessSubject
from models.account_deletion import AccountDeletion, Erasure
from models.announcement import Announcement, AnnouncementPurpose
from models.api_token import ApiToken
from models.block import Block
from models.budget import Budget, BudgetBallot, BudgetIdea, BudgetIdeaState, BudgetSupport
from models.calendar_feed import CalendarFeed
from models.case import Case, CaseNote, CaseState, Referral, ReferralState
from models.comment import Comment
from models.content_report import ContentReport, ReportedMessage, ReportOutcome, ReportReason
from models.conversation import ChatMessage, Conversation, ConversationKind, Participant
from models.data_export import DataArchive, DataExport, DataExportState
from models.draft import Draft
from models.epoch import Epoch
from models.event import Event, EventKind
from models.figure import Figure, Measure, Period
from models.follow import Follow
from models.gathering import Attendance, AttendanceState, Gathering
from models.guardian_leave import GuardianLeave
from models.help_match import HelpMatch, HelpMatchRole, HelpMatchState, HelpMatchStep
from models.help_offer import Availability, HelpOffer, HelpReach
from models.help_request import HelpRequest, HelpRequestState, Urgency
from models.house_rule import HouseRules, RulesAcceptance
from models.household import Household, InvitationCode, InvitationKind
from models.membership import Membership, MembershipRole, MembershipState, Verification
from models.mention import Mention
from models.moderation_case import ModerationCase, ReportSubject
from models.moderation_decision import (
    DecisionState,
    DecisionStep,
    ModerationDecision,
    ModerationMeasure,
)
from models.mutation_key import MutationKey
from models.mute import Mute
from models.neighbourhood import Adjacency, Neighbourhood
from models.notification import (
    Digest,
    Frequency,
    Letter,
    LetterState,
    Notification,
    NotificationHours,
    NotificationSwitch,
    PushDevice,
    Reason,
)
from models.organisation import Coverage, Organisation, OrganisationKind, Unit
from models.picture import Picture, PictureSize, PictureState
from models.poll import Ballot, Poll, PollMethod, PollResults, PollVoice
from models.post import Audience, Post, PostKind, PostRevision
from models.post_share import CommentShare, CommentShareState, PostShare, SharePurpose
from models.reaction import Reaction, ReactionKind
from models.resident import (
    AgeBand,
    Credential,
    Language,
    Resident,
    Session,
    SessionToken,
    TokenKind,
)
from models.skill import Skill, SkillGroup
from models.staff import Staff, StaffRole
from models.stream import Stream, StreamKind
from models.volunteer import VolunteerConsent, VolunteerContact
from models.webhook import DeliveryState, Webhook, WebhookDelivery

__all__ = [
    "AccessRecord",
    "AccessSubject",
    "AccountDeletion",
    "Adjacency",
    "AgeBand",
    "Announcement",
    "AnnouncementPurpose",
    "ApiToken",
    "Attendance",
    "AttendanceState",
    "Audience",
    "Availability",
    "Ballot",
    "Block",
    "Budget",
    "BudgetBallot",
    "BudgetIdea",
    "BudgetIdeaState",
    "BudgetSupport",
    "CalendarFeed",
    "Case",
    "CaseNote",
    "CaseState",
    "ChatMessage",
    "Comment",
    "CommentShare",
    "CommentShareState",
    "ContentReport",
    "Conversation",
    "ConversationKind",
    "Coverage",
    "Credential",
    "DataArchive",
    "DataExport",
    "DataExportState",
    "DecisionState",
    "DecisionStep",
    "DeliveryState",
    "Digest",
    "Draft",
    "Epoch",
    "Erasure",
    "Event",
    "EventKind",
    "Figure",
    "Follow",
    "Frequency",
    "Gathering",
    "GuardianLeave",
    "HelpMatch",
    "HelpMatchRole",
    "HelpMatchState",
    "HelpMatchStep",
    "HelpOffer",
    "HelpReach",
    "HelpRequest",
    "HelpRequestState",
    "HouseRules",
    "Household",
    "InvitationCode",
    "InvitationKind",
    "Language",
    "Letter",
    "LetterState",
    "Measure",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "Mention",
    "ModerationCase",
    "ModerationDecision",
    "ModerationMeasure",
    "MutationKey",
    "Mute",
    "Neighbourhood",
    "Notification",
    "NotificationHours",
    "NotificationSwitch",
    "Organisation",
    "OrganisationKind",
    "Participant",
    "Period",
    "Picture",
    "PictureSize",
    "PictureState",
    "Poll",
    "PollMethod",
    "PollResults",
    "PollVoice",
    "Post",
    "PostKind",
    "PostRevision",
    "PostShare",
    "PushDevice",
    "Reaction",
    "ReactionKind",
    "Reason",
    "Referral",
    "ReferralState",
    "ReportOutcome",
    "ReportReason",
    "ReportSubject",
    "ReportedMessage",
    "Resident",
    "RulesAcceptance",
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
    "Urgency",
    "Verification",
    "VolunteerConsent",
    "VolunteerContact",
    "Webhook",
    "WebhookDelivery",
]
