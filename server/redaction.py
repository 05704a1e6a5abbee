"""The settings as they may be shown: every secret is told to be there, and is not told."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

HIDDEN = "***"


def redacted(settings: BaseModel) -> dict[str, Any]:
    """The settings, ready for JSON; of what is not printed, the place without its password."""
    shown = settings.model_dump(mode="json")
    for name, field in type(settings).model_fields.items():
        if not field.repr and shown[name]:
            shown[name] = _place(shown[name])
    return shown


def _place(value: str) -> str:
    """An address without its password and its parameters; of anything else nothing."""
    url = urlsplit(value)
    if not url.hostname:
        return HIDDEN
    user = f"{url.username or ''}:{HIDDEN}@" if url.password else ""
    user = user or (f"{url.username}@" if url.username else "")
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{user}{url.hostname}{port}{url.path}"
