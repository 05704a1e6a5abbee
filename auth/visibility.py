"""The one table that says which rule hides the rows of each model, and how rows pass it."""

from typing import Any, TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

import models
from auth import rules
from auth.rules import Rule, held, office
from auth.scope import Scope
from auth.viewer import Viewer
from models.wall import Walled

M = TypeVar("M", bound=Model)

VISIBLE: dict[type[Model], Rule] = {
    models.Neighbourhood: rules.EVERYONE,
    models.Adjacency: rules.EVERYONE,
    models.Household: rules.HOUSEMATE,
    models.InvitationCode: rules.ISSUER,
    models.Resident: rules.ACCOUNT,
    models.Credential: rules.NOBODY,
    models.Session: rules.SELF,
    models.SessionToken: rules.NOBODY,
    models.Membership: (
        rules.ADMITTED & rules.NEIGHBOUR | rules.NEARBY_NAME | rules.MODERATOR | rules.SELF
    )
    & rules.UNBLOCKED_SELF,
    models.Post: rules.LIVE & rules.READER & rules.UNBLOCKED,
    models.PostRevision: (rules.AUTHOR | rules.MODERATOR) & rules.UNBLOCKED,
    models.Comment: rules.LIVE & (rules.READER | rules.ANNOUNCER) & rules.UNBLOCKED,
    models.Reaction: rules.READER & rules.UNBLOCKED,
    models.Mention: rules.READER & rules.UNBLOCKED & rules.UNBLOCKED_MEMBER,
    models.Budget: rules.LIVE & (rules.NEIGHBOUR | rules.BUDGETED),
    models.BudgetIdea: rules.LIVE & (rules.READER & rules.UNBLOCKED | rules.BUDGETED),
    models.BudgetSupport: rules.OWN_MEMBERSHIP,
    models.BudgetBallot: rules.OWN_VOICE,
    models.Picture: rules.LIVE & (rules.SHOWN & rules.READER & rules.UNBLOCKED | rules.AUTHOR),
    models.Gathering: rules.LIVE & rules.READER & rules.UNBLOCKED,
    models.Attendance: rules.COMING & rules.NEIGHBOUR_WELCOME & rules.UNBLOCKED_MEMBER
    | rules.OWN_MEMBERSHIP,
    models.Poll: rules.LIVE & rules.READER & rules.UNBLOCKED,
    models.Ballot: rules.OPEN_BALLOT & rules.NEIGHBOUR_WELCOME & rules.UNBLOCKED_MEMBER
    | rules.OWN_VOICE,
    models.Stream: rules.NOBODY,
    models.Epoch: rules.NOBODY,
    models.Event: (rules.OF_A_FEED & rules.READER | rules.ADDRESSEE | rules.SELF) & rules.UNBLOCKED,
    models.MutationKey: rules.HOLDER,
    models.Organisation: rules.EVERYONE,
    models.Coverage: rules.EVERYONE,
    models.Unit: office(Scope.STAFF) | office(Scope.CASES_READ),
    models.Staff: office(Scope.STAFF) | rules.SELF,
    models.ApiToken: office(Scope.MANAGER),
    models.Announcement: office(Scope.ANNOUNCEMENTS_READ),
    models.PostShare: rules.GRANTED & held(Scope.SHARES_READ) | rules.SELF,
    models.CommentShare: rules.GRANTED & rules.AGREED & held(Scope.SHARES_READ)
    | rules.ASKER
    | rules.SELF,
    models.Case: rules.GRANTED & held(Scope.CASES_READ) | rules.SELF,
    models.CaseNote: rules.GRANTED & held(Scope.CASES_READ),
    models.Referral: rules.GRANTED & held(Scope.CASES_READ) | rules.SELF,
    models.AccessRecord: office(Scope.MANAGER) | rules.SELF,
    models.Skill: rules.EVERYONE,
    models.HelpOffer: (rules.STANDING | rules.OWN_MEMBERSHIP)
    & rules.NEIGHBOUR
    & rules.UNBLOCKED_MEMBER,
    models.HelpRequest: rules.READER & rules.UNBLOCKED,
    models.HelpMatch: (rules.REACHED & rules.PARTY | rules.PROPOSER) & rules.UNBLOCKED_PARTY,
    models.GuardianLeave: rules.SELF | rules.GUARDIAN,
    models.Conversation: rules.PARTICIPANT & rules.UNBLOCKED_TALK,
    models.Participant: rules.RECIPIENT & rules.UNBLOCKED_MEMBER & rules.UNBLOCKED_TALK,
    models.ChatMessage: rules.RECIPIENT & rules.UNBLOCKED & rules.UNBLOCKED_TALK,
    models.ContentReport: rules.SELF,
    models.ModerationCase: rules.JUDGE,
    models.ModerationDecision: rules.TOLD & rules.SELF | rules.JUDGE,
    models.ReportedMessage: rules.JUDGE,
    models.HouseRules: rules.NEIGHBOUR,
    models.RulesAcceptance: rules.SELF,
    models.Block: rules.SELF,
    models.Mute: rules.SELF,
    models.VolunteerConsent: rules.GRANTED & held(Scope.VOLUNTEERS_READ) | rules.SELF,
    models.VolunteerContact: rules.GRANTED & held(Scope.VOLUNTEERS_READ) | rules.SELF,
    models.Webhook: office(Scope.WEBHOOKS_MANAGE),
    models.WebhookDelivery: office(Scope.WEBHOOKS_MANAGE),
    models.Figure: rules.NOBODY,
    models.Notification: rules.SELF & rules.UNBLOCKED,
    models.NotificationSwitch: rules.SELF,
    models.NotificationHours: rules.SELF,
    models.Letter: rules.NOBODY,
    models.Digest: rules.NOBODY,
    models.PushDevice: rules.SELF,
    models.Draft: rules.SELF,
    models.Follow: rules.SELF,
    models.CalendarFeed: rules.SELF,
    models.DataExport: rules.SELF,
    models.DataArchive: rules.NOBODY,
    models.AccountDeletion: rules.SELF,
    models.Erasure: rules.NOBODY,
}


def visible(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """The rows of `model` that the viewer may see; the only door to private rows."""
    return behind_the_wall(filtered(model, viewer), viewer)


def filtered(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """The rows of `model` by the application's own filter: the first wall."""
    return model.filter(VISIBLE[model].where(viewer))


def behind_the_wall(rows: QuerySet[M], viewer: Viewer) -> QuerySet[M]:
    """Rows that PostgreSQL gives only if the viewer may see them, whatever they are filtered by."""
    return rows.using_db(Walled(viewer.told))


def sees(viewer: Viewer, row: object) -> bool:
    """Whether the viewer may see `row`: a model, or an event naming the `model` it obeys."""
    model: Any = getattr(row, "model", type(row))
    return VISIBLE[model].holds(viewer, row)
