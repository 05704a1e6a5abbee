"""Every door that changes something, with its lock."""

from typing import Any
from uuid import UUID

import strawberry

import models
import resolvers.account_deletion
import resolvers.age
import resolvers.announcement
import resolvers.announcement_poll
import resolvers.api_token
import resolvers.api_token_issue
import resolvers.attendance
import resolvers.ballot
import resolvers.block
import resolvers.budget
import resolvers.budget_idea
import resolvers.budget_judgement
import resolvers.budget_vote
import resolvers.calendar_feed
import resolvers.case_answer
import resolvers.case_assignment
import resolvers.case_note
import resolvers.chat_message
import resolvers.comment
import resolvers.comment_share
import resolvers.content_report
import resolvers.conversation
import resolvers.data_export
import resolvers.draft
import resolvers.follow
import resolvers.gathering_post
import resolvers.guardian_leave_grant
import resolvers.help_match_answer
import resolvers.help_match_proposal
import resolvers.help_offer
import resolvers.help_request_edit
import resolvers.house_rule
import resolvers.invitation
import resolvers.membership
import resolvers.moderation_case
import resolvers.moderation_decision
import resolvers.mute
import resolvers.notification
import resolvers.notification_switch
import resolvers.participant
import resolvers.picture
import resolvers.pin
import resolvers.poll_post
import resolvers.post
import resolvers.post_share
import resolvers.push_device
import resolvers.reaction
import resolvers.referral
import resolvers.registration
import resolvers.resident
import resolvers.seat
import resolvers.session
import resolvers.staff
import resolvers.staff_invitation
import resolvers.unit
import resolvers.volunteer_consent
import resolvers.volunteer_contact
import resolvers.webhook
import resolvers.webhook_delivery
import resolvers.worker
from resolvers.rate import Act
from schema.announcement import Announcement
from schema.api_token import ApiToken, NewToken
from schema.block import Block
from schema.budget import Budget, BudgetIdea
from schema.case import Case, CaseNote, Referral
from schema.comment import Comment
from schema.content_report import ContentReport
from schema.conversation import ChatMessage, Conversation
from schema.door import Answer, change, exchange
from schema.draft import Draft
from schema.gathering import Attendance, Gathering, NewCalendarFeed
from schema.guardian_leave import GuardianLeave
from schema.guards import (
    ANNOUNCEMENTS_WRITE,
    CASES_WRITE,
    MANAGER,
    POLLS_WRITE,
    PUBLIC,
    RESIDENT,
    VOLUNTEERS_CONTACT,
    WEBHOOKS_MANAGE,
)
from schema.help_match import HelpMatch
from schema.help_offer import HelpOffer
from schema.help_request import HelpRequest
from schema.membership import Invitation, Membership
from schema.moderation import HouseRules, ModerationCase, ModerationDecision
from schema.mute import Mute
from schema.neighbourhood import Neighbourhood
from schema.notification import PushDevice
from schema.picture import NewUpload, Picture
from schema.poll import Poll
from schema.post import Post
from schema.post_share import CommentShare, PostShare
from schema.reaction import Reactable
from schema.resident import DataExport, NewInvitation, Resident, Session, Tokens
from schema.staff import NewStaff, Staff
from schema.unit import Unit
from schema.volunteer import VolunteerConsent, VolunteerContact
from schema.webhook import NewWebhook, Webhook, WebhookDelivery

