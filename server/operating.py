"""The settings of whoever runs a server: its logs, its figures, how it is asked and how it ends."""

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode


class Operating(BaseSettings):
    """What says nothing about residents, and all about a process.

    `metrics_port` opens a port for operators alone (0: none); `metrics_operations` are the names
    of operations that are told apart there. `drain_seconds` is how long a server goes on after it
    was told to stop and says so at /readyz, for whoever sends it requests to notice.
    `ready_without_valkey` calls a server ready whose events are late because Valkey is away.
    Without `smtp_url` no e-mail is sent; the links in it begin with `public_url`.
    Events, used keys and deliveries are kept for `history_days`, notifications and letters for
    `notification_days`.
    `trace` sends spans where the OTEL_ variables of OpenTelemetry say; it needs the extra `otel`.
    """

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "text"] = "json"
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(0, ge=0, le=65535)
    metrics_operations: Annotated[tuple[str, ...], NoDecode] = ()
    drain_seconds: float = Field(0, ge=0, le=300)
    ready_without_valkey: bool = False
    trace: bool = False
    public_url: str = "http://127.0.0.1:8000"
    smtp_url: str = Field("", repr=False)
    mail_from: str = "noaber@localhost"
    history_days: int = Field(30, ge=1, le=365)
    notification_days: int = Field(90, ge=1, le=730)

    @field_validator("metrics_operations", mode="before")
    @classmethod
    def _split_names(cls, given: Any) -> Any:
        """Names come from the environment as `Feed, WritePost`."""
        if not isinstance(given, str):
            return given
        return tuple(word.strip() for word in given.split(",") if word.strip())

    @field_validator("metrics_operations")
    @classmethod
    def _check_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(names) > 200 or not all(name.isidentifier() for name in names):
            raise ValueError("should be 200 names of operations at most, such as Feed, WritePost")
        return names

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp(cls, address: str) -> str:
        return check_scheme(address, ("smtp", "smtps"))

    @field_validator("public_url")
    @classmethod
    def _check_public(cls, address: str) -> str:
        return check_scheme(address, ("https", "http")).rstrip("/")


def check_scheme(address: str, schemes: tuple[str, ...]) -> str:
    """An address of one of these schemes, or none at all. The error never shows the address."""
    if not address:
        return address
    url = urlsplit(address)
    if url.scheme not in schemes or not url.hostname:
        raise ValueError(f"should be an address that starts with {schemes[0]}:// and names a host")
    return address
