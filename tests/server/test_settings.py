"""The settings: what the environment says, and what it may not say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from server import demo
from server.redaction import redacted
from server.settings import Environment, SettingsError, read

SECRET = "5e" * 32
GOOD = bytes(range(32)).hex()
NEEDED = {"database_url": "postgres://db/n", "redis_url": "redis://bell", "secret": GOOD}
VARIABLES = ("DATABASE_URL", "REDIS_URL", "PORT", "NOABER_ENVIRONMENT", "NOABER_SECRET")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def refusal(**given: object) -> str:
    """What is said about settings that cannot be."""
    with pytest.raises(SettingsError) as caught:
        read(**given)
    return str(caught.value)


def test_an_empty_environment_is_development_on_this_machine_without_an_ide() -> None:
    settings = read()
    assert settings.environment is Environment.DEVELOPMENT
    assert (settings.host, settings.port, settings.ide) == ("127.0.0.1", 8000, False)
    assert (settings.database_url, settings.redis_url, settings.secret) == ("", "", "")


def test_the_three_names_of_hosting_platforms_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/noaber")
    monkeypatch.setenv("REDIS_URL", "redis://bell/0")
    monkeypatch.setenv("PORT", "9000")
    settings = read()
    assert settings.database_url == "postgres://app@db/noaber"
    assert settings.redis_url == "redis://bell/0"
    assert settings.port == 9000


def test_all_else_has_our_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOABER_IDE", "true")
    monkeypatch.setenv("NOABER_ALLOWED_ORIGINS", "https://a.example, http://localhost:3000")
    monkeypatch.setenv("IDE", "false")
    settings = read()
    assert settings.ide is True
    assert settings.allowed_origins == ("https://a.example", "http://localhost:3000")


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert read(port=7000).port == 7000


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read().port = 1  # type: ignore[misc]


def test_neither_addresses_nor_the_secret_are_printed() -> None:
    shown = repr(read(database_url="postgres://app:pass1@db/n", secret=SECRET))
    assert "pass1" not in shown
    assert SECRET not in shown


def test_production_names_all_that_it_lacks() -> None:
    assert refusal(environment="production") == (
        "Settings: production needs DATABASE_URL, REDIS_URL, NOABER_SECRET."
    )


def test_production_with_all_it_needs_has_no_ide_unless_switched_on() -> None:
    assert read(environment="production", **NEEDED).ide is False
    assert read(environment="production", ide=True, **NEEDED).ide is True


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"secret": SECRET},
            "Settings: production takes no secret with a pattern, only random bytes: "
            "NOABER_SECRET.",
        ),
        (
            {"secret": "64656d6f" + GOOD},
            "Settings: production takes no secret that the demo made: NOABER_SECRET.",
        ),
        (
            {"database_url": "postgres://app:Postgres@db/n"},
            "Settings: production takes no password that everybody knows: DATABASE_URL.",
        ),
        (
            {"redis_url": "redis://:redis@bell"},
            "Settings: production takes no password that everybody knows: REDIS_URL.",
        ),
        (
            {"allowed_origins": "https://a.example, http://b.example"},
            "Settings: production trusts no page without https: NOABER_ALLOWED_ORIGINS, "
            "http://b.example.",
        ),
        (
            {"webhook_private": True, "allowed_origins": "http://b.example"},
            "Settings: production sends no webhooks to this machine: NOABER_WEBHOOK_PRIVATE.\n"
            "Settings: production trusts no page without https: NOABER_ALLOWED_ORIGINS, "
            "http://b.example.",
        ),
    ],
)
def test_production_refuses_each_in_a_sentence(given: dict[str, object], said: str) -> None:
    assert refusal(environment="production", **(NEEDED | given)) == said


def test_what_production_refuses_development_takes() -> None:
    assert read(secret=SECRET, allowed_origins="http://b.example").secret == SECRET


def test_a_secret_of_the_demo_is_known_by_its_beginning(tmp_path: Path) -> None:
    made = demo._secret(tmp_path / "secret")
    assert "NOABER_SECRET" in refusal(environment="production", **(NEEDED | {"secret": made}))


def test_settings_are_shown_without_secrets_and_passwords() -> None:
    given = {"database_url": "postgres://app:pass1@db:5433/n?password=pass2", "secret": GOOD}
    shown = redacted(read(**given, redis_url="redis://:pass3@bell"))
    assert shown["database_url"] == "postgres://app:***@db:5433/n"
    assert shown["redis_url"] == "redis://:***@bell"
    assert shown["secret"] == "***"
    assert shown["port"] == 8000
    assert "pass" not in str(shown)


def test_the_command_prints_them_or_says_in_a_sentence_what_is_wrong() -> None:
    command = [sys.executable, "-m", "server", "config"]
    for secret, code in ((GOOD, 0), ("pass1", 1)):
        environment = os.environ | {"NOABER_SECRET": secret}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
        assert (done.returncode, secret in done.stdout + done.stderr) == (code, False)
        if code:
            assert done.stderr == (
                "NOABER_SECRET: should be 32 random bytes or more in hexadecimal.\n"
            )
        else:
            assert json.loads(done.stdout)["secret"] == "***"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"database_url": "mysql://root:pass1@db/n"},
            "DATABASE_URL: should be an address that starts with postgres:// and names a host.",
        ),
        (
            {"redis_url": "localhost:6379"},
            "REDIS_URL: should be an address that starts with redis:// and names a host.",
        ),
        (
            {"metrics_operations": "Feed, Anna de Vries"},
            "NOABER_METRICS_OPERATIONS: should be 200 names of operations at most, such as Feed, "
            "WritePost.",
        ),
        ({"port": 70_000}, "PORT: Input should be less than or equal to 65535."),
        (
            {"secret": "pass1"},
            "NOABER_SECRET: should be 32 random bytes or more in hexadecimal.",
        ),
        (
            {"allowed_origins": "https://a.example/page"},
            "NOABER_ALLOWED_ORIGINS: 'https://a.example/page' is not an origin such as "
            "https://noaber.example.",
        ),
        (
            {"environment": "moon"},
            "NOABER_ENVIRONMENT: Input should be 'production', 'development', 'demo' or 'test'.",
        ),
    ],
)
def test_a_wrong_setting_is_refused_without_showing_it(given: dict[str, object], said: str) -> None:
    assert refusal(**given) == said


def test_the_seed_whose_passwords_are_known_is_not_for_production() -> None:
    given = {"DATABASE_URL": "postgres://db/n", "REDIS_URL": "redis://bell", "NOABER_SECRET": GOOD}
    done = subprocess.run(
        [sys.executable, "-m", "server", "seed"],
        env=os.environ | given | {"NOABER_ENVIRONMENT": "production"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "The seed is not for production: its passwords are known to everybody.\n",
    )
