"""The enums of the models, marked in place, with a sentence for each value."""

from enum import StrEnum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

import models


def describe(enum: type[StrEnum], description: str, values: dict[StrEnum, str]) -> None:
    """Mark `enum` for the schema. Raises `KeyError` for a value without a sentence."""
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[enum(value.value)]


Kind = models.PostKind
describe(
    Kind,
    "What a post is about.",
    {
        Kind.MESSAGE: "Anything worth telling the neighbours.",
        Kind.HELP_REQUEST: "Somebody needs a hand.",
        Kind.CLASSIFIED: "Something to give, lend, swap, sell or find.",
        Kind.IDEA: "A thought about the neighbourhood.",
        Kind.ALERT: "Something neighbours should know at once.",
        Kind.EVENT: "Something that happens at a time and a place.",
        Kind.POLL: "A question to the neighbours.",
        Kind.INTRODUCTION: "A new neighbour says hello.",
        Kind.ANNOUNCEMENT: "Word from an organisation; residents do not write these.",
    },
)
describe(
    models.Audience,
    "Who may read a post and all that is written under it.",
    {
        models.Audience.NEIGHBOURHOOD: (
            "Members of the neighbourhood and the professionals assigned to it."
        ),
        models.Audience.NEIGHBOURS_NEARBY: (
            "Also members of adjacent neighbourhoods; they read your name, not your street."
        ),
        models.Audience.NEIGHBOURS_ONLY: "Members of the neighbourhood, no professionals.",
    },
)
describe(
    models.ReactionKind,
    "A sympathetic expression; there are no others.",
    {
        models.ReactionKind.THANKS: "Thank you.",
        models.ReactionKind.LIKE: "I like this.",
        models.ReactionKind.CARE: "I feel with you.",
        models.ReactionKind.CLAP: "Well done.",
        models.ReactionKind.SAD: "This saddens me.",
    },
)
describe(
    models.MembershipRole,
    "What a member does in the neighbourhood.",
    {
        models.MembershipRole.RESIDENT: "Lives there.",
        models.MembershipRole.MODERATOR: "Lives there, and looks after the house rules.",
        models.MembershipRole.NEIGHBOURHOOD_WORKER: "A professional assigned to it.",
    },
)
describe(
    models.MembershipState,
    "Where a membership stands.",
    {
        models.MembershipState.PENDING: "Waiting to be verified.",
        models.MembershipState.ACTIVE: "Verified and living there.",
        models.MembershipState.ENDED: "Moved out; what was written stays.",
    },
)
describe(
    models.Verification,
    "How it was made sure that a member belongs there.",
    {
        models.Verification.LETTER: "By the code of a paper letter.",
        models.Verification.HOUSEHOLD: "By the invitation of a housemate.",
        models.Verification.STAFF: "By the organisation that sends the professional.",
    },
)
describe(
    models.InvitationKind,
    "How an invitation reached the household.",
    {
        models.InvitationKind.LETTER: "A paper letter.",
        models.InvitationKind.HOUSEHOLD: "A housemate's code.",
    },
)
describe(
    models.Language,
    "A language the platform speaks.",
    {
        models.Language.NL: "Dutch.",
        models.Language.FR: "French.",
        models.Language.DE: "German.",
        models.Language.EN: "English.",
    },
)
describe(
    models.CaseState,
    "Where a case stands.",
    {
        models.CaseState.RECEIVED: "It came in; nobody has begun.",
        models.CaseState.IN_PROGRESS: "Somebody follows it up.",
        models.CaseState.REFERRED: "Another unit, or another organisation as well, has it now.",
        models.CaseState.ANSWERED: "The answer stands under the post.",
        models.CaseState.CLOSED: "The author said how satisfied, and it is over.",
    },
)
describe(
    models.ReferralState,
    "What the author answered to the question whether another organisation takes over.",
    {
        models.ReferralState.ASKED: "Nothing yet: nothing more is shared.",
        models.ReferralState.AGREED: "The other organisation has the post and a case of its own.",
        models.ReferralState.REFUSED: "The other organisation gets nothing.",
    },
)
Purpose = models.AnnouncementPurpose
describe(
    Purpose,
    "What an announcement is for.",
    {
        Purpose.COHESION: "To bring neighbours together.",
        Purpose.CALL_TO_ACTION: "To ask neighbours to take part.",
        Purpose.PRACTICAL_INFO: "To tell what is practical to know.",
        Purpose.AWARENESS: "To make neighbours mindful of something.",
        Purpose.INITIATIVE: "To start something new in the neighbourhood.",
        Purpose.ALERT: "To warn; an alert may be urgent, and then stands apart.",
    },
)
describe(
    models.SharePurpose,
    "What the author of a post wants of the organisation it is shared with.",
    {
        models.SharePurpose.CARE_QUESTION: "Help or care for somebody.",
        models.SharePurpose.IDEA: "A thought to do something with.",
        models.SharePurpose.REPORT: "Something that needs mending or looking at.",
        models.SharePurpose.OTHER: "Something else.",
    },
)
describe(
    models.CommentShareState,
    "Whether a commenter lets the words go along with the post.",
    {
        models.CommentShareState.ASKED: "Not answered yet: the comment stays out.",
        models.CommentShareState.AGREED: "The organisation reads the comment, without the name.",
        models.CommentShareState.REFUSED: "The comment stays out, and is not asked for again.",
        models.CommentShareState.WITHDRAWN: "It went along, or could have; no more.",
    },
)
describe(
    models.AccessSubject,
    "What an organisation read of something a resident lets it read.",
    {
        models.AccessSubject.SHARE: "A post that was shared.",
        models.AccessSubject.COMMENT: "A comment that goes along with one.",
        models.AccessSubject.CASE: "What the author said of the answer.",
        models.AccessSubject.REPLY: "A comment under an announcement.",
        models.AccessSubject.VOLUNTEER: "A consent to be asked for volunteering.",
    },
)
Group = models.SkillGroup
describe(
    Group,
    "Where a skill stands in the catalogue.",
    {
        Group.HOUSEHOLD: "In and around the house.",
        Group.TRANSPORT: "Getting somewhere, or getting something there.",
        Group.DIGITAL: "Computers, telephones and the internet.",
        Group.GARDEN: "Plants, grass and hedges.",
        Group.CARE_AND_COMPANY: "Being there for somebody.",
        Group.CHILDREN: "Minding and teaching children.",
        Group.ANIMALS: "Looking after animals.",
        Group.REPAIRS: "Mending and making.",
        Group.ADMINISTRATION: "Forms, letters and figures.",
        Group.CULTURE_AND_SPORT: "Music, languages, crafts and moving.",
        Group.NEIGHBOURHOOD: "What everybody here has something of.",
    },
)
describe(
    models.OrganisationKind,
    "What kind of partner an organisation is.",
    {
        models.OrganisationKind.TOWN: "A town or city.",
        models.OrganisationKind.SERVICE_CENTRE: "A local service centre.",
        models.OrganisationKind.POLICE: "The local police.",
        models.OrganisationKind.ASSOCIATION: "An association.",
        models.OrganisationKind.OTHER: "Another partner.",
    },
)
describe(
    models.StaffRole,
    "What somebody does for an organisation.",
    {
        models.StaffRole.MANAGER: "Everything the organisation may; staff and tokens too.",
        models.StaffRole.EDITOR: "Announces, and asks volunteers.",
        models.StaffRole.CASE_WORKER: "Follows up what residents share.",
        models.StaffRole.ANALYST: "Reads figures.",
    },
)
describe(
    models.Availability,
    "A part of a day of the week: till noon, till six, and after that.",
    {
        part: f"{day.title()}, in the {time.lower()}."
        for part in models.Availability
        for day, _, time in [part.value.partition("_")]
    },
)
describe(
    models.HelpReach,
    "How far a helper goes.",
    {
        models.HelpReach.STREET: "For neighbours of the same street.",
        models.HelpReach.NEIGHBOURHOOD: "For neighbours of the own neighbourhood.",
        models.HelpReach.NEARBY: (
            "Also for those of an adjacent one who ask neighbours nearby: they read the name."
        ),
    },
)
describe(
    models.AgeBand,
    "How old a person is, as far as it is asked.",
    {
        models.AgeBand.UNDER_18: "Under 18: helps and is helped by a guardian's leave only.",
        models.AgeBand.ADULT: "18 or over.",
    },
)
describe(
    models.Urgency,
    "How soon help is needed.",
    {
        models.Urgency.TODAY: "Today.",
        models.Urgency.THIS_WEEK: "Within a week.",
        models.Urgency.NO_HURRY: "Whenever it suits.",
    },
)
describe(
    models.HelpRequestState,
    "Where a request for help stands.",
    {
        models.HelpRequestState.OPEN: "Help is wanted.",
        models.HelpRequestState.MATCHED: "Helpers enough have said yes; only the author is told.",
        models.HelpRequestState.SOLVED: "Its author called it solved.",
        models.HelpRequestState.WITHDRAWN: "It was taken back.",
    },
)
Match, Role, Step = models.HelpMatchState, models.HelpMatchRole, models.HelpMatchStep
describe(
    Match,
    "Where a match stands.",
    {
        Match.PROPOSED: "Proposed; not everybody who has to say yes has done so.",
        Match.ACCEPTED: "Both said yes.",
        Match.DECLINED: "One said no; nobody is told why.",
        Match.WITHDRAWN: "It was taken back, or the request was over before it was accepted.",
        Match.COMPLETED: "The help was given.",
    },
)
describe(
    Role,
    "What somebody is in a match; there is nobody else.",
    {
        Role.REQUESTER: "Asked for help.",
        Role.HELPER: "Gives it.",
        Role.WORKER: "Proposed it to both, as a neighbourhood worker.",
    },
)
describe(
    Step,
    "What may be done with a match.",
    {
        Step.ACCEPT: "Say yes: `acceptMatch`.",
        Step.DECLINE: "Say no: `declineMatch`.",
        Step.WITHDRAW: "Take it back: `withdrawMatch`.",
        Step.SHARE_ADDRESS: "Tell the helper where to come to: `shareAddress`.",
        Step.COMPLETE: "Say that the help was given: `completeMatch`.",
        Step.THANK: "Thank the other: `thank`.",
    },
)
describe(
    models.ConversationKind,
    "What brought the participants of a conversation together.",
    {
        models.ConversationKind.MATCH: "A match: one helps the other.",
        models.ConversationKind.DIRECT: "One wrote to the other.",
        models.ConversationKind.GROUP: "One began it with a few.",
    },
)
Reason = models.ReportReason
describe(
    Reason,
    "Which house rule was broken.",
    {
        Reason.HARASSMENT: "It hurts, threatens or pesters somebody.",
        Reason.DISCRIMINATION: "It puts people down for what they are.",
        Reason.PRIVACY: "It tells what is private of somebody.",
        Reason.FRAUD: "It is meant to deceive.",
        Reason.ADVERTISING: "It sells something.",
        Reason.OTHER: "Something else.",
    },
)
describe(
    models.Reason,
    "Why somebody is told of something; each has one switch.",
    {
        models.Reason.POST: "A post in the neighbourhood.",
        models.Reason.ANNOUNCEMENT: "Word from an organisation.",
        models.Reason.ALERT: "Something neighbours should know at once.",
        models.Reason.COMMENT: "A comment under a post of one's own.",
        models.Reason.THREAD: "A comment under a post where one wrote too.",
        models.Reason.MENTION: "Somebody mentions the member.",
        models.Reason.EVENT: "A gathering that the member said to come to.",
        models.Reason.HELP: "Help that is wanted, offered, or took a step.",
        models.Reason.MESSAGE: "A chat message.",
        models.Reason.SHARE: "What became of something shared with an organisation.",
        models.Reason.VOLUNTEERING: "An organisation writes to somebody who agreed to that.",
        models.Reason.MODERATION: "Something was reported, decided, or answered by moderators.",
    },
)
describe(
    models.DataExportState,
    "Where an export stands.",
    {
        models.DataExportState.ASKED: "It is being put together.",
        models.DataExportState.READY: "It can be fetched.",
        models.DataExportState.EXPIRED: "It was kept for seven days, and is gone.",
    },
)
describe(
    models.Frequency,
    "How soon somebody is told.",
    {
        models.Frequency.NONE: "Not at all.",
        models.Frequency.DIRECT: "At once: in the list, by e-mail and by push.",
        models.Frequency.HOURLY: "In the list, and by a digest once an hour.",
        models.Frequency.DAILY: "In the list, and by a digest once a day.",
        models.Frequency.WEEKLY: "In the list, and by a digest on Mondays.",
    },
)
Subject = models.ReportSubject
describe(
    Subject,
    "What is reported.",
    {
        Subject.POST: "A post.",
        Subject.COMMENT: "A comment.",
        Subject.MESSAGE: "A message in a conversation.",
        Subject.PROFILE: "What a member says of themselves.",
    },
)
Outcome = models.ReportOutcome
describe(
    Outcome,
    "What came of a report.",
    {
        Outcome.WAITING: "The moderators have not decided yet.",
        Outcome.ACTED: "They did something about it.",
        Outcome.NOT_ACTED: "They found that nothing had to be done.",
    },
)
Measure = models.ModerationMeasure
describe(
    Measure,
    "What moderators do about what was reported.",
    {
        Measure.NOTHING: "Nothing; whom it is about is not told.",
        Measure.HIDE: "It is hidden from everybody.",
        Measure.CLOSE_COMMENTS: "Nothing more is written under the post.",
        Measure.WARN: "Whom it is about is told what was wrong.",
        Measure.SUSPEND: "Whom it is about is shut out for a time.",
        Measure.END_MEMBERSHIP: "Whom it is about is no member any more.",
    },
)
Decision = models.DecisionState
describe(
    Decision,
    "Where a decision of moderators stands.",
    {
        Decision.STANDING: "It was taken.",
        Decision.APPEALED: "The platform was asked to look at it; it holds meanwhile.",
        Decision.UPHELD: "The platform looked at it, and it holds for good.",
        Decision.LIFTED: "It was taken back, with what it did.",
    },
)
describe(
    models.DecisionStep,
    "What is done about a decision of moderators.",
    {
        models.DecisionStep.APPEAL: "Whom it is about asks the platform to look at it.",
        models.DecisionStep.LIFT: "A moderator, or the platform, takes it back.",
        models.DecisionStep.UPHOLD: "The platform lets it hold for good.",
    },
)
describe(
    models.AttendanceState,
    "Whether a member comes to a gathering.",
    {
        models.AttendanceState.GOING: "Comes.",
        models.AttendanceState.MAYBE: "Perhaps comes.",
        models.AttendanceState.NOT_GOING: "Does not come; nobody else reads that.",
        models.AttendanceState.WAITING: "Would come, and waits for a place.",
    },
)
describe(
    models.PictureState,
    "Where a picture stands.",
    {
        models.PictureState.AWAITED: "Its file is to be uploaded.",
        models.PictureState.UPLOADED: "Its file is being made ready.",
        models.PictureState.READY: "It can be shown.",
        models.PictureState.REFUSED: "Its file was no picture that could be read.",
    },
)
describe(
    models.PictureSize,
    "How large a picture is shown.",
    {
        models.PictureSize.SMALL: "320 pixels at most, for lists.",
        models.PictureSize.MEDIUM: "960 pixels at most.",
        models.PictureSize.LARGE: "1,920 pixels at most.",
    },
)
describe(
    models.PollMethod,
    "How a voice is given.",
    {
        models.PollMethod.FOR_OR_AGAINST: "For or against.",
        models.PollMethod.CHOICE: "One or some of several options.",
        models.PollMethod.SCORE: "A score from 1 to 10 for each option.",
    },
)
describe(
    models.PollVoice,
    "Who has one voice.",
    {
        models.PollVoice.RESIDENT: "Each resident.",
        models.PollVoice.HOUSEHOLD: "Each household.",
    },
)
describe(
    models.PollResults,
    "When results are told.",
    {
        models.PollResults.AFTER_VOTING: "To whoever has answered, at once.",
        models.PollResults.AFTER_CLOSING: "To all readers, once the poll is closed.",
    },
)
describe(
    models.BudgetIdeaState,
    "How far an idea for a budget has come.",
    {
        models.BudgetIdeaState.PROPOSED: "It gathers support.",
        models.BudgetIdeaState.ADMITTED: "It can be voted on.",
        models.BudgetIdeaState.TURNED_DOWN: "The organisation turned it down, and says why.",
        models.BudgetIdeaState.CHOSEN: "It is paid for.",
        models.BudgetIdeaState.NOT_CHOSEN: "It was not chosen.",
    },
)
