"""Secrets that are shown once and stored as SHA-256: tokens of sessions and partners, and codes."""

import hashlib
import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})
CODE_LENGTH = 16
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The published pattern of a partner's token, by which scanners find one that leaked:
# nbp_live_[0-9A-Za-z]{43}[0-9A-Za-z]{6}, the last six being the CRC32 of all before them.
PARTNER_PREFIX = "nbp_live_"
RANDOM_LETTERS, CHECK_LETTERS = 43, 6


def new_token(prefix: str) -> str:
    """A token of 256 random bits behind a prefix that tells its kind."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def new_partner_token() -> str:
    """A partner's token: 256 random bits in base 62, and a checksum."""
    body = PARTNER_PREFIX + "".join(secrets.choice(BASE62) for _ in range(RANDOM_LETTERS))
    return body + checksum(body)


def is_partner_token(token: str) -> bool:
    """Whether a token has the form of a partner's and the right checksum: no look-up is needed."""
    length = len(PARTNER_PREFIX) + RANDOM_LETTERS
    body, check = token[:length], token[length:]
    if not token.startswith(PARTNER_PREFIX) or not token.isascii():
        return False
    return len(body) == length and secrets.compare_digest(checksum(body), check)


def checksum(text: str) -> str:
    """The CRC32 of ASCII text as six letters of base 62."""
    number, letters = zlib.crc32(text.encode("ascii")), ""
    for _ in range(CHECK_LETTERS):
        number, digit = divmod(number, len(BASE62))
        letters = BASE62[digit] + letters
    return letters


def new_code() -> str:
    """An invitation code of 80 random bits in Crockford's base 32, four groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def digest(secret: str) -> str:
    """What is stored of a token: SHA-256 in hex. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def digest_code(code: str) -> str:
    """What is stored of an invitation code, however it was typed: case, dashes, O for 0."""
    return digest(code.upper().translate(LOOKALIKE))
