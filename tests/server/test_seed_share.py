"""What Deinze shared: posts, cases in every state, the ledger, those who help and volunteer."""

import pytest

from server import seed
from tests.server import deinze as databases

# table: how its rows lead to a share
LEADS = {
    "case": "s.id = t.share_id",
    "comment_share": "s.id = t.share_id",
    "case_note": 's.id = (select share_id from "case" c where c.id = t.case_id)',
    "referral": 's.id = (select share_id from "case" c where c.id = t.case_id)',
}


async def test_the_figures_of_sharing_are_those_of_the_town(deinze: str) -> None:
    figures = await databases.fetch(
        deinze,
        """select (select count(*) from post_share),
            (select count(distinct post_id) from post_share),
            (select count(*) from "case"), (select count(*) from help_offer),
            (select count(*) from volunteer_consent),
            (select count(distinct resident_id) from volunteer_consent)""",
    )
    assert figures == [(39, 39, 39, 80, 68, 68)]


async def test_shares_are_of_every_purpose_most_with_the_service_centre(deinze: str) -> None:
    shares = await databases.fetch(
        deinze,
        """select purpose, count(*), count(*) filter (where o.slug = 'zeventiendorpen'),
            count(*) filter (where with_name), count(revoked_at) from post_share s
            join organisation o on o.id = s.organisation_id group by 1 order by 1""",
    )
    assert shares == [
        ("CARE_QUESTION", 17, 15, 12, 1),
        ("IDEA", 11, 9, 9, 1),
        ("OTHER", 3, 2, 3, 0),
        ("REPORT", 8, 4, 3, 1),
    ]


async def test_cases_stand_in_every_state_and_have_what_belongs_to_it(deinze: str) -> None:
    cases = await databases.fetch(
        deinze,
        """select state, count(*), min(version), count(answer), count(satisfaction),
            count(closed_at), count(assignee_id), count(due_on) from "case"
            group by 1 order by 1""",
    )
    assert cases == [
        ("ANSWERED", 8, 4, 8, 0, 0, 8, 8),
        ("CLOSED", 11, 5, 11, 11, 11, 11, 11),
        ("IN_PROGRESS", 8, 3, 0, 0, 0, 8, 8),
        ("RECEIVED", 8, 1, 0, 0, 0, 0, 0),
        ("REFERRED", 4, 3, 0, 0, 0, 0, 4),
    ]


async def test_an_author_shared_an_own_post_with_a_partner_that_covers_the_place(
    deinze: str,
) -> None:
    right = await databases.fetch(
        deinze,
        """select count(*) from post_share s join post p on p.id = s.post_id
            join membership m on m.id = s.author_id and m.id = p.author_id
                and m.resident_id = s.resident_id and m.state = 'ACTIVE'
            join coverage c on c.organisation_id = s.organisation_id
                and c.neighbourhood_id = p.neighbourhood_id and c.since <= s.created_at
            left join unit u on u.id = s.unit_id and u.organisation_id = s.organisation_id
            where s.created_at > p.created_at and p.audience <> 'NEIGHBOURS_ONLY'
                and (u.id is null) = (s.unit_id is null) and s.told_end = (s.revoked_at is not null)
                and s.purpose = case p.kind when 'HELP_REQUEST' then 'CARE_QUESTION'
                    when 'IDEA' then 'IDEA' when 'ALERT' then 'REPORT' else 'OTHER' end""",
    )
    assert right == [(39,)]


@pytest.mark.parametrize("table", LEADS)
async def test_what_hangs_on_a_share_repeats_its_columns(deinze: str, table: str) -> None:
    repeated = await databases.fetch(
        deinze,
        f"""select count(*) > 0, count(*) = (select count(*) from "{table}")
            from "{table}" t join post_share s on {LEADS[table]}
            where (t.neighbourhood_id, t.organisation_id, t.expires_at)
                    = (s.neighbourhood_id, s.organisation_id, s.expires_at)
                and (t.unit_id, t.revoked_at) is not distinct from (s.unit_id, s.revoked_at)
                and (t.resident_id = s.resident_id) = ('{table}' <> 'comment_share')
                and t.created_at >= s.created_at""",
    )
    assert repeated == [(True, True)]


