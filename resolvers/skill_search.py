"""Finds skills by words: plurals by the full text of three languages, spelling by trigrams.

The catalogue is read whole for each search: it is short, and has no index for this.
"""

import re
import unicodedata

import models
from models.database import connection
from resolvers.text import checked_line

LONGEST = 80
SHORT = 3
# $1: the words, $2: without accents, $3: the same one by one, $4: a group. Each word counts by the
# part of a name that is most like it, and wholly if it is within a name (Dutch joins words); a
# short one has to be more alike. What the full text finds comes first; what is much less like the
# words than the best is no answer.
SEARCH = r"""
with named as (
    select s.id, n.language::regconfig as language, n.name as written,
           lower(regexp_replace(normalize(n.name, nfkd), '[\u0300-\u036f]', '', 'g')) as name
    from skill s cross join lateral (values
        ('dutch', s.name_nl), ('french', s.name_fr), ('english', s.name_en),
        ('english', replace(s.slug, '-', ' '))) as n(language, name)
    where $4::text is null or s."group" = $4
), scored as (
    select id, likeness, is_like, similarity($2, name) as closeness,
           to_tsvector(language, written) @@ plainto_tsquery(language, $1)
           or to_tsvector(language, name) @@ plainto_tsquery(language, $2) as is_found
    from named cross join lateral (
        select avg(alike) as likeness,
               bool_or(alike > case when length(word) < 5 then 0.61 else 0.49 end) as is_like
        from (select word, case when length(word) > 3 and position(word in name) > 0 then 1
                           else word_similarity(word, name) end as alike
              from unnest($3::text[]) as word) as compared) as by_word
), ranked as (
    select id, bool_or(is_found) as is_found, bool_or(is_like) as is_like,
           max(likeness) as likeness, max(closeness) as closeness
    from scored group by id
), best as (select max(likeness) as likeness from ranked)
select skill.* from ranked join skill using (id) cross join best
where is_found or is_like and ranked.likeness >= greatest(0.4, 0.65 * best.likeness)
order by is_found desc, ranked.likeness desc, closeness desc, skill.id
"""


async def ranked(search: str, group: models.SkillGroup | None) -> list[models.Skill]:
    """The skills that fit the words, the best first, in one statement.

    Raises `Refusal` TOO_LONG, INVALID.
    """
    text = checked_line(search, "search", LONGEST)
    words = re.findall(r"\w+", _folded(text))
    telling = [word for word in words if len(word) >= SHORT] or words
    given = [text, " ".join(words), telling, group]
    rows = await connection().execute_query_dict(SEARCH, given)
    return [models.Skill._init_from_db(**row) for row in rows]


def _folded(text: str) -> str:
    """In small letters, without accents."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in letters if not unicodedata.combining(each))
