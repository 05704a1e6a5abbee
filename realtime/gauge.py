"""What a hub is doing at this moment, in numbers, and whether its bell is heard, for operators."""

from dataclasses import dataclass
from typing import Self

from realtime.hub import Hub


@dataclass(frozen=True)
class Gauge:
    """The numbers of one hub.

    `streams` are followed here, by `listeners`; `behind` is how many of their events are known to
    be written and are not read yet; `bells` were heard and are not looked at yet.
    """

    streams: int
    listeners: int
    behind: int
    bells: int

    @classmethod
    def of(cls, hub: Hub) -> Self:
        """Read the numbers off; it costs a look at each channel and asks nobody."""
        channels = hub._channels.values()
        return cls(
            streams=len(channels),
            listeners=sum(len(each.listeners) for each in channels),
            behind=sum(each.tail.behind for each in channels),
            bells=hub._backend._queue.qsize(),
        )


async def ping(hub: Hub) -> bool:
    """Whether Redis is there. Raises `RedisError`, `OSError`; set a limit of your own."""
    await hub._backend.ping()
    return True


async def echo(hub: Hub) -> bool:
    """Ring a bell and wait until it is heard here. Raises likewise; set a limit of your own."""
    await hub._backend.echo()
    return True