async def test_a_case_is_followed_up_by_one_whom_it_reaches(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select c.id from "case" c join (select id as case_id, assignee_id as staff_id from "case"
                where assignee_id is not null union all select case_id, staff_id from case_note) by
                on by.case_id = c.id
            left join staff s on s.id = by.staff_id and s.organisation_id = c.organisation_id
                and s.role in ('CASE_WORKER', 'MANAGER')
                and (s.unit_id is null or c.unit_id is null or s.unit_id = c.unit_id)
            where s.id is null""",
    )
    assert wrong == []


async def test_an_answer_stands_under_the_post_in_the_words_of_the_case(deinze: str) -> None:
    answers = await databases.fetch(
        deinze,
        """select count(*), bool_and(a.author_id is null and a.announcer_id is null
                and a.body = c.answer and a.created_at = c.answered_at and a.audience = p.audience
                and c.answered_at > c.created_at
                and coalesce(c.closed_at > c.answered_at, true))
            from comment a join "case" c on c.post_id = a.post_id
                and c.organisation_id = a.organisation_id join post p on p.id = a.post_id""",
    )
    assert answers == [(19, True)]


async def test_commenters_are_asked_about_their_own_words_and_answer_in_every_way(
    deinze: str,
) -> None:
    asked = await databases.fetch(
        deinze,
        """select array_agg(distinct t.state order by t.state), bool_and(m.resident_id
                = t.resident_id and c.author_id = t.author_id and c.post_id = s.post_id
                and t.asker_id = s.author_id and t.author_id <> t.asker_id
                and t.created_at > c.created_at)
            from comment_share t join comment c on c.id = t.comment_id
            join membership m on m.id = t.author_id join post_share s on s.id = t.share_id""",
    )
    assert asked == [(["AGREED", "ASKED", "REFUSED", "WITHDRAWN"], True)]


async def test_one_author_is_asked_about_another_organisation_and_one_refused(
    deinze: str,
) -> None:
    referrals = await databases.fetch(
        deinze,
        """select r.state, o.slug, r.to_organisation_id <> r.organisation_id, c.state
            from referral r join "case" c on c.id = r.case_id
            join organisation o on o.id = r.to_organisation_id order by 1""",
    )
    assert referrals == [
        ("ASKED", "stad-deinze", True, "IN_PROGRESS"),
        ("REFUSED", "stad-deinze", True, "IN_PROGRESS"),
    ]


@pytest.mark.parametrize("table", ["post_share", "volunteer_consent"])
async def test_what_stands_in_the_demo_stands_for_decades(deinze: str, table: str) -> None:
    ends = await databases.fetch(deinze, f"select distinct expires_at::date::text from {table}")
    assert ends == [("2099-12-31",)]


@pytest.mark.parametrize("table", ["help_offer", "volunteer_consent"])
async def test_skills_are_those_of_the_catalogue_each_once(deinze: str, table: str) -> None:
    skills = await databases.fetch(
        deinze,
        f"""select count(distinct named) > 10, count(named) = count(s.id),
            count(*) = count(distinct (t.id, named)), bool_and(cardinality(t.skills) > 0)
            from {table} t left join unnest(t.skills) named on true
            left join skill s on s.slug = named""",
    )
    assert skills == [(True, True, True, True)]


async def test_who_offers_help_or_volunteers_is_a_member(deinze: str) -> None:
    strangers = await databases.fetch(
        deinze,
        """select h.id from help_offer h left join membership m on m.id = h.membership_id
                and m.neighbourhood_id = h.neighbourhood_id and m.state = 'ACTIVE'
                and m.role <> 'NEIGHBOURHOOD_WORKER' and m.created_at < h.created_at
            where m.id is null
            union all select v.id from volunteer_consent v left join membership m
                on m.id = v.membership_id and m.resident_id = v.resident_id
                and m.neighbourhood_id = v.neighbourhood_id and m.state = 'ACTIVE'
                and m.created_at < v.created_at
            left join coverage c on c.organisation_id = v.organisation_id
                and c.neighbourhood_id = v.neighbourhood_id
            where m.id is null or c.id is null""",
    )
    to = await databases.fetch(
        deinze,
        """select o.slug, count(*) from volunteer_consent v
            join organisation o on o.id = v.organisation_id group by 1 order by 1""",
    )
    assert (strangers, to) == ([], [("stad-deinze", 53), ("zeventiendorpen", 15)])


async def test_volunteers_are_asked_by_the_staff_of_whom_they_gave_leave_to(deinze: str) -> None:
    contacts = await databases.fetch(
        deinze,
        """select count(*) > 15, bool_and(s.organisation_id = v.organisation_id
                and t.organisation_id = v.organisation_id and t.resident_id = v.resident_id
                and t.created_at > v.created_at), count(answer) between 1 and count(*) - 1
            from volunteer_contact t join volunteer_consent v on v.id = t.consent_id
            join staff s on s.id = t.staff_id""",
    )
    assert contacts == [(True, True, True)]


async def test_the_ledger_tells_the_right_resident_of_what_was_granted_then(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select a.id from access_record a join staff s on s.id = a.staff_id
            left join (select id, resident_id, organisation_id, created_at, revoked_at,
                    'SHARE' as subject from post_share
                union all select id, resident_id, organisation_id, closed_at, revoked_at, 'CASE'
                    from "case"
                union all select id, resident_id, organisation_id, created_at, revoked_at, 'COMMENT'
                    from comment_share where state = 'AGREED'
                union all select id, resident_id, organisation_id, created_at, revoked_at,
                    'VOLUNTEER' from volunteer_consent) row on row.id = a.subject_id
                and row.subject = a.subject and row.resident_id = a.resident_id
                and row.organisation_id = a.organisation_id and row.created_at <= a.created_at
                and coalesce(row.revoked_at > a.created_at, true)
            where row.id is null or s.organisation_id <> a.organisation_id""",
    )
    assert wrong == []


