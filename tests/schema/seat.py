"""A seat in a live feed without a socket: what a subscriber is told by the real groups."""

from collections.abc import Callable

from auth.viewer import Viewer
from realtime.cursor import Spot
from schema.sharing import Answer, Following
from server.subscriber import Subscriber
from tests.realtime.stage import until


class Seat:
    """Holds one subscription and keeps what it is told; as a socket does, it leaves in doubt."""

    def __init__(self, following: Following, spot: Spot) -> None:
        self.viewer: Viewer = following.context.viewer
        self.is_sure = True
        self.has_failed = False
        self.told: list[bytes] = []
        self.refuses: Callable[[], bool] = lambda: False
        self.subscriber = Subscriber("1", self, following, spot, lambda: None)

    @property
    def wire(self) -> "Seat":
        return self

    def tell(self, subscriber: Subscriber, answer: Answer) -> None:
        if self.refuses():
            raise OSError
        head, tail = b'{"id":"1","type":"next","payload":', b"}"
        message = subscriber.message(answer)
        assert message.startswith(head)
        self.told.append(message.removeprefix(head).removesuffix(tail))

    async def drain(self) -> bool:
        return False

    def forget(self) -> bool:
        return False

    def fail(self) -> None:
        self.has_failed = True

    def doubt(self) -> None:
        """Its rights may have changed."""
        self.is_sure = False
        self.subscriber.leave()

    async def heard(self, count: int) -> list[bytes]:
        """What it was told, once it was told so much."""
        await until(lambda: len(self.told) >= count, 10)
        return self.told
