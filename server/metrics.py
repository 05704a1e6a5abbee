"""The figures of a process in the form of Prometheus, read off when they are asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    REGISTRY,
    CollectorRegistry,
    Metric,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from starlette.requests import Request
from starlette.responses import Response

from realtime.outage import Outage

READ_SECONDS = 2.0

Value = float | Mapping[str, float]
# what is asked of somebody else first: figures by name
Asking = Callable[[], Awaitable[Mapping[str, Value]]]


@dataclass(frozen=True)
class Figure:
    """One figure: read at once, with a label when there are several of a kind.

    Without `read` it is one of those that are asked for.
    """

    name: str
    help: str
    read: Callable[[], Value] | None = None
    label: str = ""


@dataclass
class Figures:
    """What a process tells of itself, beside what the library counts for the whole process."""

    figures: list[Figure] = field(default_factory=list)
    asking: list[Asking] = field(default_factory=list)
    outage: Outage = field(default_factory=lambda: Outage("reading figures"))

    def add(
        self, name: str, help: str, read: Callable[[], Value] | None = None, label: str = ""
    ) -> None:
        """Tell one more figure, under `noaber_` and its name."""
        self.figures.append(Figure(f"noaber_{name}", help, read, label))

    async def metrics(self, _request: Request) -> Response:
        """All figures; those that nobody answers for in time are left out."""
        asked = await self._ask()
        registry = CollectorRegistry()
        registry.register(_Read([family for each in self.figures for family in _told(each, asked)]))
        text = generate_latest(registry) + generate_latest(REGISTRY)
        return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _ask(self) -> dict[str, Value]:
        told: dict[str, Value] = {}
        for ask in self.asking:
            try:
                async with asyncio.timeout(READ_SECONDS):
                    told |= await ask()
                self.outage.end()
            except Exception as error:
                # figures are there for when something is wrong: the others are told all the same
                self.outage.begin(error)
        return told


def _told(figure: Figure, asked: Mapping[str, Value]) -> Iterable[Metric]:
    value = figure.read() if figure.read else asked.get(figure.name.removeprefix("noaber_"))
    if value is None:
        return
    family = GaugeMetricFamily(
        figure.name, figure.help, labels=[figure.label] if figure.label else []
    )
    by_label = value if isinstance(value, Mapping) else {"": value}
    for label, number in by_label.items():
        family.add_metric([label] if figure.label else [], number)
    yield family


@dataclass(frozen=True)
class _Read:
    """Figures that are read already, as the library collects them."""

    families: list[Metric]

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        return self.families