TOKENS = Answer("tokens", Tokens)
ACCOUNT = Answer("account", Resident, (models.Resident,))
EXPORT = Answer("export", DataExport, (models.DataExport,))
SESSION = Answer("session", Session, (models.Session,))
MEMBERSHIP = Answer("membership", Membership, (models.Membership,))
NEW_INVITATION = Answer("invitation", NewInvitation)
INVITATION = Answer("invitation", Invitation, (models.InvitationCode,))
POST = Answer("post", Post, (models.Post,))
DRAFT = Answer("draft", Draft, (models.Draft,))
NEW_UPLOAD = Answer("upload", NewUpload)
PICTURE = Answer("picture", Picture, (models.Picture,))
GATHERING = Answer("gathering", Gathering, (models.Gathering,))
ATTENDANCE = Answer("attendance", Attendance, (models.Attendance,))
NEW_CALENDAR_FEED = Answer("calendar_feed", NewCalendarFeed)
POLL = Answer("poll", Poll, (models.Poll,))
BUDGET = Answer("budget", Budget, (models.Budget,))
IDEA = Answer("idea", BudgetIdea, (models.BudgetIdea,))
NEIGHBOURHOOD = Answer("neighbourhood", Neighbourhood, (models.Neighbourhood,))
COMMENT = Answer("comment", Comment, (models.Comment,))
SHARE = Answer("share", PostShare, (models.PostShare,))
COMMENT_SHARE = Answer("comment_share", CommentShare, (models.CommentShare,))
HELP_REQUEST = Answer("help_request", HelpRequest, (models.HelpRequest,))
GUARDIAN_LEAVE = Answer("guardian_leave", GuardianLeave, (models.GuardianLeave,))
HELP_OFFER = Answer("help_offer", HelpOffer, (models.HelpOffer,))
MATCH = Answer("match", HelpMatch, (models.HelpMatch,))
CONSENT = Answer("consent", VolunteerConsent, (models.VolunteerConsent,))
CONTACT = Answer("contact", VolunteerContact, (models.VolunteerContact,))
ANNOUNCEMENT = Answer("announcement", Announcement, (models.Announcement,))
WEBHOOK = Answer("webhook", Webhook, (models.Webhook,))
NEW_WEBHOOK = Answer("webhook", NewWebhook)
DELIVERY = Answer("delivery", WebhookDelivery, (models.WebhookDelivery,))
STAFF = Answer("staff", Staff, (models.Staff,))
NEW_STAFF = Answer("invitation", NewStaff)
UNIT = Answer("unit", Unit, (models.Unit,))
TOKEN = Answer("token", ApiToken, (models.ApiToken,))
NEW_TOKEN = Answer("token", NewToken)
SUBJECT = Answer("subject", Reactable, (models.Post, models.Comment))
DELETED_ID = Answer("deleted_id", UUID)
CASE = Answer("case", Case, (models.Case,))
CASE_ID = Answer("case_id", UUID)
CASE_NOTE = Answer("note", CaseNote, (models.CaseNote,))
REFERRAL = Answer("referral", Referral, (models.Referral,))
CONVERSATION = Answer("conversation", Conversation, (models.Conversation,))
CONVERSATION_ID = Answer("conversation_id", UUID)
MESSAGE = Answer("message", ChatMessage, (models.ChatMessage,))
BLOCK = Answer("block", Block, (models.Block,))
DEVICE = Answer("device", PushDevice, (models.PushDevice,))
DEVICE_ID = Answer("device_id", UUID)
MUTE = Answer("mute", Mute, (models.Mute,))
REPORT = Answer("report", ContentReport, (models.ContentReport,))
MODERATION_CASE = Answer("case", ModerationCase, (models.ModerationCase,))
DECISION = Answer("decision", ModerationDecision, (models.ModerationDecision,))
HOUSE_RULES = Answer("house_rules", HouseRules, (models.HouseRules,))


