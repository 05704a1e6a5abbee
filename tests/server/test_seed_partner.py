"""The partners of Deinze: who they are, whom they reach, and what they announced."""

from server import seed
from tests.server import deinze as databases


async def test_three_partners_cover_the_town_each_since_the_village_opened(deinze: str) -> None:
    covered = await databases.fetch(
        deinze,
        """select o.slug, o.kind, count(*), bool_and(c.since = n.opened_on),
            count(*) filter (where c.since = '2020-03-16')
            from organisation o join coverage c on c.organisation_id = o.id
            join neighbourhood n on n.id = c.neighbourhood_id group by 1, 2 order by 1""",
    )
    assert covered == [
        ("de-bosrank", "SERVICE_CENTRE", 9, True, 2),
        ("stad-deinze", "TOWN", 17, True, 5),
        ("zeventiendorpen", "SERVICE_CENTRE", 17, True, 5),
    ]


async def test_town_and_service_centre_have_staff_of_every_role(deinze: str) -> None:
    roles = await databases.fetch(
        deinze,
        """select o.slug, array_agg(distinct s.role order by s.role) from staff s
            join organisation o on o.id = s.organisation_id
            left join unit u on u.id = s.unit_id and u.organisation_id = o.id
            where (u.id is null) = (s.unit_id is null) group by 1 order by 1""",
    )
    everyone = ["ANALYST", "CASE_WORKER", "EDITOR", "MANAGER"]
    assert roles == [
        ("de-bosrank", ["CASE_WORKER", "EDITOR", "MANAGER"]),
        ("stad-deinze", everyone),
        ("zeventiendorpen", everyone),
    ]


async def test_each_persona_on_the_staff_has_an_account_and_lives_nowhere(deinze: str) -> None:
    found = await databases.fetch(
        deinze,
        """select r.email, o.slug, s.role, u.name from staff s
            join resident r on r.id = s.resident_id
            join organisation o on o.id = s.organisation_id
            left join unit u on u.id = s.unit_id
            join credential c on c.resident_id = r.id
            where not exists (select from membership m where m.resident_id = r.id)""",
    )
    names = {email: name for name, email in seed.personas.items()}
    assert {names[row[0]]: row[1:] for row in found if row[0] in names} == {
        "manager": ("stad-deinze", "MANAGER", None),
        "editor": ("stad-deinze", "EDITOR", None),
        "case_worker": ("stad-deinze", "CASE_WORKER", "Welzijn"),
        "analyst": ("stad-deinze", "ANALYST", None),
        "centre_manager": ("zeventiendorpen", "MANAGER", None),
        "centre_case_worker": ("zeventiendorpen", "CASE_WORKER", None),
    }


async def test_a_neighbourhood_worker_is_sent_by_a_partner_that_covers_the_place(
    deinze: str,
) -> None:
    workers = await databases.fetch(
        deinze,
        """select n.slug, o.slug, s.role, m.verification from membership m
            join neighbourhood n on n.id = m.neighbourhood_id
            join organisation o on o.id = m.organisation_id
            join coverage c on c.organisation_id = o.id and c.neighbourhood_id = n.id
            join staff s on s.resident_id = m.resident_id and s.organisation_id = o.id
            where m.role = 'NEIGHBOURHOOD_WORKER' order by 1""",
    )
    assert workers == [
        ("astene", "de-bosrank", "CASE_WORKER", "STAFF"),
        ("deinze", "de-bosrank", "CASE_WORKER", "STAFF"),
        ("nevele", "zeventiendorpen", "CASE_WORKER", "STAFF"),
        ("petegem-aan-de-leie", "de-bosrank", "CASE_WORKER", "STAFF"),
    ]


async def test_there_are_eight_announcements_of_every_purpose(deinze: str) -> None:
    told = await databases.fetch(
        deinze,
        """select a.publish_at::date::text, o.slug, a.purpose, cardinality(a.neighbourhood_ids),
            a.urgent_until::date::text from announcement a
            join organisation o on o.id = a.organisation_id
            join staff s on s.id = a.staff_id and s.organisation_id = o.id and s.role = 'EDITOR'
            order by a.id""",
    )
    assert told == [
        ("2020-04-03", "zeventiendorpen", "COHESION", 5, None),
        ("2020-06-15", "stad-deinze", "PRACTICAL_INFO", 5, None),
        ("2020-08-06", "stad-deinze", "ALERT", 5, "2020-08-12"),
        ("2020-10-26", "stad-deinze", "CALL_TO_ACTION", 17, None),
        ("2020-11-16", "stad-deinze", "INITIATIVE", 4, None),
        ("2020-12-07", "de-bosrank", "COHESION", 1, None),
        ("2021-01-25", "stad-deinze", "CALL_TO_ACTION", 17, None),
        ("2021-02-07", "stad-deinze", "AWARENESS", 17, None),
    ]


async def test_an_announcement_stands_once_in_each_feed_it_is_meant_for(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select a.id, place from announcement a cross join unnest(a.neighbourhood_ids) place
            left join lateral (select * from post p where p.neighbourhood_id = place
                and p.kind = 'ANNOUNCEMENT') p on p.announcement_id = a.id
            left join coverage c on c.neighbourhood_id = place
                and c.organisation_id = a.organisation_id and c.since <= a.publish_at
            group by a.id, place, a.organisation_id, a.published_at, a.title, a.body, a.urgent_until
            having count(*) <> 1 or count(c.id) <> 1 or not bool_and(p.author_id is null
                and p.organisation_id = a.organisation_id and p.created_at = a.published_at
                and (p.title, p.body) = (a.title, a.body)
                and p.urgent_until is not distinct from a.urgent_until)""",
    )
    stray = await databases.fetch(
        deinze,
        """select p.id from post p left join announcement a on a.id = p.announcement_id
            where (p.kind = 'ANNOUNCEMENT') <> (p.author_id is null)
                or (p.kind = 'ANNOUNCEMENT') <> coalesce(p.neighbourhood_id
                    = any(a.neighbourhood_ids), false)""",
    )
    assert (wrong, stray) == ([], [])


async def test_what_is_said_under_an_announcement_is_read_by_its_organisation_alone(
    deinze: str,
) -> None:
    wrong = await databases.fetch(
        deinze,
        """select c.id from comment c join post p on p.id = c.post_id
            where c.announcer_id is distinct from p.organisation_id
                or (c.author_id is null) <> (c.organisation_id is not null)
                or c.organisation_id <> coalesce(p.organisation_id, c.organisation_id)""",
    )
    said = await databases.fetch(
        deinze,
        """select count(*) filter (where author_id is not null) > 150,
            count(*) filter (where author_id is null) = (select count(*) from post
                where kind = 'ANNOUNCEMENT') from comment where announcer_id is not null""",
    )
    assert (wrong, said) == ([], [(True, True)])
