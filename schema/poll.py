"""The poll: what is asked, and what came of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.poll
from auth import rules
from schema.field import batch, field, holds, made
from schema.membership import Membership
from schema.node import Node, read_off
from schema.page import Connection

if TYPE_CHECKING:
    from schema.post import Post


@strawberry.type(description="One of the answers to choose from.")
class PollOption:
    """Read off `resolvers.poll.PollOption`."""

    number: int = field("What a ballot says.")
    words: str = field("The answer; FOR or AGAINST in a poll for or against.")


@strawberry.type(description="What came of one option.")
class PollResult:
    """Read off `resolvers.poll_tally.PollResult`."""

    number: int = field("Which option.")
    count: int | None = field("How many voices; null where an organisation may not be told.")
    mean: float | None = field("The mean of the scores, where scores are given.")


@strawberry.type(description="A voice that was given.")
class Ballot:
    """Read off `models.Ballot`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was given.")
    values: list[int] | None = field("What it says; null in a secret poll: nobody can tell.")
    membership: Membership | None = batch(resolvers.poll.voters)


@strawberry.type(description="A question that neighbours answer by their votes.")
class Poll(Node):
    """Read off `models.Poll`."""

    is_type_of = read_off(models.Poll)
    id: UUID = field("Its id.")
    method: models.PollMethod = field("How a voice is given.")
    most_choices: int = field("How many options one may choose.")
    is_secret: bool = field("Whether nobody can tell who answered what.")
    voice: models.PollVoice = field("Who has one voice.")
    closes_at: datetime = field("When it closes by itself.")
    closed_at: datetime | None = field("When it was closed, if it was.")
    ballot_count: int = field("How many voices were given.")
    is_open: bool = made(resolvers.poll.is_open)
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer asks, and may close it.")
    options: list[PollOption] = made(resolvers.poll.options)
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(resolvers.poll.posts)
    my_ballot: Ballot | None = batch(resolvers.poll.my_ballots, personal=True)
    results: list[PollResult] | None = batch(resolvers.poll.results, personal=True)
    ballots: Connection[Ballot] | None = batch(resolvers.poll.ballots, personal=True)
