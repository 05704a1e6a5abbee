"""What is said in Deinze: counters that add up, answers in their place, people who keep hours."""

import pytest

from tests.server import deinze as databases

KINDS = ("thanks", "like", "care", "clap", "sad")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", ["post", "comment"])
async def test_reaction_counters_equal_a_recount(deinze: str, table: str, kind: str) -> None:
    target = "r.comment_id" if table == "comment" else "r.comment_id is null and r.post_id"
    wrong = await databases.fetch(
        deinze,
        f"""select t.id from {table} t left join reaction r
                on {target} = t.id and r.kind = '{kind.upper()}'
            group by t.id having t.{kind}_count <> count(r.id)""",
    )
    assert wrong == []


async def test_comment_and_reply_counters_equal_a_recount(deinze: str) -> None:
    posts = await databases.fetch(
        deinze,
        """select p.id from post p left join comment c on c.post_id = p.id
            group by p.id having p.comment_count <> count(c.id)""",
    )
    replies = await databases.fetch(
        deinze,
        """select c.id from comment c left join comment r on r.parent_id = c.id
            group by c.id having c.reply_count <> count(r.id)""",
    )
    assert (posts, replies) == ([], [])


async def test_nearby_counts_equal_a_recount(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select m.id from membership m left join (select author_id, audience from post
            union all select author_id, audience from comment) words
            on words.author_id = m.id and words.audience = 'NEIGHBOURS_NEARBY'
            group by m.id having m.nearby_count <> count(words.author_id)""",
    )
    assert wrong == []


async def test_answers_have_the_audience_of_their_post(deinze: str) -> None:
    shares = await databases.fetch(
        deinze,
        """select count(*) filter (where c.audience <> p.audience),
            (select count(*) from reaction r join post q on q.id = r.post_id
                where r.audience <> q.audience) from comment c join post p on p.id = c.post_id""",
    )
    assert shares == [(0, 0)]


@pytest.mark.parametrize("table", ["post", "comment", "reaction", "post_revision"])
async def test_authors_write_at_home_and_after_they_registered(deinze: str, table: str) -> None:
    strangers = await databases.fetch(
        deinze,
        f"""select t.id from {table} t join membership m on m.id = t.author_id
            where m.neighbourhood_id <> t.neighbourhood_id or t.created_at < m.created_at
                or m.state <> 'ACTIVE' or t.created_at > '2021-03-16'""",
    )
    assert strangers == []


async def test_answers_come_after_what_they_answer(deinze: str) -> None:
    early = await databases.fetch(
        deinze,
        """select c.id from comment c join post p on p.id = c.post_id
            left join comment a on a.id = c.parent_id
            where c.created_at <= p.created_at or c.created_at <= a.created_at
                or a.parent_id is not null or a.post_id <> c.post_id
                or c.neighbourhood_id <> p.neighbourhood_id
            union all select r.id from reaction r join post p on p.id = r.post_id
            left join comment c on c.id = r.comment_id
            where r.created_at <= coalesce(c.created_at, p.created_at)
                or c.post_id <> r.post_id or r.author_id = coalesce(c.author_id, p.author_id)
            union all select id from post where solved_at <= created_at""",
    )
    assert early == []


async def test_an_edited_post_keeps_what_it_said_before(deinze: str) -> None:
    kept = await databases.fetch(
        deinze,
        """select count(*) > 100, bool_and(p.edited_at = r.created_at and p.body <> r.body
            and starts_with(p.body, r.body)), count(*) = (select count(edited_at) from post)
            from post_revision r join post p on p.id = r.post_id""",
    )
    assert kept == [(True, True, True)]


async def test_posts_are_of_all_kinds_and_hardly_two_say_the_same(deinze: str) -> None:
    words = await databases.fetch(
        deinze,
        """select count(distinct kind), count(distinct body) > 0.95 * count(*),
            count(*) filter (where body ~ '[{}]' or title ~ '[{}]' or title = ''),
            (select count(*) from comment where body ~ '[{}]') from post
            where kind <> 'ANNOUNCEMENT'""",
    )
    solved = await databases.fetch(
        deinze,
        """select round(100.0 * count(solved_at) / count(*))::int from post
            where kind = 'HELP_REQUEST'""",
    )
    assert (words, solved) == ([(8, True, 0, 0)], [(58,)])


async def test_people_write_by_day_most_in_the_evening_and_most_in_the_pandemic_spring(
    deinze: str,
) -> None:
    local = "created_at at time zone 'Europe/Brussels'"
    times = await databases.fetch(
        deinze,
        f"""select count(*) filter (where extract(hour from {local}) between 0 and 5),
            avg((extract(hour from {local}) between 17 and 22)::int) > 0.4,
            count(*) filter (where to_char({local}, 'MM') = '04')
                > 1.5 * count(*) filter (where to_char({local}, 'MM') = '07') from post""",
    )
    assert times == [(0, True, True)]
