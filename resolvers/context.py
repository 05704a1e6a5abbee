"""What every resolver is given: who is looking, the hub, and the batches of this one operation."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from auth import tokens
from auth.viewer import SIGNED_OUT, Viewer
from realtime.hub import Hub
from resolvers.batch import Batches


@dataclass
class Handover:
    """Where an operation that follows a feed left off: a socket goes on telling from there."""

    context: "Context | None" = None
    stream_id: UUID | None = None
    sequence: int = 0

    def take(self, context: "Context", stream_id: UUID, sequence: int) -> None:
        """All up to `sequence` has been told to the viewer of `context`."""
        self.context, self.stream_id, self.sequence = context, stream_id, sequence


@dataclass
class Context:
    """The context of one operation. A socket makes a new one for each of its operations.

    `token` is the bearer token (None: signed out), `client` what the owner of a session will read,
    `connection_params` what a socket said when it was opened. With a `handover`, a followed feed is
    left to whoever holds it.
    """

    hub: Hub
    token: str | None = None
    client: str = ""
    viewer: Viewer = SIGNED_OUT
    connection_params: dict[str, Any] = field(default_factory=dict)
    handover: Handover | None = None
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        self.batches = Batches(self)

    async def fresh(self) -> "Context":
        """The same caller, looked up again, with nothing remembered."""
        viewer = await self.look_up()
        return replace(self, viewer=viewer or SIGNED_OUT)

    async def look_up(self) -> Viewer | None:
        """The viewer behind the token as of now; None when the token opens nothing any more."""
        return SIGNED_OUT if self.token is None else await tokens.viewer_of(self.token)

    async def renew(self) -> Viewer | None:
        """Look the viewer up again, for an operation that lasts; None when its rights are over."""
        viewer = await self.look_up()
        self.viewer = viewer or SIGNED_OUT
        return viewer