async def test_the_ledger_begins_when_somebody_takes_a_share_up(deinze: str) -> None:
    firsts = await databases.fetch(
        deinze,
        """select a.id from access_record a where is_first <> not exists
            (select from access_record b where b.subject_id = a.subject_id
                and b.created_at < a.created_at)""",
    )
    unread = await databases.fetch(
        deinze,
        """select c.id from "case" c where (state = 'RECEIVED') <> not exists
            (select from access_record a where a.subject_id = c.share_id)""",
    )
    assert (firsts, unread) == ([], [])


async def test_the_resident_persona_has_one_of_each_thing_to_see(deinze: str) -> None:
    mine = await databases.fetch(
        deinze,
        f"""with me as (select r.id, m.id as member from resident r
                join membership m on m.resident_id = r.id
                where r.email = '{seed.personas["resident"]}')
            select (select array_agg(c.state order by c.state) from "case" c
                    where c.resident_id = me.id),
                (select count(*) > 0 from comment_share t where t.asker_id = me.member),
                (select count(*) > 3 from access_record a where a.resident_id = me.id),
                (select count(*) from help_offer h where h.membership_id = me.member),
                (select array_agg(o.slug) from volunteer_consent v join organisation o
                    on o.id = v.organisation_id where v.resident_id = me.id),
                (select count(*) from volunteer_contact t where t.resident_id = me.id)
            from me""",
    )
    assert mine == [(["ANSWERED", "CLOSED"], True, True, 1, ["stad-deinze"], 1)]
