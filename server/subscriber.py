"""One subscription on a socket: where it stands in its stream, and how it is written to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import orjson

from auth.viewer import Viewer
from realtime.cursor import Spot, owner
from schema.sharing import Answer, Following

if TYPE_CHECKING:
    from server.group import Group


class Wire(Protocol):
    """The sending side of one socket."""

    def tell(self, subscriber: "Subscriber", answer: Answer) -> None:
        """Write an answer at once, or keep it for a moment; never waits."""

    async def drain(self) -> None:
        """Wait until the client has taken what was written."""

    def forget(self) -> bool:
        """Drop what was kept; whether there was any."""


class Holder(Protocol):
    """Who holds a socket, as last looked up; not `is_sure`: the rights may have changed since."""

    is_sure: bool

    @property
    def viewer(self) -> Viewer:
        """Who it is."""

    @property
    def wire(self) -> Wire:
        """Where to write."""

    def fail(self) -> None:
        """End the socket: its client is to come back."""


class Subscriber:
    """One subscription on a socket, and its place: all up to `spot` was told, or is not for it."""

    __slots__ = (
        *("_cursors", "_head", "_owner", "_wire"),
        *("following", "goal", "group", "holder", "resume", "spot"),
    )

    def __init__(
        self, id: str, holder: Holder, following: Following, spot: Spot, resume: Callable[[], None]
    ) -> None:
        self._head = b'{"id":' + orjson.dumps(id) + b',"type":"next","payload":'
        self._wire, self._cursors = holder.wire, following.context.hub.cursors
        self._owner = owner(following.source.id, holder.viewer.holder_id)
        self.holder, self.following, self.spot, self.resume = holder, following, spot, resume
        self.group: Group | None = None
        self.goal = 0

    def tell(self, answer: Answer, spot: Spot) -> None:
        """Tell it an answer, after which it is at `spot`."""
        self.spot = spot
        self._wire.tell(self, answer)

    def message(self, answer: Answer) -> bytes:
        """The answer as this subscriber gets it."""
        return b"".join((self._head, answer.to(self._cursors, self._owner), b"}"))

    def leave(self) -> None:
        """Leave the group, at the place reached."""
        if self.group is not None:
            self.group.leave(self)


class Subscribers:
    """What one socket follows, by the id of the operation."""

    def __init__(self) -> None:
        self._all: dict[str, Subscriber] = {}

    def add(self, id: str, subscriber: Subscriber) -> None:
        """It follows this too."""
        self._all[id] = subscriber

    def remove(self, id: str) -> None:
        """It does not follow this any more, if it did."""
        subscriber = self._all.pop(id, None)
        if subscriber is not None:
            subscriber.leave()

    def regroup(self) -> None:
        """Whoever is told by a group looks for the right one anew."""
        for subscriber in self._all.values():
            if subscriber.group is not None:
                subscriber.leave()
                subscriber.resume()

    def clear(self) -> None:
        """It follows nothing any more."""
        for id in [*self._all]:
            self.remove(id)
