"""The neighbourhood budget: an amount, the ideas for it, and what was chosen."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.budget
import resolvers.budget_idea
import resolvers.organisation
from auth import rules
from schema.field import batch, field, holds
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection

if TYPE_CHECKING:
    from schema.post import Post
    from schema.post_share import PostShare


@strawberry.type(description="An idea for a neighbourhood budget.")
class BudgetIdea(Node):
    """Read off `models.BudgetIdea`."""

    is_type_of = read_off(models.BudgetIdea)
    id: UUID = field("Its id.")
    cost: int = field("What it costs, in whole euros.")
    state: models.BudgetIdeaState = field("How far it has come.")
    reason: str = field("What the organisation says about it.")
    created_at: datetime = field("When it was proposed.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer proposed it.")
    budget: Annotated["Budget", strawberry.lazy("schema.budget")] | None = batch(
        resolvers.budget.of_ideas
    )
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(
        resolvers.budget_idea.posts
    )
    share: Annotated["PostShare", strawberry.lazy("schema.post_share")] | None = batch(
        resolvers.budget_idea.shares, personal=True
    )
    support_count: int | None = batch(resolvers.budget_idea.support_counts)
    vote_count: int | None = batch(resolvers.budget_idea.vote_counts)
    is_supported: bool = batch(resolvers.budget_idea.are_supported, personal=True)


@strawberry.type(description="An amount that the residents of a neighbourhood spend.")
class Budget(Node):
    """Read off `models.Budget`."""

    is_type_of = read_off(models.Budget)
    id: UUID = field("Its id.")
    amount: int = field("How much, in whole euros.")
    support_needed: int = field("How many supporters an idea needs to be admitted.")
    most_choices: int = field("To how many ideas a voice may go.")
    voice: models.PollVoice = field("Who has one voice.")
    ideas_until: datetime = field("Ideas are proposed and supported until then.")
    vote_from: datetime = field("When the vote begins.")
    vote_until: datetime = field("When the vote ends.")
    decided_at: datetime | None = field("When it was decided, if it was.")
    ballot_count: int | None = batch(resolvers.budget.ballot_counts)
    has_voted: bool = batch(resolvers.budget.have_voted, personal=True)
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(resolvers.budget.posts)
    ideas: Connection[BudgetIdea] = batch(resolvers.budget_idea.of_budgets)
