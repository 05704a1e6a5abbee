"""The viewer's own account and sessions; nobody else ever reads these."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.access_record
import resolvers.account_deletion
import resolvers.attendance
import resolvers.block
import resolvers.calendar_feed
import resolvers.case
import resolvers.comment_share
import resolvers.content_report
import resolvers.conversation
import resolvers.data_export
import resolvers.draft
import resolvers.follow
import resolvers.guardian_leave
import resolvers.help_match
import resolvers.help_request
import resolvers.membership
import resolvers.moderation_decision
import resolvers.mute
import resolvers.notification
import resolvers.notification_switch
import resolvers.post_share
import resolvers.push_device
import resolvers.session
import resolvers.volunteer_consent
import resolvers.volunteer_contact
from auth import rules
from schema.access_record import AccessRecord
from schema.block import Block
from schema.case import Case
from schema.content_report import ContentReport
from schema.conversation import Conversation
from schema.draft import Draft
from schema.field import batch, field
from schema.gathering import Attendance, CalendarFeed
from schema.guardian_leave import GuardianLeave
from schema.help_match import HelpMatch
from schema.help_request import HelpRequest
from schema.membership import Invitation, Membership
from schema.moderation import ModerationDecision
from schema.mute import Mute
from schema.node import Node, read_off
from schema.notification import (
    Notification,
    NotificationHours,
    NotificationSwitch,
    PushDevice,
)
from schema.page import Connection
from schema.post import Post
from schema.post_share import CommentShare, PostShare
from schema.volunteer import VolunteerConsent, VolunteerContact


@strawberry.type(description="A device that is signed in.")
class Session(Node):
    """Read off `models.Session`."""

    is_type_of = read_off(models.Session)
    id: UUID = field("Its id.")
    client: str = field("What the device called itself.")
    created_at: datetime = field("When it signed in.")
    last_used_at: datetime = field("When it last refreshed its tokens.")
    expires_at: datetime = field("When it ends by itself.")


@strawberry.type(description="Everything that is held of the viewer, put together on request.")
class DataExport:
    """Read off `models.DataExport`."""

    id: UUID = field("Its id; the file is at `/export/ID`, with the bearer token.")
    state: models.DataExportState = field("Where it stands.")
    created_at: datetime = field("When it was asked for.")
    ready_at: datetime | None = field("When it was ready, if it is.")
    expires_at: datetime | None = field("Until when it can be fetched.")
    bytes: int | None = field("How long the file is.")


@strawberry.type(
    description="A person's account. Neighbours never see it: they see the Membership."
)
class Resident(Node):
    """Read off `models.Resident`."""

    is_type_of = read_off(models.Resident)
    id: UUID = field("Its id.")
    email: str | None = field("The address to sign in with.", only=rules.ACCOUNT)
    phone: str | None = field("A phone number.", only=rules.ACCOUNT)
    language: models.Language | None = field(
        "The language to be written to in.", only=rules.ACCOUNT
    )
    age_band: models.AgeBand | None = field("Whether of age, if that was said.", only=rules.ACCOUNT)
    created_at: datetime | None = field("When the account was made.", only=rules.ACCOUNT)
    memberships: Connection[Membership] | None = batch(
        resolvers.membership.of_residents, only=rules.ACCOUNT
    )
    sessions: Connection[Session] | None = batch(resolvers.session.of_residents, only=rules.ACCOUNT)
    help_requests: Connection[HelpRequest] | None = batch(
        resolvers.help_request.of_residents, only=rules.ACCOUNT
    )
    guardian_leaves: Connection[GuardianLeave] | None = batch(
        resolvers.guardian_leave.of_residents, only=rules.ACCOUNT
    )
    cases: Connection[Case] | None = batch(resolvers.case.of_residents, only=rules.ACCOUNT)
    shares: Connection[PostShare] | None = batch(
        resolvers.post_share.of_residents, only=rules.ACCOUNT
    )
    comment_shares: Connection[CommentShare] | None = batch(
        resolvers.comment_share.of_residents, only=rules.ACCOUNT
    )
    access_records: Connection[AccessRecord] | None = batch(
        resolvers.access_record.of_residents, only=rules.ACCOUNT
    )
    help_matches: Connection[HelpMatch] | None = batch(
        resolvers.help_match.of_residents, only=rules.ACCOUNT
    )
    volunteer_consents: Connection[VolunteerConsent] | None = batch(
        resolvers.volunteer_consent.of_residents, only=rules.ACCOUNT
    )
    volunteer_contacts: Connection[VolunteerContact] | None = batch(
        resolvers.volunteer_contact.of_residents, only=rules.ACCOUNT
    )
    conversations: Connection[Conversation] | None = batch(
        resolvers.conversation.of_residents, only=rules.ACCOUNT
    )
    blocks: Connection[Block] | None = batch(resolvers.block.of_residents, only=rules.ACCOUNT)
    mutes: Connection[Mute] | None = batch(resolvers.mute.of_residents, only=rules.ACCOUNT)
    reports: Connection[ContentReport] | None = batch(
        resolvers.content_report.of_residents, only=rules.ACCOUNT
    )
    notifications: Connection[Notification] | None = batch(
        resolvers.notification.of_residents, only=rules.ACCOUNT
    )
    unread_count: int | None = batch(resolvers.notification.unread_counts, only=rules.ACCOUNT)
    notification_switches: list[NotificationSwitch] | None = batch(
        resolvers.notification_switch.switches, only=rules.ACCOUNT
    )
    notification_hours: NotificationHours | None = batch(
        resolvers.notification_switch.hours, only=rules.ACCOUNT
    )
    feed: Connection[Post] | None = batch(resolvers.follow.feeds, only=rules.ACCOUNT)
    attendances: Connection[Attendance] | None = batch(
        resolvers.attendance.of_residents, only=rules.ACCOUNT
    )
    calendar_feed: CalendarFeed | None = batch(
        resolvers.calendar_feed.of_residents, only=rules.ACCOUNT
    )
    exports: Connection[DataExport] | None = batch(
        resolvers.data_export.of_residents, only=rules.ACCOUNT
    )
    deleted_on: datetime | None = batch(resolvers.account_deletion.of_residents, only=rules.ACCOUNT)
    drafts: Connection[Draft] | None = batch(resolvers.draft.of_residents, only=rules.ACCOUNT)
    push_key: str | None = batch(resolvers.push_device.push_keys, only=rules.ACCOUNT)
    push_devices: Connection[PushDevice] | None = batch(
        resolvers.push_device.of_residents, only=rules.ACCOUNT
    )
    decisions: Connection[ModerationDecision] | None = batch(
        resolvers.moderation_decision.of_residents, only=rules.ACCOUNT
    )


@strawberry.type(
    description="The tokens of a session, shown this once. Keep them out of addresses."
)
class Tokens:
    """Read off `auth.session.Tokens`."""

    session_id: UUID = field("The session they belong to.")
    access: str = field("The bearer token, for ten minutes.")
    refresh: str = field("Exchanged once for a new pair.")
    access_expires_at: datetime = field("When the bearer token ends.")


@strawberry.type(description="An invitation with its code, shown this once.")
class NewInvitation:
    """Read off `resolvers.invitation.NewInvitation`."""

    code: str = field("The code for the housemate.")
    invitation: Invitation = field("The invitation, as it is listed.")
