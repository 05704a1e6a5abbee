"""What becomes of things that residents share, as the organisation and the resident hear of it."""

from uuid import UUID

import strawberry

import models
from schema.access_record import AccessRecord
from schema.announcement import AnnouncementReply
from schema.case import Case, Referral
from schema.event import OrganisationEvent, ResidentEvent, of_kind, row, subject
from schema.post_share import CommentShare, PostShare
from schema.volunteer import Volunteer, VolunteerContact

Kind = models.EventKind


@strawberry.type(description="A resident shared a post, or a share came within the viewer's reach.")
class ShareGranted(OrganisationEvent):
    """Kind SHARE_GRANTED."""

    share: PostShare = row("The share.")
    is_type_of = of_kind(Kind.SHARE_GRANTED)


@strawberry.type(description="A share was revoked, has expired, or is out of the viewer's reach.")
class ShareEnded(OrganisationEvent, ResidentEvent):
    """Kind SHARE_ENDED."""

    share_id: UUID = subject("The share that was.")
    is_type_of = of_kind(Kind.SHARE_ENDED)


@strawberry.type(description="A commenter agreed that a comment goes along, or took that back.")
class SharedCommentsChanged(OrganisationEvent):
    """Kind SHARED_COMMENTS_CHANGED."""

    share: PostShare = row("The share, with the comments that go along now.")
    is_type_of = of_kind(Kind.SHARED_COMMENTS_CHANGED)


@strawberry.type(description="Somebody asks, or answered, whether a comment may go along.")
class CommentShareChanged(ResidentEvent):
    """Kind COMMENT_SHARE_CHANGED."""

    comment_share: CommentShare = row("The question as it stands now.")
    is_type_of = of_kind(Kind.COMMENT_SHARE_CHANGED)


@strawberry.type(description="A case came in, or took a step.")
class CaseChanged(OrganisationEvent, ResidentEvent):
    """Kind CASE_CHANGED."""

    case: Case = row("The case as it is now.")
    is_type_of = of_kind(Kind.CASE_CHANGED)


@strawberry.type(description="Another organisation is to be asked in: the question, or its answer.")
class ReferralChanged(OrganisationEvent, ResidentEvent):
    """Kind REFERRAL_CHANGED."""

    referral: Referral = row("The question as it stands now.")
    is_type_of = of_kind(Kind.REFERRAL_CHANGED)


@strawberry.type(description="A resident wrote under an announcement.")
class ReplyAdded(OrganisationEvent):
    """Kind REPLY_ADDED."""

    reply: AnnouncementReply = row("The reply.")
    is_type_of = of_kind(Kind.REPLY_ADDED, gone=False)


@strawberry.type(description="The words of a reply have changed.")
class ReplyEdited(OrganisationEvent):
    """Kind REPLY_EDITED."""

    reply: AnnouncementReply = row("The reply as it is now.")
    is_type_of = of_kind(Kind.REPLY_EDITED, gone=False)


@strawberry.type(description="A reply was erased.")
class ReplyRemoved(OrganisationEvent):
    """Kind REPLY_REMOVED."""

    reply_id: UUID = subject("The reply that was.")
    is_type_of = of_kind(Kind.REPLY_REMOVED)


@strawberry.type(description="Somebody agreed to be asked for volunteering, or changed for what.")
class VolunteerChanged(OrganisationEvent):
    """Kind VOLUNTEER_CHANGED."""

    volunteer: Volunteer = row("The volunteer.")
    is_type_of = of_kind(Kind.VOLUNTEER_CHANGED, gone=False)


@strawberry.type(description="A volunteer took the consent back.")
class VolunteerGone(OrganisationEvent):
    """Kind VOLUNTEER_CHANGED."""

    volunteer_id: UUID = subject("The volunteer that was.")
    is_type_of = of_kind(Kind.VOLUNTEER_CHANGED, gone=True)


@strawberry.type(description="An organisation wrote to a volunteer, or the volunteer answered.")
class ContactChanged(OrganisationEvent, ResidentEvent):
    """Kind CONTACT_CHANGED."""

    contact: VolunteerContact = row("What was written, and the answer.")
    is_type_of = of_kind(Kind.CONTACT_CHANGED)


@strawberry.type(description="An organisation read something that the viewer shares.")
class AccessRecorded(ResidentEvent):
    """Kind ACCESS_RECORDED."""

    record: AccessRecord = row("The line of the ledger; `isFirst` when nobody of them had before.")
    is_type_of = of_kind(Kind.ACCESS_RECORDED)


KINDS = (
    *(ShareGranted, ShareEnded, SharedCommentsChanged, CommentShareChanged),
    *(CaseChanged, ReferralChanged, ReplyAdded, ReplyEdited, ReplyRemoved),
    *(VolunteerChanged, VolunteerGone, ContactChanged, AccessRecorded),
)
