"""The request for help: what a post asks for, and how far it has come."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.help_request
import resolvers.suggestion
from auth import rules
from schema.field import batch, field, made
from schema.node import Node, read_off
from schema.skill import Skill
from schema.suggestion import Suggestion

if TYPE_CHECKING:
    from schema.post import Post


@strawberry.type(description="What a post asks the neighbours for.")
class HelpRequest(Node):
    """Read off `models.HelpRequest`."""

    is_type_of = read_off(models.HelpRequest)
    id: UUID = field("Its id.")
    created_at: datetime = field("When it was asked.")
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(
        resolvers.help_request.posts
    )
    skill: Skill | None = batch(resolvers.help_request.skills)
    urgency: models.Urgency = field("How soon.")
    wanted_from: datetime | None = field("From when help is wanted, if that was said.")
    wanted_until: datetime | None = field("Until when, if that was said.")
    minutes: int | None = field("About how many minutes it takes, if that was said.")
    people: int = field("How many helpers are wanted.")
    state: models.HelpRequestState = made(resolvers.help_request.state)
    own_state: models.HelpRequestState | None = made(
        resolvers.help_request.own_state, only=rules.AUTHOR
    )
    confirmed_at: datetime | None = field("When its author said that it still stands, if so.")
    asked_at: datetime | None = field(
        "When its author was asked whether it still stands, if so.", only=rules.AUTHOR
    )
    suggestions: list[Suggestion] | None = batch(
        resolvers.suggestion.suggestions, only=rules.AUTHOR | rules.WORKER
    )
