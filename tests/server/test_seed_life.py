"""What the seed tells of gatherings and polls fits the posts, the members and the counters."""

import pytest

from tests.server import deinze as databases


async def test_each_event_and_each_poll_has_what_its_post_says(deinze: str) -> None:
    for table, kind in (("gathering", "EVENT"), ("poll", "POLL")):
        wrong = await databases.fetch(
            deinze,
            f"""select coalesce(p.id, g.id) from {table} g
                full join (select * from post where kind = '{kind}') p on p.id = g.post_id
                where (g.author_id, g.neighbourhood_id, g.audience, g.created_at)
                    is distinct from (p.author_id, p.neighbourhood_id, p.audience, p.created_at)""",
        )
        assert wrong == []
    told = await databases.fetch(
        deinze,
        """select (select count(*) from gathering), (select count(*) from attendance),
            (select count(*) from poll), (select count(*) from ballot)""",
    )
    assert told == [(399, 2_811, 329, 4_486)]


async def test_the_day_is_the_one_that_stands_in_the_words(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select g.id from gathering g join post p on p.id = g.post_id
            where g.starts_at <= g.created_at or g.starts_at > g.created_at + interval '18 days'""",
    )
    assert wrong == []


@pytest.mark.parametrize("state", ["going", "maybe", "waiting"])
async def test_counters_of_gatherings_equal_a_recount(deinze: str, state: str) -> None:
    wrong = await databases.fetch(
        deinze,
        f"""select g.id from gathering g where g.{state}_count <> (select count(*)
            from attendance a where a.gathering_id = g.id and a.state = '{state.upper()}')
            or g.going_count > g.capacity
            or g.waiting_count > 0 and g.going_count is distinct from g.capacity""",
    )
    assert wrong == []


async def test_sums_of_polls_equal_the_ballots(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select p.id from poll p
            where p.ballot_count <> (select sum(c) from unnest(p.counts) c)
            or cardinality(p.counts) <> cardinality(p.options)
            or (p.method = 'FOR_OR_AGAINST') <> (p.options = '{FOR,AGAINST}')
            or p.ballot_count <> (select count(*) from ballot b where b.poll_id = p.id
                and b.created_at between p.created_at and p.closes_at)
            or exists (select from ballot b join membership m on m.id = b.membership_id
                where b.poll_id = p.id and (m.neighbourhood_id <> p.neighbourhood_id
                    or m.role = 'NEIGHBOURHOOD_WORKER' or m.created_at > b.created_at))""",
    )
    assert wrong == []
