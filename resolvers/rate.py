"""How often somebody may do something: what is counted, and the refusal when it is too often."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from graphql import GraphQLError


class Act(StrEnum):
    """What is counted by itself: kinds of operations, and attempts at a secret."""

    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"
    LOG_IN = "log_in"
    INVITATION = "invitation"
    TOKEN = "token"  # noqa: S105


# counts one act of a holder (None: signed out) from an address; the seconds to wait, or None
Take = Callable[[Act, str | None, str], Awaitable[int | None]]


class RateLimited(GraphQLError):
    """Too often; `retryAfter` says in how many seconds it is worth while to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too often: try again in {seconds} seconds.",
            extensions={"code": "RATE_LIMITED", "retryAfter": seconds},
        )
