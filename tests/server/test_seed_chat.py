"""What Deinze says in private: talks with their seats, a chat that went wrong, the demo's own."""

from server import seed
from tests.server import deinze as databases

AROUND = 5


def member(persona: str) -> str:
    """The membership of a demo account, in SQL."""
    return f"""(select m.id from membership m join resident r on r.id = m.resident_id
        where r.email = '{seed.personas[persona]}')"""


async def test_talks_are_of_every_kind(deinze: str) -> None:
    talks = await databases.fetch(
        deinze,
        """select c.kind, count(distinct c.id), count(m.id), min(cardinality(participant_ids)),
            max(cardinality(participant_ids)), count(distinct c.title)
            from conversation c join chat_message m on m.conversation_id = c.id
            group by 1 order by 1""",
    )
    assert talks == [
        ("DIRECT", 152, 463, 2, 2, 0),
        ("GROUP", 7, 42, 4, 6, 7),
        ("MATCH", 726, 3_870, 2, 2, 0),
    ]


async def test_each_match_to_which_both_said_yes_has_a_talk_of_the_two(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select coalesce(m.id, c.id) from (select * from help_match
                where requester_accepted_at is not null and helper_accepted_at is not null) m
            full join (select * from conversation where kind = 'MATCH') c on c.match_id = m.id
            where m.id is null or c.id is null or c.neighbourhood_id <> m.neighbourhood_id
                or c.created_at <> greatest(m.requester_accepted_at, m.helper_accepted_at)
                or c.participant_ids <> array[m.requester_id, m.helper_id]""",
    )
    assert wrong == []


async def test_only_a_talk_of_two_names_its_pair_and_a_chat_is_the_only_one_of_it(
    deinze: str,
) -> None:
    wrong = await databases.fetch(
        deinze,
        """select id from conversation where (kind = 'GROUP') <> (pair_ids is null)
                or (kind = 'GROUP') <> (title is not null) or (kind = 'MATCH')
                    <> (match_id is not null) or pair_ids <> (select array_agg(id order by id)
                    from unnest(participant_ids) id)
            union all select min(id::text)::uuid from conversation where kind = 'DIRECT'
                group by pair_ids having count(*) > 1""",
    )
    assert wrong == []


async def test_who_takes_part_has_a_seat_and_is_an_active_neighbour(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select p.id from participant p join conversation c on c.id = p.conversation_id
            join membership m on m.id = p.membership_id
            where m.state <> 'ACTIVE' or m.created_at >= p.created_at
                or (p.left_at is null) <> (m.id = any(c.participant_ids))
                or p.reader_ids <> c.participant_ids
                or p.pair_ids is distinct from c.pair_ids
                or p.neighbourhood_id <> c.neighbourhood_id or p.created_at < c.created_at
                or c.kind <> 'MATCH' and m.neighbourhood_id <> c.neighbourhood_id
            union all select c.id from conversation c join participant p
                on p.conversation_id = c.id join membership m on m.id = p.membership_id
            group by c.id having count(distinct m.household_id) <> count(*)
                or count(p.left_at) <> count(*) - cardinality(c.participant_ids)""",
    )
    left = await databases.fetch(deinze, "select count(left_at), count(*) from participant")
    assert (wrong, left) == ([], [(2, 1_791)])


