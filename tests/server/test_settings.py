"""The settings: what the environment says, and what it may not say."""

import pytest
from pydantic import ValidationError

from server.settings import Environment, SettingsError, read

SECRET = "5e" * 32
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
    needed = {"database_url": "postgres://db/n", "redis_url": "redis://bell", "secret": SECRET}
    assert read(environment="production", **needed).ide is False
    assert read(environment="production", ide=True, **needed).ide is True


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
