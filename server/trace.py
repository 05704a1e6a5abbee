"""The way to spans: what they need is an extra, and nothing of it is loaded unless it is on."""

import importlib
import importlib.util
from typing import TYPE_CHECKING

from server.settings import SettingsError

if TYPE_CHECKING:
    from server.span import Spans


def check() -> None:
    """Whether the extra is there. Raises `SettingsError`."""
    for name in ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"):
        try:
            found = importlib.util.find_spec(name)
        except ModuleNotFoundError:
            found = None
        if found is None:
            raise SettingsError("NOABER_TRACE: spans need the extra `otel`, which is not there.")


def begin() -> "Spans":
    """The spans of this process, sent where the OTEL_ variables say."""
    check()
    spans: Spans = importlib.import_module("server.span").exported()
    return spans
