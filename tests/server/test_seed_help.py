"""Who offers and who asks for help in Deinze, and what came of it; who is under age."""

from tests.server import deinze as databases


async def test_of_a_hundred_requests_a_neighbour_solved_fifty_eight(deinze: str) -> None:
    outcomes = await databases.fetch(
        deinze,
        """select r.state, count(*), count(*) filter (where exists (select from help_match m
                where m.post_id = r.post_id and m.state = 'COMPLETED')),
            count(*) filter (where r.created_at > timestamptz '2021-03-15' - interval '60 days')
            from help_request r group by 1 order by 1""",
    )
    assert outcomes == [
        ("MATCHED", 9, 0, 9),
        ("OPEN", 80, 0, 57),
        ("SOLVED", 603, 603, 153),
        ("WITHDRAWN", 350, 0, 39),
    ]
    assert round(100 * 603 / 1_042) == 58


async def test_a_request_stands_behind_each_post_that_asks_for_help(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select coalesce(p.id, r.id) from help_request r
            full join (select * from post where kind = 'HELP_REQUEST') p on p.id = r.post_id
            where (r.author_id, r.neighbourhood_id, r.audience, r.created_at)
                    is distinct from (p.author_id, p.neighbourhood_id, p.audience, p.created_at)
                or (r.state = 'SOLVED') <> (p.solved_at is not null)""",
    )
    assert wrong == []


async def test_what_is_asked_for_can_be_asked_for(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select r.id from help_request r left join skill s on s.slug = r.skill
            where (s.id is null) <> (r.skill is null) or r.people not between 1 and 4
                or r.minutes not between 5 and 10080 or r.wanted_from <= r.created_at
                or r.wanted_until <= r.wanted_from or (r.wanted_from is null)
                    <> (r.wanted_until is null)""",
    )
    told = await databases.fetch(
        deinze,
        """select count(skill), count(wanted_from), count(minutes), count(*) filter
            (where people > 1), count(distinct skill), count(distinct urgency) from help_request""",
    )
    assert (wrong, told) == ([], [(1_013, 242, 844, 135, 34, 3)])


async def test_authors_of_old_open_requests_were_asked_once_whether_they_stand(
    deinze: str,
) -> None:
    wrong = await databases.fetch(
        deinze,
        """select id from help_request where asked_at < created_at + interval '14 days'
            or confirmed_at <= asked_at or confirmed_at is not null
                and (asked_at is null or state <> 'OPEN')
            or state = 'OPEN' and asked_at is null
                and created_at < timestamptz '2021-03-15 23:00+01' - interval '15 days'""",
    )
    asked = await databases.fetch(
        deinze,
        """select state, count(asked_at), count(confirmed_at) from help_request
            group by 1 order by 1""",
    )
    assert wrong == []
    assert asked == [("MATCHED", 0, 0), ("OPEN", 64, 33), ("SOLVED", 34, 0), ("WITHDRAWN", 150, 0)]


async def test_offers_say_when_how_far_and_until_when(deinze: str) -> None:
    offers = await databases.fetch(
        deinze,
        """select reach, count(*), count(*) filter (where paused), count(ends_on),
            count(*) filter (where hears_requests), count(*) filter (where note <> ''),
            count(*) filter (where availability <> '{}') from help_offer group by 1 order by 1""",
    )
    assert offers == [
        ("NEARBY", 14, 2, 0, 6, 9, 13),
        ("NEIGHBOURHOOD", 56, 3, 1, 15, 45, 48),
        ("STREET", 10, 1, 2, 5, 6, 10),
    ]


async def test_minors_are_quiet_housemates_and_most_have_the_leave_of_an_adult(
    deinze: str,
) -> None:
    minors = await databases.fetch(
        deinze,
        """select count(*), count(l.id), count(l.revoked_at), bool_and(m.state = 'ACTIVE'
                and m.verification = 'HOUSEHOLD' and not exists (select from help_offer o
                    where o.membership_id = m.id)
                and not exists (select from post p where p.author_id = m.id))
            from resident r join membership m on m.resident_id = r.id
            left join guardian_leave l on l.membership_id = m.id
            where r.age_band = 'UNDER_18'""",
    )
    wrong = await databases.fetch(
        deinze,
        """select l.id from guardian_leave l join membership m on m.id = l.membership_id
            join membership g on g.id = l.guardian_id join resident r on r.id = g.resident_id
            where g.household_id <> m.household_id or g.id = m.id or g.state <> 'ACTIVE'
                or r.age_band <> 'ADULT' or l.resident_id <> m.resident_id
                or l.created_at <= m.created_at or l.revoked_at <= l.created_at
                or l.neighbourhood_id <> m.neighbourhood_id or l.expires_at < '2099-01-01'""",
    )
    assert (minors, wrong) == ([(15, 13, 3, True)], [])
    assert await databases.fetch(deinze, "select id from resident where age_band is null") == []
