"""Search over what the viewer may see: keys are found first, and pass the rules before anything."""

import base64
import binascii
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from models.database import connection
from resolvers.context import Context
from resolvers.page import Page, PageInfo, Window
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, not_found

SHORTEST, LONGEST, WORDS = 2, 100, 10
AT_ONCE, MOST = 100, 2_000  # keys looked at in one go, and for one page
NEWEST = 500  # of each kind, among which the best are found: a neighbourhood, not an archive
ALIKE = 0.55
BEGIN, END = "\x02", "\x03"  # stand around what matches; no text of ours holds them
BELOW = "\x01"  # stands for "<", behind which PostgreSQL takes words for a tag and drops them
PIECE = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
CONFIGS = {"NL": "dutch", "FR": "french", "DE": "german", "EN": "english"}

# Matches by the stems of any language, or by letters for what no stem finds (a plural, a slip).
# Full text uses no index behind a policy (ADR 0021), so this runs as the owner, for ids alone.
FIND = """
with asked as (
    select websearch_to_tsquery('dutch', $1) || websearch_to_tsquery('french', $1)
        || websearch_to_tsquery('english', $1) || websearch_to_tsquery('german', $1) as query,
        lower($1) as letters
), places as (
    select place, ('n' || replace(place::text, '-', ''))::tsquery as word
    from unnest($2::uuid[]) as place
), post_stems as (
    select p.id from places, asked cross join lateral (
        select id from post where removed_at is null
        and noaber_post_words(neighbourhood_id, language, title, body)
            @@ (places.word && asked.query)
        order by id desc limit $3) p
), comment_stems as (
    select c.id from places, asked cross join lateral (
        select id from comment where removed_at is null and deleted_at is null
        and noaber_comment_words(neighbourhood_id, body) @@ (places.word && asked.query)
        order by id desc limit $3) c
), post_near as (
    select p.id from places cross join lateral (
        select id, title, body from post where neighbourhood_id = places.place
        and removed_at is null order by id desc limit $3) p, asked
    where word_similarity(asked.letters, lower(coalesce(p.title, '') || ' ' || p.body)) > $4
), comment_near as (
    select c.id from places cross join lateral (
        select id, body from comment where neighbourhood_id = places.place
        and removed_at is null and deleted_at is null order by id desc limit $3) c, asked
    where word_similarity(asked.letters, lower(c.body)) > $4
), found as (
    select p.id, p.id as post_id, null::uuid as comment_id,
        ts_rank(noaber_post_words(p.neighbourhood_id, p.language, p.title, p.body), asked.query)
        + word_similarity(asked.letters, lower(coalesce(p.title, '') || ' ' || p.body)) / 10 as rank
    from post p, asked
    where p.id in (select id from post_stems union select id from post_near)
    union all
    select c.id, c.post_id, c.id, ts_rank(noaber_comment_words(c.neighbourhood_id, c.body),
        asked.query) + word_similarity(asked.letters, lower(c.body)) / 10
    from comment c, asked
    where c.id in (select id from comment_stems union select id from comment_near)
)
select id, post_id, comment_id, rank::float8 as rank from found
where $5::float8 is null or (rank::float8, id) < ($5, $6) order by rank desc, id desc limit $7
"""
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
    for _ in range(MOST // AT_ONCE):
        rows = await _find(words, places, mark)
        hits += await _visible(context, words, rows)
        if len(hits) > size or len(rows) < AT_ONCE:
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
    return [_pieces(row["marked"].replace(BELOW, "<")) for row in rows]


def _pieces(marked: str) -> list[Piece]:
    parts = PIECE.split(marked)
    return [Piece(text, place % 2 == 1) for place, text in enumerate(parts) if text]


def _words(post: models.Post) -> str:
    return f"{post.title}. {post.body}" if post.title else post.body


def _checked(query: str) -> str:
    """The query on one line. Raises `Refusal` INVALID, TOO_LONG."""
    words = " ".join(query.replace("\x00", " ").split())
    if len(words) < SHORTEST:
        raise Refusal(RefusalCode.INVALID, f"Write at least {SHORTEST} characters.", "query")
    if len(words) > LONGEST or words.count(" ") >= WORDS:
        said = f"Write at most {LONGEST} characters, and {WORDS} words."
        raise Refusal(RefusalCode.TOO_LONG, said, "query")
    return words


def _places(context: Context, neighbourhood_id: UUID | None) -> list[UUID]:
    """Where the viewer may find something. Raises `Refusal` NOT_FOUND for another place."""
    viewer = context.viewer
    near = viewer.member_of | viewer.works_in | viewer.nearby
    if neighbourhood_id is None:
        return sorted(near)
    if neighbourhood_id not in near:
        raise not_found("neighbourhood")
    return [neighbourhood_id]


async def _find(
    words: str, places: Sequence[UUID], mark: tuple[float, UUID] | None
) -> list[dict[str, Any]]:
    """Keys by rank, after a mark."""
    rank, id = mark or (None, None)
    given = [words, list(places), NEWEST, ALIKE, rank, id, AT_ONCE]
    return await connection().execute_query_dict(FIND, given)


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
    info = PageInfo(
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
        has_next_page=len(hits) > size,
        has_previous_page=after is not None,
    )
    return Page(nodes, cursors, info)


def _encode(hit: Hit) -> str:
    raw = struct.pack(">d", hit.rank) + hit.id.bytes
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(cursor: str) -> tuple[float, UUID]:
    """The rank and id a cursor stands at. Raises `Refusal` INVALID."""
    try:
        raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
        (rank,) = struct.unpack(">d", raw[:8])
        return rank, UUID(bytes=raw[8:])
    except (ValueError, struct.error, binascii.Error):
        raise Refusal(RefusalCode.INVALID, "This is no cursor of ours.", "after") from None