@strawberry.type(description="What can be changed.")
class Mutation:
    """The writing page."""

    register: Any = exchange(
        resolvers.registration.register, lock=PUBLIC, answers=TOKENS, attempt=Act.INVITATION
    )
    log_in: Any = exchange(
        resolvers.session.log_in, lock=PUBLIC, answers=TOKENS, attempt=Act.LOG_IN
    )
    refresh_session: Any = exchange(
        resolvers.session.refresh_session, lock=PUBLIC, answers=TOKENS, attempt=Act.TOKEN
    )
    change_password: Any = exchange(
        resolvers.resident.change_password, lock=RESIDENT, answers=ACCOUNT, attempt=Act.LOG_IN
    )
    export_my_data: Any = exchange(
        resolvers.data_export.export_my_data, lock=RESIDENT, answers=EXPORT, attempt=Act.LOG_IN
    )
    delete_my_account: Any = exchange(
        resolvers.account_deletion.delete_my_account,
        lock=RESIDENT,
        answers=ACCOUNT,
        attempt=Act.LOG_IN,
    )
    cancel_deletion: Any = change(
        resolvers.account_deletion.cancel_deletion, lock=RESIDENT, answers=ACCOUNT
    )
    log_out: Any = change(resolvers.session.log_out, lock=RESIDENT, answers=SESSION)
    revoke_session: Any = change(resolvers.session.revoke_session, lock=RESIDENT, answers=SESSION)
    update_account: Any = change(resolvers.resident.update_account, lock=RESIDENT, answers=ACCOUNT)

    mark_notifications_read: Any = change(
        resolvers.notification.mark_notifications_read, lock=RESIDENT, answers=ACCOUNT
    )
    set_notification_frequency: Any = change(
        resolvers.notification_switch.set_notification_frequency, lock=RESIDENT, answers=ACCOUNT
    )
    set_notification_hours: Any = change(
        resolvers.notification_switch.set_notification_hours, lock=RESIDENT, answers=ACCOUNT
    )
    register_push_device: Any = exchange(
        resolvers.push_device.register_push_device, lock=RESIDENT, answers=DEVICE
    )
    remove_push_device: Any = change(
        resolvers.push_device.remove_push_device, lock=RESIDENT, answers=DEVICE_ID
    )

    join_neighbourhood: Any = change(
        resolvers.registration.join_neighbourhood,
        lock=RESIDENT,
        answers=MEMBERSHIP,
        attempt=Act.INVITATION,
    )
    update_profile: Any = change(
        resolvers.membership.update_profile, lock=RESIDENT, answers=MEMBERSHIP
    )
    move_out: Any = change(resolvers.membership.move_out, lock=RESIDENT, answers=MEMBERSHIP)
    invite_housemate: Any = exchange(
        resolvers.invitation.invite_housemate, lock=RESIDENT, answers=NEW_INVITATION
    )
    revoke_invitation: Any = change(
        resolvers.invitation.revoke_invitation, lock=RESIDENT, answers=INVITATION
    )

    create_post: Any = change(resolvers.post.create_post, lock=RESIDENT, answers=POST)
    edit_post: Any = change(resolvers.post.edit_post, lock=RESIDENT, answers=POST)
    delete_post: Any = change(resolvers.post.delete_post, lock=RESIDENT, answers=DELETED_ID)
    mark_solved: Any = change(resolvers.post.mark_solved, lock=RESIDENT, answers=POST)
    add_comment: Any = change(resolvers.comment.add_comment, lock=RESIDENT, answers=COMMENT)
    edit_comment: Any = change(resolvers.comment.edit_comment, lock=RESIDENT, answers=COMMENT)
    delete_comment: Any = change(resolvers.comment.delete_comment, lock=RESIDENT, answers=COMMENT)
    react: Any = change(resolvers.reaction.react, lock=RESIDENT, answers=SUBJECT)
    unreact: Any = change(resolvers.reaction.unreact, lock=RESIDENT, answers=SUBJECT)

    pin_post: Any = change(resolvers.pin.pin_post, lock=RESIDENT, answers=POST)
    unpin_post: Any = change(resolvers.pin.unpin_post, lock=RESIDENT, answers=POST)
    save_draft: Any = change(resolvers.draft.save_draft, lock=RESIDENT, answers=DRAFT)
    edit_draft: Any = change(resolvers.draft.edit_draft, lock=RESIDENT, answers=DRAFT)
    delete_draft: Any = change(resolvers.draft.delete_draft, lock=RESIDENT, answers=DELETED_ID)
    publish_draft: Any = change(resolvers.draft.publish_draft, lock=RESIDENT, answers=POST)

    start_upload: Any = exchange(resolvers.picture.start_upload, lock=RESIDENT, answers=NEW_UPLOAD)
    finish_upload: Any = exchange(resolvers.picture.finish_upload, lock=RESIDENT, answers=PICTURE)
    describe_picture: Any = change(
        resolvers.picture.describe_picture, lock=RESIDENT, answers=PICTURE
    )
    delete_picture: Any = change(
        resolvers.picture.delete_picture, lock=RESIDENT, answers=DELETED_ID
    )
    create_gathering: Any = change(
        resolvers.gathering_post.create_gathering, lock=RESIDENT, answers=GATHERING
    )
    edit_gathering: Any = change(
        resolvers.gathering_post.edit_gathering, lock=RESIDENT, answers=GATHERING
    )
    cancel_gathering: Any = change(
        resolvers.gathering_post.cancel_gathering, lock=RESIDENT, answers=GATHERING
    )
    attend: Any = change(resolvers.attendance.attend, lock=RESIDENT, answers=ATTENDANCE)
    create_calendar_feed: Any = exchange(
        resolvers.calendar_feed.create_calendar_feed, lock=RESIDENT, answers=NEW_CALENDAR_FEED
    )
    revoke_calendar_feed: Any = change(
        resolvers.calendar_feed.revoke_calendar_feed, lock=RESIDENT, answers=DELETED_ID
    )
    create_poll: Any = change(resolvers.poll_post.create_poll, lock=RESIDENT, answers=POLL)
    close_poll: Any = change(resolvers.poll_post.close_poll, lock=RESIDENT, answers=POLL)
    vote: Any = change(resolvers.ballot.vote, lock=RESIDENT, answers=POLL)
    withdraw_vote: Any = change(resolvers.ballot.withdraw_vote, lock=RESIDENT, answers=POLL)
    follow_neighbourhood: Any = change(
        resolvers.follow.follow_neighbourhood, lock=RESIDENT, answers=NEIGHBOURHOOD
    )
    unfollow_neighbourhood: Any = change(
        resolvers.follow.unfollow_neighbourhood, lock=RESIDENT, answers=NEIGHBOURHOOD
    )

    share_post: Any = change(resolvers.post_share.share_post, lock=RESIDENT, answers=SHARE)
    revoke_share: Any = change(resolvers.post_share.revoke_share, lock=RESIDENT, answers=SHARE)
    ask_comment_share: Any = change(
        resolvers.comment_share.ask_comment_share, lock=RESIDENT, answers=COMMENT_SHARE
    )
    answer_comment_share: Any = change(
        resolvers.comment_share.answer_comment_share, lock=RESIDENT, answers=COMMENT_SHARE
    )
    withdraw_comment_share: Any = change(
        resolvers.comment_share.withdraw_comment_share, lock=RESIDENT, answers=COMMENT_SHARE
    )

    offer_help: Any = change(resolvers.help_offer.offer_help, lock=RESIDENT, answers=HELP_OFFER)
    edit_offer: Any = change(resolvers.help_offer.edit_offer, lock=RESIDENT, answers=HELP_OFFER)
    withdraw_offer: Any = change(
        resolvers.help_offer.withdraw_offer, lock=RESIDENT, answers=MEMBERSHIP
    )
    request_help: Any = change(
        resolvers.help_request_edit.request_help, lock=RESIDENT, answers=HELP_REQUEST
    )
    edit_help_request: Any = change(
        resolvers.help_request_edit.edit_help_request, lock=RESIDENT, answers=HELP_REQUEST
    )
    confirm_help_request: Any = change(
        resolvers.help_request_edit.confirm_help_request, lock=RESIDENT, answers=HELP_REQUEST
    )
    withdraw_help_request: Any = change(
        resolvers.help_request_edit.withdraw_help_request, lock=RESIDENT, answers=HELP_REQUEST
    )
    give_guardian_leave: Any = change(
        resolvers.guardian_leave_grant.give_guardian_leave, lock=RESIDENT, answers=GUARDIAN_LEAVE
    )
    withdraw_guardian_leave: Any = change(
        resolvers.guardian_leave_grant.withdraw_guardian_leave,
        lock=RESIDENT,
        answers=GUARDIAN_LEAVE,
    )
    say_of_age: Any = change(resolvers.age.say_of_age, lock=RESIDENT, answers=MEMBERSHIP)
    propose_match: Any = change(
        resolvers.help_match_proposal.propose_match, lock=RESIDENT, answers=MATCH
    )
    accept_match: Any = change(
        resolvers.help_match_answer.accept_match, lock=RESIDENT, answers=MATCH
    )
    decline_match: Any = change(
        resolvers.help_match_answer.decline_match, lock=RESIDENT, answers=MATCH
    )
    withdraw_match: Any = change(
        resolvers.help_match_answer.withdraw_match, lock=RESIDENT, answers=MATCH
    )
    complete_match: Any = change(
        resolvers.help_match_answer.complete_match, lock=RESIDENT, answers=MATCH
    )
    share_address: Any = change(
        resolvers.help_match_answer.share_address, lock=RESIDENT, answers=MATCH
    )
    thank: Any = change(resolvers.help_match_answer.thank, lock=RESIDENT, answers=MATCH)
    consent_to_volunteering: Any = change(
        resolvers.volunteer_consent.consent_to_volunteering, lock=RESIDENT, answers=CONSENT
    )
    withdraw_volunteer_consent: Any = change(
        resolvers.volunteer_consent.withdraw_volunteer_consent, lock=RESIDENT, answers=CONSENT
    )
    contact_volunteer: Any = change(
        resolvers.volunteer_contact.contact_volunteer, lock=VOLUNTEERS_CONTACT, answers=CONTACT
    )
    answer_contact: Any = change(
        resolvers.volunteer_contact.answer_contact, lock=RESIDENT, answers=CONTACT
    )

    start_conversation: Any = change(
        resolvers.conversation.start_conversation, lock=RESIDENT, answers=CONVERSATION
    )
    add_participants: Any = change(
        resolvers.seat.add_participants, lock=RESIDENT, answers=CONVERSATION
    )
    leave_conversation: Any = change(
        resolvers.seat.leave_conversation, lock=RESIDENT, answers=CONVERSATION_ID
    )
    mark_read: Any = change(resolvers.participant.mark_read, lock=RESIDENT, answers=CONVERSATION)
    send_message: Any = change(resolvers.chat_message.send_message, lock=RESIDENT, answers=MESSAGE)
    delete_message: Any = change(
        resolvers.chat_message.delete_message, lock=RESIDENT, answers=MESSAGE
    )
    block_member: Any = change(resolvers.block.block_member, lock=RESIDENT, answers=BLOCK)
    unblock_member: Any = change(resolvers.block.unblock_member, lock=RESIDENT, answers=DELETED_ID)
    mute_member: Any = change(resolvers.mute.mute_member, lock=RESIDENT, answers=MUTE)
    unmute_member: Any = change(resolvers.mute.unmute_member, lock=RESIDENT, answers=DELETED_ID)

    report_content: Any = change(
        resolvers.content_report.report_content, lock=RESIDENT, answers=REPORT
    )
    decide_case: Any = change(
        resolvers.moderation_case.decide_case, lock=RESIDENT, answers=MODERATION_CASE
    )
    appeal_decision: Any = change(
        resolvers.moderation_decision.appeal_decision, lock=RESIDENT, answers=DECISION
    )
    lift_decision: Any = change(
        resolvers.moderation_decision.lift_decision, lock=RESIDENT, answers=DECISION
    )
    set_house_rules: Any = change(
        resolvers.house_rule.set_house_rules, lock=RESIDENT, answers=HOUSE_RULES
    )
    accept_house_rules: Any = change(
        resolvers.house_rule.accept_house_rules, lock=RESIDENT, answers=MEMBERSHIP
    )

    create_announcement: Any = change(
        resolvers.announcement.create_announcement, lock=ANNOUNCEMENTS_WRITE, answers=ANNOUNCEMENT
    )
    edit_announcement: Any = change(
        resolvers.announcement.edit_announcement, lock=ANNOUNCEMENTS_WRITE, answers=ANNOUNCEMENT
    )
    withdraw_announcement: Any = change(
        resolvers.announcement.withdraw_announcement,
        lock=ANNOUNCEMENTS_WRITE,
        answers=ANNOUNCEMENT,
    )

    announce_poll: Any = change(
        resolvers.announcement_poll.announce_poll, lock=POLLS_WRITE, answers=ANNOUNCEMENT
    )

    announce_budget: Any = change(
        resolvers.budget.announce_budget, lock=POLLS_WRITE, answers=BUDGET
    )
    propose_idea: Any = change(resolvers.budget_idea.propose_idea, lock=RESIDENT, answers=IDEA)
    support_idea: Any = change(resolvers.budget_idea.support_idea, lock=RESIDENT, answers=IDEA)
    withdraw_support: Any = change(
        resolvers.budget_idea.withdraw_support, lock=RESIDENT, answers=IDEA
    )
    judge_idea: Any = change(resolvers.budget_judgement.judge_idea, lock=POLLS_WRITE, answers=IDEA)
    vote_budget: Any = change(resolvers.budget_vote.vote_budget, lock=RESIDENT, answers=BUDGET)

    create_webhook: Any = exchange(
        resolvers.webhook.create_webhook, lock=WEBHOOKS_MANAGE, answers=NEW_WEBHOOK
    )
    rotate_webhook_secret: Any = exchange(
        resolvers.webhook.rotate_webhook_secret, lock=WEBHOOKS_MANAGE, answers=NEW_WEBHOOK
    )
    resume_webhook: Any = change(
        resolvers.webhook.resume_webhook, lock=WEBHOOKS_MANAGE, answers=WEBHOOK
    )
    remove_webhook: Any = change(
        resolvers.webhook.remove_webhook, lock=WEBHOOKS_MANAGE, answers=DELETED_ID
    )
    redeliver: Any = change(
        resolvers.webhook_delivery.redeliver, lock=WEBHOOKS_MANAGE, answers=DELIVERY
    )

    invite_staff: Any = exchange(
        resolvers.staff_invitation.invite_staff, lock=MANAGER, answers=NEW_STAFF
    )
    join_organisation: Any = change(
        resolvers.staff_invitation.join_organisation,
        lock=RESIDENT,
        answers=STAFF,
        attempt=Act.INVITATION,
    )
    register_staff: Any = exchange(
        resolvers.staff_invitation.register_staff,
        lock=PUBLIC,
        answers=TOKENS,
        attempt=Act.INVITATION,
    )
    change_staff: Any = change(resolvers.staff.change_staff, lock=MANAGER, answers=STAFF)
    end_staff: Any = change(resolvers.staff.end_staff, lock=MANAGER, answers=STAFF)
    assign_worker: Any = change(resolvers.worker.assign_worker, lock=MANAGER, answers=STAFF)
    withdraw_worker: Any = change(resolvers.worker.withdraw_worker, lock=MANAGER, answers=STAFF)
    add_unit: Any = change(resolvers.unit.add_unit, lock=MANAGER, answers=UNIT)
    create_token: Any = exchange(
        resolvers.api_token_issue.create_token, lock=MANAGER, answers=NEW_TOKEN
    )
    rotate_token: Any = exchange(
        resolvers.api_token_issue.rotate_token, lock=MANAGER, answers=NEW_TOKEN, attempt=Act.TOKEN
    )
    revoke_token: Any = change(resolvers.api_token.revoke_token, lock=MANAGER, answers=TOKEN)

    start_case: Any = change(resolvers.case_assignment.start_case, lock=CASES_WRITE, answers=CASE)
    assign_case: Any = change(resolvers.case_assignment.assign_case, lock=CASES_WRITE, answers=CASE)
    answer_case: Any = change(resolvers.case_answer.answer_case, lock=CASES_WRITE, answers=CASE)
    close_case: Any = change(resolvers.case_answer.close_case, lock=RESIDENT, answers=CASE)
    add_case_note: Any = change(
        resolvers.case_note.add_case_note, lock=CASES_WRITE, answers=CASE_NOTE
    )
    refer_case: Any = change(resolvers.referral.refer_case, lock=CASES_WRITE, answers=CASE_ID)
    ask_referral: Any = change(resolvers.referral.ask_referral, lock=CASES_WRITE, answers=REFERRAL)
    answer_referral: Any = change(
        resolvers.referral.answer_referral, lock=RESIDENT, answers=REFERRAL
    )