async def test_messages_come_in_order_from_those_who_take_part(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select m.id from chat_message m join conversation c on c.id = m.conversation_id
            left join participant p on p.conversation_id = c.id and p.membership_id = m.author_id
            where p.id is null or m.created_at < p.created_at or m.created_at > p.left_at
                or m.reader_ids <> c.participant_ids or m.pair_ids is distinct from c.pair_ids
                or m.neighbourhood_id <> c.neighbourhood_id or m.body = '' or m.body ~ '[{}]'
                or m.created_at > '2021-03-15 23:00+00'
            union all select conversation_id from chat_message
                group by 1 having array_agg(id order by created_at) <> array_agg(id order by id)""",
    )
    assert wrong == []


async def test_what_is_newest_and_what_is_read_is_a_message_of_the_talk(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select p.id from participant p join conversation c on c.id = p.conversation_id
            cross join lateral (select max(m.id::text)::uuid as newest, max(m.id::text) filter
                    (where m.author_id = p.membership_id) as own,
                    max(m.id::text) filter (where m.created_at < coalesce(p.left_at, 'infinity'))
                        as readable, bool_or(m.id = p.read_to_id) as is_there
                from chat_message m where m.conversation_id = c.id) said
            where c.last_message_id <> said.newest or p.last_message_id::text <> said.readable
                or p.read_to_id::text < said.own or p.read_to_id is not null and not said.is_there
                or said.own is not null and p.read_to_id is null""",
    )
    unread = await databases.fetch(
        deinze,
        """select count(*) from participant
            where left_at is null and read_to_id is distinct from last_message_id""",
    )
    assert (wrong, unread) == ([], [(130,)])


async def test_nothing_is_written_in_a_match_that_came_to_nothing(deinze: str) -> None:
    late = await databases.fetch(
        deinze,
        """select m.id from help_match h join conversation c on c.match_id = h.id
            join chat_message m on m.conversation_id = c.id
            where h.state = 'WITHDRAWN' and m.created_at >= h.ended_at""",
    )
    assert late == []


async def test_people_chat_by_day(deinze: str) -> None:
    nightly = await databases.fetch(
        deinze,
        """select count(*) from chat_message where extract(hour from created_at
            at time zone 'Europe/Brussels') between 0 and 5""",
    )
    assert nightly == [(0,)]


async def test_one_message_waits_for_the_moderator_with_those_around_it(deinze: str) -> None:
    reported = await databases.fetch(
        deinze,
        f"""select r.reason, n.slug, m.author_id = r.accused_id, m.author_id <> one.id,
            one.id = any(c.participant_ids), accused.role, (select state || ' ' || role
                from membership where id = {member("moderator")}
                    and neighbourhood_id = r.neighbourhood_id), b.created_at > r.created_at
            from content_report r join moderation_case a on a.id = r.case_id
            join chat_message m on m.id = a.subject_id and m.body = a.body
            join conversation c on c.id = m.conversation_id and c.kind = 'DIRECT'
            join membership one on one.resident_id = r.resident_id
            join membership accused on accused.id = r.accused_id
            join neighbourhood n on n.id = r.neighbourhood_id
            join block b on b.resident_id = r.resident_id and b.membership_id = r.accused_id""",
    )
    waiting = "ACTIVE MODERATOR"
    assert reported == [
        ("HARASSMENT", "astene", True, True, True, "RESIDENT", waiting, True),
    ]


async def test_the_moderators_read_copies_of_what_was_written(deinze: str) -> None:
    copies = await databases.fetch(
        deinze,
        f"""select count(*), bool_and((k.body, k.author_id, k.sent_at)
                = (m.body, m.author_id, m.created_at) and k.resident_id = a.resident_id
                and k.neighbourhood_id = r.neighbourhood_id and k.created_at = r.created_at),
            (select count(*) from chat_message o where o.conversation_id = x.conversation_id
                and abs((select count(*) from chat_message between_them
                    where between_them.conversation_id = o.conversation_id
                        and between_them.id < o.id) - (select count(*) from chat_message before
                    where before.conversation_id = o.conversation_id
                        and before.id < a.subject_id)) <= {AROUND})
            from content_report r join moderation_case a on a.id = r.case_id
            join reported_message k on k.case_id = a.id
            join chat_message m on m.id = k.message_id
            join chat_message x on x.id = a.subject_id group by x.conversation_id, a.subject_id""",
    )
    assert copies == [(7, True, 7)]


