"""Secrets: long enough to need no slow hash, and codes that forgive how they are typed."""

import hashlib
import re
import zlib

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


PUBLISHED = re.compile(r"nbp_live_[0-9A-Za-z]{43}[0-9A-Za-z]{6}")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
partner_tokens = st.builds(secrets.new_partner_token)


def test_a_partners_token_has_two_hundred_and_fifty_six_random_bits_and_the_published_form() -> (
    None
):
    tokens = {secrets.new_partner_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(PUBLISHED.fullmatch(token) for token in tokens)
    used = {letter for token in tokens for letter in token[9:52]}
    assert used == set(DIGITS)
    assert 62**43 > 2**256


@given(token=partner_tokens)
def test_a_scanner_finds_the_checksum_right_by_the_published_rule(token: str) -> None:
    number = 0
    for letter in token[-6:]:
        number = number * 62 + DIGITS.index(letter)
    assert number == zlib.crc32(token[:-6].encode())
    assert secrets.is_partner_token(token)


@given(
    token=partner_tokens, at=st.integers(0, 57), letter=st.sampled_from(DIGITS + "-_ é\ud800\x00")
)
def test_one_wrong_letter_is_seen_without_a_look_up(token: str, at: int, letter: str) -> None:
    typed = token[:at] + letter + token[at + 1 :]
    assert secrets.is_partner_token(typed) is (typed == token)


@given(token=partner_tokens, cut=st.integers(0, 57), more=st.text(max_size=5))
def test_a_token_cut_short_or_made_longer_is_none(token: str, cut: int, more: str) -> None:
    assert not secrets.is_partner_token(token[:cut])
    assert secrets.is_partner_token(token + more) is (more == "")


@given(text=st.text())
def test_whatever_else_is_said_is_no_partners_token(text: str) -> None:
    assert not secrets.is_partner_token(text)
    assert not secrets.is_partner_token(f"nbp_live_{text}")
