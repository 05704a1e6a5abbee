"""Secrets that are shown once and stored as SHA-256: session tokens and invitation codes."""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})
CODE_LENGTH = 16


def new_token(prefix: str) -> str:
    """A token of 256 random bits behind a prefix that tells its kind."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


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
