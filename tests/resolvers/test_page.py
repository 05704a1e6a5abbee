"""Pages: walking a list in any way gives the list, whole, in order and without repeats."""

import base64
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from resolvers.cursor import decode, encode
from resolvers.page import Page, Window, page_of, pages_of
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.world import World

Revision = models.PostRevision

SHARED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# which post, and the millisecond: many share one, and then chance decides their order
places = st.tuples(st.integers(0, 2), st.integers(0, 9))
sizes = st.integers(1, 6)
# more than any list here ever holds: a walk that goes round ends
MOST = 30
FEED = """
query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  neighbourhood(id: $id) {
    feed(first: $first, after: $after, last: $last, before: $before) { nodes { id } }
  }
}
"""


async def write(world: World, rows: list[tuple[int, int]]) -> list[UUID]:
    """Replace the lists by these rows; gives their parents."""
    await Revision.all().delete()
    for parent, moment in rows:
        await add(world, parent, moment)
    return list(world.posts.values())


async def add(world: World, parent: int, moment: int) -> UUID:
    author_id = world.people["resident"].membership_id
    post_id = list(world.posts.values())[parent]
    row = await Revision.create(
        id=models.base.uuid7(moment),
        neighbourhood_id=world.home,
        author_id=author_id,
        post_id=post_id,
        body="words",
    )
    return row.id


async def listed(parent: UUID, newest_first: bool) -> list[UUID]:
    """The whole list, as one plain statement gives it."""
    rows = await Revision.filter(post_id=parent)
    return sorted((row.id for row in rows), reverse=newest_first)


async def read(window: Window, parents: list[UUID], at: int, together: bool) -> Page[Revision]:
    """A page of the `at`-th list, alone or among the pages of all lists."""
    if together:
        return (await pages_of(Revision.all(), window, "post_id", parents))[at]
    return await page_of(Revision.filter(post_id=parents[at]), window)


@SHARED
@given(
    rows=st.lists(places, max_size=14), size=sizes, newest_first=st.booleans(), one=st.booleans()
)
async def test_walking_forwards_gives_the_list(
    world: World, rows: list[tuple[int, int]], size: int, newest_first: bool, one: bool
) -> None:
    parents = await write(world, rows)
    for at, parent in enumerate(parents):
        seen: list[UUID] = []
        more, cursor = True, None
        while more:
            window = Window(first=size, after=cursor, newest_first=newest_first)
            page = await read(window, parents, at, one)
            assert page.page_info.has_previous_page is (cursor is not None)
            seen += [row.id for row in page.nodes]
            assert len(seen) <= MOST
            more, cursor = page.page_info.has_next_page, page.page_info.end_cursor
        assert seen == await listed(parent, newest_first)


@SHARED
@given(
    rows=st.lists(places, max_size=14), size=sizes, newest_first=st.booleans(), one=st.booleans()
)
async def test_walking_backwards_gives_the_list(
    world: World, rows: list[tuple[int, int]], size: int, newest_first: bool, one: bool
) -> None:
    parents = await write(world, rows)
    for at, parent in enumerate(parents):
        seen: list[UUID] = []
        more, cursor = True, None
        while more:
            window = Window(last=size, before=cursor, newest_first=newest_first)
            page = await read(window, parents, at, one)
            assert page.page_info.has_next_page is (cursor is not None)
            seen = [row.id for row in page.nodes] + seen
            assert len(seen) <= MOST
            more, cursor = page.page_info.has_previous_page, page.page_info.start_cursor
        assert seen == await listed(parent, newest_first)


@SHARED
@given(
    rows=st.lists(places, max_size=14),
    size=sizes,
    newest_first=st.booleans(),
    meanwhile=st.lists(st.integers(0, 19), max_size=6),
)
async def test_what_comes_and_goes_meanwhile_disturbs_nothing_else(
    world: World,
    rows: list[tuple[int, int]],
    size: int,
    newest_first: bool,
    meanwhile: list[int],
) -> None:
    parents = await write(world, [(0, moment) for _, moment in rows])
    first = set(await listed(parents[0], newest_first))
    seen: list[UUID] = []
    more, cursor = True, None
    while more:
        window = Window(first=size, after=cursor, newest_first=newest_first)
        page = await read(window, parents, 0, together=True)
        seen += [row.id for row in page.nodes]
        assert len(seen) <= MOST
        more, cursor = page.page_info.has_next_page, page.page_info.end_cursor
        if meanwhile:
            await disturb(world, meanwhile.pop())
    assert seen == sorted(set(seen), reverse=newest_first)
    stayed = first & set(await listed(parents[0], newest_first))
    assert stayed <= set(seen)


async def disturb(world: World, choice: int) -> None:
    """Add a row anywhere in the first list, or remove one."""
    if choice < 10:
        await add(world, 0, choice)
    elif rows := await Revision.all().order_by("id"):
        await rows[choice % len(rows)].delete()


async def test_a_page_tells_where_it_stands(world: World) -> None:
    parents = await write(world, [(0, moment) for moment in range(5)])
    ids = await listed(parents[0], newest_first=True)
    window = Window(first=2, after=encode(ids[0]))
    page = await read(window, parents, 0, together=True)
    assert [(edge.cursor, edge.node.id) for edge in page.edges] == [
        (encode(id), id) for id in ids[1:3]
    ]
    assert page.page_info.start_cursor == encode(ids[1])
    assert page.page_info.end_cursor == encode(ids[2])


async def test_a_page_of_none_tells_that_there_are_some(world: World) -> None:
    parents = await write(world, [(0, 1)])
    some, none, *_ = await pages_of(Revision.all(), Window(first=0), "post_id", parents)
    assert (some.nodes, some.page_info.has_next_page) == ([], True)
    assert (none.nodes, none.page_info.has_next_page) == ([], False)


async def test_a_list_is_paged_by_twenty_unless_said(world: World) -> None:
    parents = await write(world, [(0, moment) for moment in range(21)])
    page = await read(Window(), parents, 0, together=True)
    assert len(page.nodes) == 20
    assert page.page_info.has_next_page is True


@given(id=st.uuids())
def test_a_cursor_gives_back_the_place_it_stands_at(id: UUID) -> None:
    assert decode(encode(id), "after") == id


BAD_CURSORS = [
    "",
    "x",
    "=",
    "é" * 22,
    "\x00" * 22,
    "A" * 21,
    "A" * 23,
    "A" * 22 + "==",
    "A" * 10_000,
    base64.urlsafe_b64encode(bytes(15)).decode(),
    base64.urlsafe_b64encode(bytes(17)).decode(),
    "01890a5d-ac96-774b-bcce-b302099a8057",
]


@pytest.mark.parametrize("cursor", BAD_CURSORS, ids=range(len(BAD_CURSORS)))
@pytest.mark.parametrize("argument", ["after", "before"])
async def test_a_cursor_that_is_none_is_refused(database: None, cursor: str, argument: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await page_of(models.Neighbourhood.all(), Window(**{argument: cursor}))  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (RefusalCode.INVALID, argument)


@pytest.mark.parametrize(
    "asked",
    [
        {"first": -1},
        {"first": 101},
        {"last": -1},
        {"last": 101},
        {"first": 1, "last": 1},
        {"after": "nonsense"},
        {"before": "nonsense"},
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    ask: Ask, world: World, asked: dict[str, Any]
) -> None:
    answer = await ask("neighbour", FEED, id=world.home, **asked)
    assert [error.extensions for error in answer.errors or []] == [{"code": "INVALID"}]
    assert answer.data == {"neighbourhood": None}
