"""The matches of Deinze: in every state, with what belongs to it, and by the rules."""

import pytest

from tests.server import deinze as databases

# what each state of a match asks of the moments at which it was accepted by both, and ended
STAMPS = {
    "PROPOSED": "not agreed and ended_at is null",
    "ACCEPTED": "agreed and ended_at is null",
    "DECLINED": "not agreed and ended_at > created_at",
    "WITHDRAWN": "ended_at > created_at",
    "COMPLETED": "agreed and ended_at > created_at",
}


async def test_matches_stand_in_every_state_and_are_proposed_by_all_who_may(deinze: str) -> None:
    matches = await databases.fetch(
        deinze,
        """select state, count(*), count(*) filter (where proposed_by_id = requester_id),
            count(*) filter (where proposed_by_id = helper_id),
            count(*) filter (where proposed_by_id not in (requester_id, helper_id)),
            count(*) filter (where helper_id in (select membership_id from help_offer)),
            count(address), count(requester_thanked_at), count(helper_thanked_at)
            from help_match group by 1 order by 1""",
    )
    assert matches == [
        ("ACCEPTED", 15, 5, 10, 0, 12, 7, 0, 0),
        ("COMPLETED", 684, 211, 447, 26, 413, 0, 471, 231),
        ("DECLINED", 159, 44, 110, 5, 89, 0, 0, 0),
        ("PROPOSED", 33, 10, 22, 1, 18, 0, 0, 0),
        ("WITHDRAWN", 73, 22, 48, 3, 41, 0, 0, 0),
    ]


@pytest.mark.parametrize("state", STAMPS)
async def test_a_match_has_the_moments_of_its_state(deinze: str, state: str) -> None:
    wrong = await databases.fetch(
        deinze,
        f"""select id from (select *, requester_accepted_at is not null
                and helper_accepted_at is not null as agreed from help_match) m
            where state = '{state}' and not ({STAMPS[state]}) or ended_at <=
                greatest(requester_accepted_at, helper_accepted_at) or created_at >
                least(requester_accepted_at, helper_accepted_at)
            or proposed_by_id = requester_id and requester_accepted_at is distinct from created_at
            or proposed_by_id = helper_id and helper_accepted_at is distinct from created_at
            or address is not null and state <> 'ACCEPTED'
            or (requester_thanked_at is not null or helper_thanked_at is not null)
                and (state <> 'COMPLETED' or ended_at >= least(requester_thanked_at,
                    helper_thanked_at))
            or requester_thanks <> '' and requester_thanked_at is null
            or helper_thanks <> '' and helper_thanked_at is null""",
    )
    assert wrong == []


async def test_never_more_neighbours_help_than_were_asked_for(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select r.id from help_request r left join help_match m on m.post_id = r.post_id
            group by r.id having count(*) filter (where m.state in ('ACCEPTED', 'COMPLETED'))
                    not between case when r.state = 'MATCHED' then r.people else 0 end
                    and case when r.state = 'OPEN' then r.people - 1 else r.people end
                or r.state = 'SOLVED' and count(*) filter (where m.state = 'COMPLETED') = 0
                or r.state in ('SOLVED', 'WITHDRAWN')
                    and count(*) filter (where m.state in ('PROPOSED', 'ACCEPTED')) > 0
                or r.state = 'WITHDRAWN' and count(*) filter (where m.state = 'COMPLETED') > 0""",
    )
    assert wrong == []


async def test_a_match_begins_after_its_request_and_is_over_before_that_is_solved(
    deinze: str,
) -> None:
    wrong = await databases.fetch(
        deinze,
        """select m.id from help_match m join post p on p.id = m.post_id
            where m.created_at <= p.created_at or m.ended_at > p.solved_at
                or greatest(m.created_at, m.ended_at, m.requester_thanked_at,
                    m.helper_thanked_at) > '2021-03-15 23:00+00'""",
    )
    assert wrong == []


async def test_the_two_are_neighbours_of_other_doors_who_live_there_by_then(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select m.id from help_match m join post p on p.id = m.post_id
            join membership one on one.id = m.requester_id join membership other
                on other.id = m.helper_id
            where m.requester_id <> p.author_id or m.neighbourhood_id <> p.neighbourhood_id
                or one.resident_id = other.resident_id or one.household_id = other.household_id
                or one.state <> 'ACTIVE' or other.state <> 'ACTIVE'
                or other.role = 'NEIGHBOURHOOD_WORKER' or other.created_at >= p.created_at""",
    )
    assert wrong == []


