"""What concerns helping and asking, as the resident hears of it."""

import strawberry

import models
from schema.event import ResidentEvent, of_kind, row
from schema.guardian_leave import GuardianLeave
from schema.help_request import HelpRequest

Kind = models.EventKind


@strawberry.type(description="A neighbour asks for help that the viewer offers, and hears of.")
class HelpWanted(ResidentEvent):
    """Kind HELP_WANTED."""

    request: HelpRequest = row("The request.")
    is_type_of = of_kind(Kind.HELP_WANTED)


@strawberry.type(
    description="A request of the viewer's has been open for two weeks: does it still stand? "
    "It is confirmed, called solved or taken back; the question comes once."
)
class HelpRequestAsked(ResidentEvent):
    """Kind HELP_REQUEST_ASKED."""

    request: HelpRequest = row("The request.")
    is_type_of = of_kind(Kind.HELP_REQUEST_ASKED)


@strawberry.type(description="A guardian gave leave, changed its end or took it back, or it ended.")
class GuardianLeaveChanged(ResidentEvent):
    """Kind GUARDIAN_LEAVE_CHANGED."""

    leave: GuardianLeave = row("The leave as it is now.")
    is_type_of = of_kind(Kind.GUARDIAN_LEAVE_CHANGED)


KINDS = (HelpWanted, HelpRequestAsked, GuardianLeaveChanged)
