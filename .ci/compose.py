"""Checks docker-compose.yml against our own rules: health, order, secrets, and closed doors."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Service = dict[str, Any]
PUBLISHED = {"api"}
WAY_OUT = {"worker"}
SECRET = re.compile(r"SECRET|PASSWORD|DATABASE_URL")
REQUIRED = re.compile(r"\$\{\w+:\?[^}]+\}")


def faults(services: dict[str, Service]) -> Iterator[str]:
    """One sentence for every rule that a service breaks."""
    for name, service in services.items():
        for rule in (health, image, doors, order, secrets, confinement):
            for fault in rule(name, service):
                yield f"service {name}: {fault}"
    for name in {other for each in services.values() for other in each.get("depends_on", {})}:
        if name not in services:
            yield f"service {name}: others wait for it, and it is not there"


def health(name: str, service: Service) -> Iterator[str]:
    """A service stays and tells how it is, or runs once."""
    once = service.get("restart") == "no"
    if "restart" not in service:
        yield "says nothing about restarts"
    if once == ("healthcheck" in service):
        yield "needs a health check, or else runs once with restart: 'no'"
    if not once and {"interval", "timeout", "retries"} - service.get("healthcheck", {}).keys():
        yield "its health check needs an interval, a timeout and retries"


def image(name: str, service: Service) -> Iterator[str]:
    """An image says which version it is."""
    _, _, tag = service.get("image", "").rpartition("/")[2].partition(":")
    if tag in {"", "latest"}:
        yield "its image has no version"


def doors(name: str, service: Service) -> Iterator[str]:
    """Only the API is published, and only on the machine itself; only the worker has a way out."""
    for port in service.get("ports", []):
        if name not in PUBLISHED:
            yield f"publishes {port}"
        elif not str(port).startswith("127.0.0.1:"):
            yield f"publishes {port} to every network"
    allowed = ["data", "out"] if name in WAY_OUT else ["data"]
    if name not in PUBLISHED and service.get("networks") != allowed:
        yield "belongs on the internal network alone"


def order(name: str, service: Service) -> Iterator[str]:
    """Whoever waits for another says for what."""
    waits = service.get("depends_on", {})
    if isinstance(waits, list) or any("condition" not in each for each in waits.values()):
        yield "waits for another service without a condition"


def secrets(name: str, service: Service) -> Iterator[str]:
    """A secret comes from outside, and its absence is an error."""
    for key, value in service.get("environment", {}).items():
        if SECRET.search(key) and not REQUIRED.search(str(value)):
            yield f"{key} must be required from outside: ${{NAME:?why}}"


def confinement(name: str, service: Service) -> Iterator[str]:
    """A service writes where it must, gains no rights, and is never privileged."""
    if not service.get("read_only"):
        yield "its root is writable"
    if "no-new-privileges:true" not in service.get("security_opt", []):
        yield "may gain privileges"
    if service.get("privileged") or service.get("network_mode") == "host":
        yield "is not confined"


def main() -> int:
    """Print the faults of the file that is named; 1 if there are any."""
    composed = YAML(typ="safe").load(Path(sys.argv[1]).read_text("utf-8"))
    found = list(faults(composed["services"]))
    print("\n".join(found) or f"{sys.argv[1]}: {len(composed['services'])} services, no faults")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