async def test_next_door_both_allowed_it(deinze: str) -> None:
    there = await databases.fetch(
        deinze,
        """select count(*), bool_and(r.audience = 'NEIGHBOURS_NEARBY' and o.reach = 'NEARBY'
                and a.id is not null and m.proposed_by_id = m.helper_id and h.nearby_count > 0)
            from help_match m join help_request r on r.post_id = m.post_id
            join membership h on h.id = m.helper_id left join help_offer o
                on o.membership_id = h.id
            left join adjacency a on a.neighbourhood_id = m.neighbourhood_id
                and a.adjacent_id = h.neighbourhood_id
            where h.neighbourhood_id <> m.neighbourhood_id""",
    )
    assert there == [(15, True)]


async def test_whoever_is_asked_offers_help_that_reaches_who_asked(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select m.id from help_match m join membership one on one.id = m.requester_id
            join membership other on other.id = m.helper_id
            left join help_offer o on o.membership_id = m.helper_id
                and o.created_at < m.created_at
                and (o.reach <> 'STREET' or one.street = other.street)
                and (not o.paused or m.created_at < '2021-02-14')
                and coalesce(o.ends_on >= m.created_at::date, true)
            where m.proposed_by_id <> m.helper_id and o.id is null""",
    )
    assert wrong == []


async def test_a_worker_proposes_where_professionals_may_read(deinze: str) -> None:
    workers = await databases.fetch(
        deinze,
        """select n.slug, count(*), bool_and(w.role = 'NEIGHBOURHOOD_WORKER'
                and w.verification = 'STAFF' and r.audience <> 'NEIGHBOURS_ONLY'
                and w.neighbourhood_id = m.neighbourhood_id)
            from help_match m join membership w on w.id = m.proposed_by_id
            join help_request r on r.post_id = m.post_id
            join neighbourhood n on n.id = m.neighbourhood_id
            where m.proposed_by_id not in (m.requester_id, m.helper_id) group by 1 order by 1""",
    )
    assert workers == [
        ("astene", 11, True),
        ("deinze", 7, True),
        ("nevele", 3, True),
        ("petegem-aan-de-leie", 14, True),
    ]


async def test_how_often_and_when_somebody_was_asked_equals_a_recount(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select o.id from help_offer o left join help_match m on m.helper_id = o.membership_id
                and m.proposed_by_id <> m.helper_id
            group by o.id having o.asked_count <> count(m.id)
                or o.last_asked_at is distinct from max(m.created_at)""",
    )
    assert wrong == []


async def test_a_minor_is_matched_by_the_leave_of_a_guardian_alone(deinze: str) -> None:
    matched = await databases.fetch(
        deinze,
        """select count(*), count(distinct m.helper_id), bool_and(l.id is not null)
            from help_match m join membership h on m.helper_id = h.id or m.requester_id = h.id
            join resident r on r.id = h.resident_id and r.age_band = 'UNDER_18'
            left join guardian_leave l on l.membership_id = h.id
                and l.created_at < m.created_at and l.revoked_at is null""",
    )
    assert matched == [(33, 7, True)]


async def test_nobody_is_matched_with_one_who_does_not_want_to_meet(deinze: str) -> None:
    blocks = await databases.fetch(
        deinze,
        """select n.slug, one.role, other.role, other.neighbourhood_id = one.neighbourhood_id,
            one.household_id <> other.household_id, not exists (select from help_match m
                where one.id in (m.requester_id, m.helper_id, m.proposed_by_id)
                    and other.id in (m.requester_id, m.helper_id, m.proposed_by_id))
            from block b join neighbourhood n on n.id = b.neighbourhood_id
            join membership other on other.id = b.membership_id
                and other.resident_id = b.blocked_id and other.created_at < b.created_at
            join membership one on one.resident_id = b.resident_id
                and one.created_at < b.created_at
            left join credential c on c.resident_id in (b.resident_id, b.blocked_id)
            where c.id is null order by 1""",
    )
    at_peace = ("RESIDENT", "RESIDENT", True, True, True)
    assert blocks == [
        ("astene", *at_peace),
        ("nevele", *at_peace),
        ("petegem-aan-de-leie", *at_peace),
    ]
