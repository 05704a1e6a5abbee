"""Bytes as letters that stand in an address: base64url (RFC 4648) without padding."""

import base64


def write(raw: bytes) -> str:
    """The letters."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read(text: str) -> bytes:
    """The bytes behind the letters. Raises `ValueError` for anything else, padding too."""
    if "=" in text:
        raise ValueError("padding")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
