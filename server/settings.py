"""The settings of a process, and the only reader of the environment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    Field,
    IPvAnyNetwork,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from resolvers.policy import Documents, Policy
from server import production
from server.operating import Operating, check_scheme

SECRET_BYTES = 32


class Environment(StrEnum):
    """The kind of place that a process runs in."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    DEMO = "demo"
    TEST = "test"


class Persisted(StrEnum):
    """Where documents that clients send under their hash are kept."""

    OFF = "off"
    MEMORY = "memory"
    VALKEY = "valkey"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence a fault, for a person."""


def _shared(name: str) -> AliasChoices:
    """A setting that hosting platforms already name without our prefix."""
    return AliasChoices(name.lower(), name)


class Settings(Operating):
    """Read from `NOABER_*`, and from `DATABASE_URL`, `REDIS_URL` and `PORT`; never changed after.

    Addresses carry passwords and the secret is one: neither is printed. `secret` is 32 bytes or
    more in hexadecimal. `webhook_private` lets webhooks go to this very machine.
    `rates` is how many times what is usual may be asked in a while, `introspection` left out is on
    but in production. `statement_seconds` limits one SQL statement; docs/running.md tells what
    else is bounded, from `stall_seconds` on.
    """

    model_config = SettingsConfigDict(
        env_prefix="NOABER_", frozen=True, extra="forbid", populate_by_name=True
    )

    environment: Environment = Environment.DEVELOPMENT
    database_url: str = Field("", validation_alias=_shared("DATABASE_URL"), repr=False)
    redis_url: str = Field("", validation_alias=_shared("REDIS_URL"), repr=False)
    host: str = "127.0.0.1"
    port: int = Field(8000, validation_alias=_shared("PORT"), ge=1, le=65535)
    pool_size: int = Field(10, ge=1, le=200)
    statement_seconds: float = Field(10, gt=0, le=600)
    ide: bool = False
    data_directory: Path = Path(".data")
    channel_prefix: str = Field("noaber", pattern=r"^[a-z0-9_-]{1,40}$")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    secret: str = Field("", repr=False)
    webhook_private: bool = False
    pictures_url: str = Field("", repr=False)
    stall_seconds: float = Field(10, gt=0, le=60)
    request_seconds: float = Field(30, gt=0, le=600)
    ping_seconds: float = Field(300, gt=0, le=600)
    max_sockets: int = Field(10_000, ge=1, le=1_000_000)
    sockets_per_resident: int = Field(20, ge=1, le=10_000)
    rates: float = Field(1, gt=0, le=1_000_000)
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = ()
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    hsts_seconds: int = Field(0, ge=0, le=63_072_000)
    introspection: bool | None = None
    suggestions: bool = False
    plans: bool = True
    documents: Documents = Documents.OFF
    documents_file: Path | None = None
    persisted: Persisted = Persisted.MEMORY

    @property
    def signing_key(self) -> bytes:
        """The secret's bytes; none without a secret."""
        return bytes.fromhex(self.secret)

    @field_validator("allowed_origins", "allowed_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        """Lists come from the environment as `https://a.example, https://b.example`."""
        if not isinstance(given, str):
            return given
        return tuple(word.strip() for word in given.split(",") if word.strip())

    @field_validator("allowed_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            url = urlsplit(origin)
            if url.scheme not in ("http", "https") or not url.netloc or url.path:
                raise ValueError(f"{origin!r} is not an origin such as https://noaber.example")
        return origins

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, address: str) -> str:
        return check_scheme(address, ("postgres", "postgresql"))

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, address: str) -> str:
        return check_scheme(address, ("redis", "rediss"))

    @field_validator("pictures_url")
    @classmethod
    def _check_pictures(cls, address: str) -> str:
        if address.startswith("file:///"):
            return address
        return check_scheme(address, ("s3",))

    @field_validator("secret")
    @classmethod
    def _check_secret(cls, secret: str) -> str:
        try:
            long_enough = len(bytes.fromhex(secret)) >= SECRET_BYTES
        except ValueError:
            long_enough = False
        if secret and not long_enough:
            raise ValueError(f"should be {SECRET_BYTES} random bytes or more in hexadecimal")
        return secret

    @property
    def policy(self) -> Policy:
        """What clients are allowed. In production the schema is told only where so set."""
        is_open = self.environment is not Environment.PRODUCTION
        return Policy(
            introspection=is_open if self.introspection is None else self.introspection,
            suggestions=self.suggestions,
            plans=self.plans,
            documents=self.documents,
        )

    @model_validator(mode="after")
    def _check_documents(self) -> Self:
        if self.documents is not Documents.OFF and self.documents_file is None:
            raise ValueError("NOABER_DOCUMENTS needs a file of them: NOABER_DOCUMENTS_FILE")
        return self

    @model_validator(mode="after")
    def _check_production(self) -> Self:
        """Production starts nothing by itself: what it stands on has to be named."""
        is_production = self.environment is Environment.PRODUCTION
        if faults := list(production.faults(self)) if is_production else []:
            raise ValueError(production.BETWEEN.join(faults))
        return self


def read(**given: object) -> Settings:
    """The settings of the environment, `given` before them. Raises `SettingsError`."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_sentences(error))) from None


def _sentences(error: ValidationError) -> list[str]:
    """Each fault as one sentence that names the variable and never repeats a value."""
    faults = error.errors(include_url=False, include_input=False)
    return [sentence for fault in faults for sentence in _told(fault["loc"], fault["msg"])]


def _told(place: tuple[int | str, ...], message: str) -> list[str]:
    """What is wrong with one setting, or with several together."""
    parts = [message] if place else message.split(production.BETWEEN)
    return [_sentence(place, part) for part in parts]


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ").rstrip(".")
    if not place:
        return f"Settings: {words}."
    name = str(place[0]).upper()
    variable = name if name in ("DATABASE_URL", "REDIS_URL", "PORT") else f"NOABER_{name}"
    return f"{variable}: {words}."
