"""The keys of what may be found, the best first: each has yet to pass the rules."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.database import connection

AT_ONCE = 100
NEWEST = 500  # of each kind and place, among which the best are found
ALIKE = 0.5

# Matches by the stems of any language, or by letters for what no stem finds (a plural, a slip).
# Full text uses no index behind a policy (ADR 0021), so this runs as the owner, for ids alone.
FIND = """
with asked as (
    select websearch_to_tsquery('dutch', $1) || websearch_to_tsquery('french', $1)
        || websearch_to_tsquery('english', $1) || websearch_to_tsquery('german', $1) as query,
        lower($1) as letters
), places as (
    select place, is_near, ('n' || replace(place::text, '-', ''))::tsquery as word
    from unnest($2::uuid[], $8::bool[]) as t(place, is_near)
), post_stems as (
    select p.id from places, asked cross join lateral (
        select id from post where removed_at is null
        and noaber_post_words(neighbourhood_id, language, title, body)
            @@ (places.word && asked.query)
        and (not places.is_near or audience = 'NEIGHBOURS_NEARBY')
        order by id desc limit $3) p
), comment_stems as (
    select c.id from places, asked cross join lateral (
        select id from comment where removed_at is null and deleted_at is null
        and noaber_comment_words(neighbourhood_id, body) @@ (places.word && asked.query)
        and (not places.is_near or audience = 'NEIGHBOURS_NEARBY')
        order by id desc limit $3) c
), post_near as (
    select p.id from places cross join lateral (
        select id, title, body from post where neighbourhood_id = places.place
        and removed_at is null order by id desc limit $3) p, asked
    where not places.is_near
    and word_similarity(asked.letters, lower(coalesce(p.title, '') || ' ' || p.body)) > $4
), comment_near as (
    select c.id from places cross join lateral (
        select id, body from comment where neighbourhood_id = places.place
        and removed_at is null and deleted_at is null order by id desc limit $3) c, asked
    where not places.is_near and word_similarity(asked.letters, lower(c.body)) > $4
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


async def find(
    words: str, places: Mapping[UUID, bool], mark: tuple[float, UUID] | None
) -> list[dict[str, Any]]:
    """Ids with their ranks, the best first, after a mark; at most `AT_ONCE`.

    Of each place it is said whether only what is written for neighbours nearby counts there.
    """
    rank, id = mark or (None, None)
    given = [words, list(places), NEWEST, ALIKE, rank, id, AT_ONCE, list(places.values())]
    return await connection().execute_query_dict(FIND, given)
