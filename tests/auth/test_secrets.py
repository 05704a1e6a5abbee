"""Secrets: long enough to need no slow hash, and codes that forgive how they are typed."""

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from auth import secrets

TYPED = {"0": "0oO", "1": "1iIlL"}


def test_a_code_has_eighty_random_bits() -> None:
    codes = {secrets.new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes)
    used = set("".join(codes)) - {"-"}
    assert used == set(secrets.ALPHABET)
    assert len(used) ** secrets.CODE_LENGTH == 2**80


def test_a_token_has_two_hundred_and_fifty_six_random_bits_behind_its_kind() -> None:
    tokens = {secrets.new_token("nba") for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(re.fullmatch(r"nba_[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_what_is_stored_is_sha_256() -> None:
    assert secrets.digest("nba_x") == hashlib.sha256(b"nba_x").hexdigest()
    assert secrets.digest_code("7k2m-0000-1111-ZZZZ") == secrets.digest("7K2M00001111ZZZZ")


@given(
    letters=st.text(secrets.ALPHABET, min_size=16, max_size=16),
    choices=st.randoms(),
    dash=st.text("- "),
)
def test_a_code_is_known_however_it_is_typed(letters: str, choices: object, dash: str) -> None:
    pick = choices.choice  # type: ignore[attr-defined]
    typed = "".join(pick(TYPED.get(c, c.lower() + c)) + pick(["", dash]) for c in letters)
    assert secrets.digest_code(typed) == secrets.digest(letters)


@given(one=st.text(secrets.ALPHABET, max_size=16), other=st.text(secrets.ALPHABET, max_size=16))
def test_another_code_stays_another(one: str, other: str) -> None:
    assert (secrets.digest_code(one) == secrets.digest_code(other)) is (one == other)


def test_a_secret_that_is_no_text_is_only_unknown() -> None:
    assert len(secrets.digest("\ud800")) == 64
    assert len(secrets.digest_code("é\x00\ud800")) == 64
