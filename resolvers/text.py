"""The words that residents write, checked before they are kept."""

import re
import unicodedata

from resolvers.refusal import Refusal, RefusalCode

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def checked(text: str, field: str, longest: int, *, least: int = 1) -> str:
    """`text` in NFC without surrounding space, `least` to `longest` characters.

    Raises `Refusal`: INVALID for too short or for control characters, TOO_LONG.
    """
    if INVISIBLE.search(text):
        raise Refusal(RefusalCode.INVALID, "This holds characters that cannot be shown.", field)
    clean = unicodedata.normalize("NFC", text).strip()
    if len(clean) < least:
        words = "This may not be empty." if least == 1 else f"Write at least {least} characters."
        raise Refusal(RefusalCode.INVALID, words, field)
    if len(clean) > longest:
        raise Refusal(RefusalCode.TOO_LONG, f"Write at most {longest} characters.", field)
    return clean


def checked_line(text: str, field: str, longest: int, *, least: int = 1) -> str:
    """As `checked`, on one line: every run of space becomes one space."""
    return checked(" ".join(text.split()), field, longest, least=least)
