"""Cursors: a place in a stream, sealed, and signed for one viewer."""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from uuid import UUID

PLACE = struct.Struct(">QQ")
NONCE, SEALED, SIGNATURE = 8, 24, 12
LETTERS = (SEALED + SIGNATURE) * 4 // 3
NOBODY = UUID(int=0)
URL_SAFE = bytes.maketrans(b"+/", b"-_")


class NoCursor(ValueError):
    """This was never given to this viewer as a cursor of this stream."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the history of an epoch: all up to `sequence` is behind it."""

    sequence: int
    epoch: int


class Cursors:
    """Writes and reads cursors, of 48 letters that say nothing to whoever carries them.

    The place is sealed: how many events lie between two cursors is nobody's business, for some may
    have been hidden. The seal is the same for all; the signature, under it, is of one viewer.
    """

    def __init__(self, secret: bytes) -> None:
        self._sealing = _derived(secret, b"seal")
        self._signing = _derived(secret, b"signature")

    def write(self, spot: Spot, stream_id: UUID, holder_id: UUID | None) -> str:
        """The cursor of a viewer at a place in a stream."""
        return self.sign(self.seal(spot, stream_id), owner(stream_id, holder_id)).decode()

    def seal(self, spot: Spot, stream_id: UUID) -> bytes:
        """The place as it stands in the cursors of all."""
        place = PLACE.pack(spot.sequence, spot.epoch & (1 << 64) - 1)
        nonce = self._digest(b"nonce", stream_id.bytes + place, NONCE)
        return nonce + _xor(place, self._digest(b"mask", stream_id.bytes + nonce, PLACE.size))

    def sign(self, sealed: bytes, owner: bytes) -> bytes:
        """The cursor of one viewer, in ASCII; made once for each delivery, so without detours."""
        signed = sealed + self._signature(sealed, owner)
        return binascii.b2a_base64(signed, newline=False).translate(URL_SAFE)

    def read(self, cursor: str, stream_id: UUID, holder_id: UUID | None) -> Spot:
        """The place a viewer's own cursor stands at. Raises `NoCursor`."""
        try:
            raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoCursor from error
        sealed, signature = raw[:SEALED], raw[SEALED:]
        right = self._signature(sealed, owner(stream_id, holder_id))
        if not hmac.compare_digest(signature, right):
            raise NoCursor
        mask = self._digest(b"mask", stream_id.bytes + sealed[:NONCE], PLACE.size)
        sequence, epoch = PLACE.unpack(_xor(sealed[NONCE:], mask))
        return Spot(sequence, epoch - (epoch >> 63 << 64))

    def _signature(self, sealed: bytes, owner: bytes) -> bytes:
        keyed = hashlib.blake2b(owner + sealed, key=self._signing, digest_size=SIGNATURE)
        return keyed.digest()

    def _digest(self, purpose: bytes, content: bytes, size: int) -> bytes:
        keyed = hashlib.blake2b(content, key=self._sealing, person=purpose, digest_size=size)
        return keyed.digest()


def owner(stream_id: UUID, holder_id: UUID | None) -> bytes:
    """Whose cursors of which stream, as it goes into their signatures."""
    return (holder_id or NOBODY).bytes + stream_id.bytes


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """A key of its own for each purpose."""
    return hmac.digest(secret, b"noaber cursor " + purpose, "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
