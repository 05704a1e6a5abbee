"""What every resolver is given: who is looking, the hub, and the batches of this one operation."""

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from auth import tokens
from auth.scope import Scope
from auth.viewer import SIGNED_OUT, Office, Viewer
from realtime.cursor import LETTERS, Spot
from realtime.hub import Hub
from resolvers.batch import Batches
from resolvers.caller import Caller
from resolvers.ledger import Ledger
from resolvers.outside import Outside
from resolvers.policy import Policy
from resolvers.rate import Take
from resolvers.refusal import not_found

if TYPE_CHECKING:
    from resolvers.stream import Source

BEGINNING = Spot(0, 0)
# Stands for the cursor in an answer that is for many, each of whom gets a cursor of its own there.
# It is drawn anew at each start and told to nobody, so nobody can write it.
EACH_ONES_OWN = secrets.token_urlsafe(LETTERS)[:LETTERS]


def office_of(viewer: Viewer, organisation_id: UUID, scope: Scope) -> Office:
    """A viewer's office in an organisation, with a scope. Raises `Refusal` NOT_FOUND."""
    office = viewer.office_in(organisation_id, scope)
    if office is None:
        raise not_found("organisation")
    return office


@dataclass
class Handover:
    """Where an operation that follows a stream left off: a socket goes on telling from there."""

    context: "Context | None" = None
    source: "Source | None" = None
    spot: Spot = BEGINNING

    def take(self, context: "Context", source: "Source", spot: Spot) -> None:
        """All up to `spot` has been told to the viewer of `context`."""
        self.context, self.source, self.spot = context, source, spot


@dataclass
class Context:
    """The context of one operation. A socket makes a new one for each of its operations.

    `token` is the bearer token (None: signed out), `client` what the owner of a session will read,
    `connection_params` what a socket said when it was opened. With a `handover`, a followed feed is
    left to whoever holds it. Without an `outside` nothing is sent out, without a `take` nothing is
    counted. `is_shared`: the answer is for all of the viewer's class. `is_admitted`: the viewer has
    been looked up for this operation, and the operation has been counted. `done` is what the root
    fields of a mutation did, by their keys in the answer.
    """

    hub: Hub
    token: str | None = None
    client: str = ""
    viewer: Viewer = SIGNED_OUT
    connection_params: dict[str, Any] = field(default_factory=dict)
    handover: Handover | None = None
    outside: Outside | None = None
    is_shared: bool = False
    is_admitted: bool = False
    done: dict[str, tuple[Any, Exception | None]] = field(default_factory=dict)
    caller: Caller = field(default_factory=Caller)
    policy: Policy = field(default_factory=Policy)
    take: Take | None = None
    batches: Batches = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.batches = Batches(self)
        self.ledger = Ledger()

    async def fresh(self) -> "Context":
        """The same caller, looked up again, with nothing remembered; a token's use is counted."""
        if self.is_admitted:
            return replace(self)
        viewer = await self.look_up() or SIGNED_OUT
        await tokens.count_use(viewer)
        return replace(self, viewer=viewer, done={})

    def office(self, organisation_id: UUID, scope: Scope) -> Office:
        """The viewer's office there with a scope. Raises `Refusal` NOT_FOUND."""
        return office_of(self.viewer, organisation_id, scope)

    def cursor(self, spot: Spot, stream_id: UUID) -> str:
        """The viewer's cursor at a place in a stream."""
        if self.is_shared:
            return EACH_ONES_OWN
        return self.hub.cursors.write(spot, stream_id, self.viewer.holder_id)

    async def look_up(self) -> Viewer | None:
        """The viewer behind the token as of now; None when the token opens nothing any more."""
        return SIGNED_OUT if self.token is None else await tokens.viewer_of(self.token)

    async def renew(self) -> Viewer | None:
        """Look the viewer up again, for an operation that lasts; None when its rights are over."""
        viewer = await self.look_up()
        self.viewer = viewer or SIGNED_OUT
        return viewer
