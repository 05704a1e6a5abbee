"""Words in an address that only this server could have written there."""

import hashlib
import hmac

from auth import base64url

BYTES = 16
LONGEST = 400


class Seal:
    """Signs bytes into the letters of an address, and reads back nothing but what it signed.

    `key` is what everything of a server is signed with, `purpose` what these are for.
    """

    def __init__(self, key: bytes, purpose: bytes) -> None:
        self._key = hmac.new(key, purpose, hashlib.sha256).digest()

    def write(self, told: bytes) -> str:
        """The letters."""
        return base64url.write(self._of(told) + told)

    def read(self, sealed: str) -> bytes | None:
        """What was signed; None for what was not."""
        if len(sealed) > LONGEST:
            return None
        try:
            raw = base64url.read(sealed)
        except ValueError:
            return None
        seal, told = raw[:BYTES], raw[BYTES:]
        return told if hmac.compare_digest(seal, self._of(told)) else None

    def _of(self, told: bytes) -> bytes:
        return hmac.new(self._key, told, hashlib.sha256).digest()[:BYTES]
