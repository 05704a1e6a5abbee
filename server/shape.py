"""The shape of a message: what would raise further on is refused first."""

from typing import Any


def is_well_shaped(message: Any) -> bool:
    """Whether a message is one of graphql-transport-ws."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    return message["type"] != "subscribe" or _is_request(message.get("payload"))


def _query_kinds(payload: dict[str, Any]) -> Any:
    """A document may be left out where its hash is told."""
    return str | None if payload.get("extensions") else str


def _is_request(payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("extensions"), dict | None)
        and isinstance(payload.get("query"), _query_kinds(payload))
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )
