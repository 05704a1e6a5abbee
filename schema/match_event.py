"""What happens to a match, as those whom it concerns hear of it."""

from uuid import UUID

import strawberry

import models
from schema.event import ResidentEvent, of_kind, row, subject
from schema.help_match import HelpMatch

CHANGED = models.EventKind.HELP_MATCH_CHANGED


@strawberry.type(description="A match was proposed, or took a step.")
class HelpMatchChanged(ResidentEvent):
    """Kind HELP_MATCH_CHANGED."""

    match: HelpMatch = row("The match as it is now.")
    is_type_of = of_kind(CHANGED, gone=False)


@strawberry.type(description="A match is gone, with the post it was for, or with the other person.")
class HelpMatchGone(ResidentEvent):
    """Kind HELP_MATCH_CHANGED."""

    match_id: UUID = subject("The match that was.")
    is_type_of = of_kind(CHANGED, gone=True)


KINDS = (HelpMatchChanged, HelpMatchGone)
