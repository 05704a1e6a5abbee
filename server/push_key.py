"""The key that an installation sends web push with: made anew from its secret, stored nowhere."""

import hashlib
import hmac

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from auth import base64url

# of the curve P-256: private keys are from 1 to one less than this
ORDER = 0xFFFFFFFF_00000000_FFFFFFFF_FFFFFFFF_BCE6FAAD_A7179E84_F3B9CAC2_FC632551


def key_of(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key."""
    drawn = int.from_bytes(hmac.new(secret, b"web push", hashlib.sha512).digest())
    return ec.derive_private_key(1 + drawn % (ORDER - 1), ec.SECP256R1())


def public_key(secret: bytes) -> str:
    """The public half, in base64url, for browsers to subscribe with."""
    point = (
        key_of(secret)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64url.write(point)
