"""A cursor is one viewer's place in one stream, and says nothing to whoever carries it."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.cursor import LETTERS, Cursors, NoCursor, Spot, owner

KEY = bytes(range(32))
HOME, FAR = UUID(int=1), UUID(int=2)
ME, YOU = UUID(int=3), UUID(int=4)
SPOTS = st.builds(
    Spot,
    sequence=st.integers(0, (1 << 63) - 1),
    epoch=st.integers(-(1 << 63), (1 << 63) - 1),
)


@given(spot=SPOTS, stream_id=st.uuids(), holder_id=st.none() | st.uuids())
def test_what_was_written_is_read(spot: Spot, stream_id: UUID, holder_id: UUID | None) -> None:
    cursor = Cursors(KEY).write(spot, stream_id, holder_id)
    assert len(cursor) == LETTERS
    assert Cursors(KEY).read(cursor, stream_id, holder_id) == spot


@pytest.mark.parametrize(
    ("secret", "stream_id", "holder_id"),
    [(KEY, HOME, YOU), (KEY, HOME, None), (KEY, FAR, ME), (KEY[::-1], HOME, ME)],
    ids=["another viewer", "nobody", "another stream", "another key"],
)
def test_nobody_else_and_nowhere_else_may_it_be_used(
    secret: bytes, stream_id: UUID, holder_id: UUID | None
) -> None:
    cursor = Cursors(KEY).write(Spot(7, 1), HOME, ME)
    with pytest.raises(NoCursor):
        Cursors(secret).read(cursor, stream_id, holder_id)


@given(place=st.integers(0, LETTERS - 1), letter=st.sampled_from("AZaz09-_=é."))
def test_a_letter_changed_is_no_cursor(place: int, letter: str) -> None:
    cursor = Cursors(KEY).write(Spot(7, 1), HOME, ME)
    changed = cursor[:place] + letter + cursor[place + 1 :]
    if changed != cursor:
        with pytest.raises(NoCursor):
            Cursors(KEY).read(changed, HOME, ME)


@given(text=st.text(max_size=60))
def test_any_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(NoCursor):
        Cursors(KEY).read(text, HOME, ME)


def test_neighbouring_places_share_no_bytes() -> None:
    cursors = Cursors(KEY)
    seals = [cursors.seal(Spot(sequence, 1), HOME) for sequence in range(200)]
    assert len({seal[at : at + 4] for seal in seals for at in (0, 8, 16, 20)}) == 800
    written = cursors.sign(seals[0], owner(HOME, ME))
    assert HOME.bytes not in written
    assert ME.bytes not in written


def test_each_viewer_has_another_cursor_under_the_same_seal() -> None:
    cursors = Cursors(KEY)
    seal = cursors.seal(Spot(7, 1), HOME)
    mine, yours = (cursors.sign(seal, owner(HOME, who)) for who in (ME, YOU))
    assert mine[:32] == yours[:32]
    assert mine != yours
