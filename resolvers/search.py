"""Search over what the viewer may see: keys are found first, and pass the rules before anything."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth import base64url
from auth.visibility import visible
from models.database import connection
from resolvers import search_key
from resolvers.context import Context
from resolvers.page import Page, PageInfo, Window
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, not_found

SHORTEST, LONGEST, WORDS = 2, 100, 10
MOST = 2_000  # keys looked at for one page
BEGIN, END = "\x02", "\x03"  # stand around what matches; no text of ours holds them
BELOW = "\x01"  # stands for "<", behind which PostgreSQL takes words for a tag and drops them
ALIKE = 0.59
WORD = re.compile(r"(\W+)")
PIECE = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
CONFIGS = {"NL": "dutch", "FR": "french", "DE": "german", "EN": "english"}

MARK = """
select ts_headline(t.config::regconfig, t.words,
    websearch_to_tsquery(t.config::regconfig, t.query), $1) as marked
from unnest($2::text[], $3::text[], $4::text[]) with ordinality
    as t(config, query, words, place)
order by place
"""
OPTIONS = f"StartSel={BEGIN}, StopSel={END}, MaxWords=30, MinWords=10, MaxFragments=2"


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_match`: it is what was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Hit:
    """Something that was found: a post, or a comment under it; `rank` says how well it fits."""

    id: UUID
    query: str
    rank: float
    post: models.Post
    comment: models.Comment | None


async def search(
    context: Context,
    *,
    query: Annotated[str, Doc("What to look for: 2 to 100 characters, 10 words at most.")],
    neighbourhood_id: Annotated[
        UUID | None, Doc("Only there; left out: all that are near.")
    ] = None,
    first: First = None,
    after: After = None,
) -> Page[Hit]:
    """Posts and comments that the viewer may see, the best first.

    Plurals, other forms of a word and slips are found too, in the language of the post.
    """
    words = _checked(query)
    places = _places(context, neighbourhood_id)
    size = Window(first).size
    mark = None if after is None else _decode(after)
    hits: list[Hit] = []
    for _ in range(MOST // search_key.AT_ONCE):
        rows = await search_key.find(words, places, mark)
        hits += await _visible(context, words, rows)
        if len(hits) > size or len(rows) < search_key.AT_ONCE:
            break
        mark = rows[-1]["rank"], rows[-1]["id"]
    return _page(hits, size, after)


async def snippets(hits: Sequence[Hit], _context: Context) -> list[list[Piece]]:
    """The words around what was looked for, in pieces."""
    bodies = [each.comment.body if each.comment else _words(each.post) for each in hits]
    texts = [body.replace("<", BELOW) for body in bodies]
    configs = [CONFIGS[each.post.language.value] for each in hits]
    queries = [each.query for each in hits]
    rows = await connection().execute_query_dict(MARK, [OPTIONS, configs, queries, texts])
    marked = (row["marked"].replace(BELOW, "<") for row in rows)
    return [_pieces(text, hit.query) for text, hit in zip(marked, hits, strict=True)]


def _pieces(marked: str, query: str) -> list[Piece]:
    """The pieces of a marked text; of one in which no stem matched, by the letters of its words."""
    asked = query.lower().split()
    if BEGIN in marked:
        parts = PIECE.split(marked)
        pieces = [Piece(text, place % 2 == 1) for place, text in enumerate(parts)]
    else:
        words = WORD.split(marked)
        pieces = [Piece(text, any(_alike(text.lower(), word) for word in asked)) for text in words]
    return [piece for piece in pieces if piece.text]


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike for most of the shorter one."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same) > ALIKE * min(len(one), len(other))


def _words(post: models.Post) -> str:
    return f"{post.title}\n{post.body}" if post.title else post.body


def _checked(query: str) -> str:
    """The query on one line. Raises `Refusal` INVALID, TOO_LONG."""
    words = " ".join(query.replace("\x00", " ").split())
    if len(words) < SHORTEST:
        raise Refusal(RefusalCode.INVALID, f"Write at least {SHORTEST} characters.", "query")
    if len(words) > LONGEST or words.count(" ") >= WORDS:
        said = f"Write at most {LONGEST} characters, and {WORDS} words."
        raise Refusal(RefusalCode.TOO_LONG, said, "query")
    return words


def _places(context: Context, neighbourhood_id: UUID | None) -> dict[UUID, bool]:
    """Where the viewer may find something, and whether that is only near the own places.

    Raises `Refusal` NOT_FOUND for another place.
    """
    viewer = context.viewer
    own = viewer.member_of | viewer.works_in
    places = {place: place not in own for place in sorted(own | viewer.nearby)}
    if neighbourhood_id is None:
        return places
    if neighbourhood_id not in places:
        raise not_found("neighbourhood")
    return {neighbourhood_id: places[neighbourhood_id]}


async def _visible(context: Context, query: str, rows: Sequence[dict[str, Any]]) -> list[Hit]:
    """Those of the keys that the viewer may see, with the post above them."""
    viewer = context.viewer
    post_ids = {row["post_id"] for row in rows}
    comment_ids = {row["comment_id"] for row in rows} - {None}
    posts = {each.id: each for each in await visible(models.Post, viewer).filter(id__in=post_ids)}
    seen = visible(models.Comment, viewer).filter(id__in=comment_ids, deleted_at=None)
    comments = {each.id: each for each in await seen} if comment_ids else {}
    return [
        Hit(row["id"], query, row["rank"], posts[row["post_id"]], comments.get(row["comment_id"]))
        for row in rows
        if row["post_id"] in posts and (row["comment_id"] is None or row["comment_id"] in comments)
    ]


def _page(hits: Sequence[Hit], size: int, after: str | None) -> Page[Hit]:
    nodes = hits[:size]
    cursors = [_encode(each) for each in nodes]
    return Page(nodes, cursors, PageInfo(cursors, len(hits) > size, after is not None))


def _encode(hit: Hit) -> str:
    return base64url.write(struct.pack(">d", hit.rank) + hit.id.bytes)


def _decode(cursor: str) -> tuple[float, UUID]:
    """The rank and id a cursor stands at. Raises `Refusal` INVALID."""
    try:
        raw = base64url.read(cursor)
        (rank,) = struct.unpack(">d", raw[:8])
        return rank, UUID(bytes=raw[8:])
    except (ValueError, struct.error):
        raise Refusal(RefusalCode.INVALID, "This is no cursor of ours.", "after") from None
