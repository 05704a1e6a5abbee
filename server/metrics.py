"""The readings of a process in the form of Prometheus, taken when they are asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import Response

from realtime.outage import Outage

ASK_SECONDS = 2.0
PREFIX = "noaber_"

Value = float | Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """One gauge: what it says now, by `label` where there are several of a kind."""

    name: str
    help: str
    read: Callable[[], Value]
    label: str = ""

    def family(self) -> Metric:
        """The gauge as the library writes it."""
        labels = [self.label] if self.label else []
        family = GaugeMetricFamily(PREFIX + self.name, self.help, labels=labels)
        value = self.read()
        for key, number in value.items() if isinstance(value, Mapping) else [("", value)]:
            family.add_metric([key] if labels else [], number)
        return family


@dataclass
class Readings:
    """What a process tells of itself, beside what the library counts for the whole process.

    `ask` is done first, within a limit: it gives further readings, which somebody else knows.
    """

    readings: list[Reading] = field(default_factory=list)
    ask: Callable[[], Awaitable[list[Reading]]] | None = None
    _outage: Outage = field(default_factory=lambda: Outage("asking for readings"))

    def add(self, name: str, help: str, read: Callable[[], Value], label: str = "") -> None:
        """Tell one more."""
        self.readings.append(Reading(name, help, read, label))

    async def metrics(self, _request: Request) -> Response:
        """All of them; those that nobody answers for in time are left out."""
        taken = [each.family() for each in [*self.readings, *await self._asked()]]
        registry = CollectorRegistry()
        registry.register(_Taken(taken))
        text = generate_latest(registry) + generate_latest(REGISTRY)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _asked(self) -> list[Reading]:
        if self.ask is None:
            return []
        try:
            async with asyncio.timeout(ASK_SECONDS):
                asked = await self.ask()
        except Exception as error:
            # readings are for when something is wrong: the others are told all the same
            self._outage.begin(error)
            return []
        self._outage.end()
        return asked


@dataclass(frozen=True, eq=False)
class _Taken:
    """Readings that are taken already, as the library collects them."""

    families: list[Metric]

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        return self.families