async def test_those_who_do_not_meet_talk_nowhere_but_where_it_went_wrong(deinze: str) -> None:
    talks = await databases.fetch(
        deinze,
        """select c.kind, c.last_message_id < b.id, exists (select from moderation_case a
                join chat_message m on m.id = a.subject_id where m.conversation_id = c.id)
            from block b join membership one on one.resident_id = b.resident_id
            join participant p on p.membership_id = one.id
            join participant o on o.conversation_id = p.conversation_id
                and o.membership_id = b.membership_id
            join conversation c on c.id = p.conversation_id""",
    )
    assert talks == [("DIRECT", True, True)]


async def test_the_resident_has_an_open_request_that_others_offer_just_that_for(
    deinze: str,
) -> None:
    asked = await databases.fetch(
        deinze,
        f"""select p.title, r.skill, r.state, r.asked_at is not null, r.confirmed_at > r.asked_at,
            array(select case when o.membership_id = {member("neighbour")} then 'the neighbour'
                    when o.membership_id = m.helper_id then 'who waits' else 'another' end
                from help_offer o where o.neighbourhood_id = r.neighbourhood_id
                    and r.skill = any(o.skills) and not o.paused and o.ends_on is null
                    and o.reach <> 'STREET' order by 1),
            (select o.hears_requests from help_offer o
                where o.membership_id = {member("neighbour")}),
            m.state, m.proposed_by_id = m.helper_id, m.note <> ''
            from help_request r join post p on p.id = r.post_id
            join help_match m on m.post_id = p.id
            where r.author_id = {member("resident")} and m.state = 'PROPOSED'""",
    )
    offering = ["another", "another", "the neighbour", "who waits"]
    assert asked == [
        (
            *("Wie helpt met de haag?", "hedge", "OPEN", True, True),
            *(offering, True, "PROPOSED", True, True),
        )
    ]


async def test_the_neighbour_has_helped_the_resident_and_both_gave_thanks(deinze: str) -> None:
    helped = await databases.fetch(
        deinze,
        f"""select p.title, m.state, r.state, m.ended_at < p.solved_at, m.requester_thanks like
                'Marc, %', m.helper_thanks like '%, Lies.%', count(x.id),
            count(distinct x.author_id), bool_and(x.created_at > m.helper_accepted_at)
            from help_match m join help_request r on r.post_id = m.post_id
            join post p on p.id = m.post_id join conversation c on c.match_id = m.id
            join chat_message x on x.conversation_id = c.id
            where m.requester_id = {member("resident")} and m.helper_id = {member("neighbour")}
                and r.skill = 'odd-jobs' group by m.id, r.id, p.id""",
    )
    assert helped == [("Klusje", "COMPLETED", "SOLVED", True, True, True, 7, 2, True)]


async def test_the_worker_proposed_the_neighbour_and_both_have_yet_to_answer(deinze: str) -> None:
    waiting = await databases.fetch(
        deinze,
        f"""select r.state, starts_with(m.note, 'Dag ' || split_part(one.display_name, ' ', 1)
                || ' en Marc, '), m.requester_accepted_at, m.helper_accepted_at,
            not exists (select from help_request later where later.id > r.id
                and later.neighbourhood_id = r.neighbourhood_id)
            from help_match m join help_request r on r.post_id = m.post_id
            join membership one on one.id = m.requester_id
            where m.state = 'PROPOSED' and m.helper_id = {member("neighbour")}
                and m.proposed_by_id = {member("worker")}""",
    )
    assert waiting == [("OPEN", True, None, None, True)]


async def test_the_people_of_the_demo_talk_in_a_group(deinze: str) -> None:
    groups = await databases.fetch(
        deinze,
        f"""select c.title, cardinality(c.participant_ids), (select count(left_at)
                from participant p where p.conversation_id = c.id) from conversation c
            where c.kind = 'GROUP' and {member("neighbour")} = any(c.participant_ids)
            order by c.id""",
    )
    assert groups == [
        ("Straatfeest Emiel Veerbootstraat", 5, 1),
        ("Samen naar het vaccinatiecentrum", 5, 0),
    ]
