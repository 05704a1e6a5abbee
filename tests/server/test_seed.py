"""Deinze as it is loaded: the figures of the town, who lives and registered where, the personas."""

import argon2
import pytest

from auth import secrets
from server import seed
from tests.server import deinze as databases


async def test_the_figures_are_those_of_the_town_after_one_year(deinze: str) -> None:
    figures = await databases.fetch(
        deinze,
        """select (select count(*) from neighbourhood), (select count(*) from household),
            (select count(*) from household where registered_at is not null),
            (select count(*) from post where removed_at is null and kind <> 'ANNOUNCEMENT'),
            (select count(*) from comment
                where deleted_at is null and removed_at is null and author_id is not null),
            (select count(*) from reaction), (select count(*) from event)""",
    )
    assert figures == [(17, 16_690, 3_772, 5_664, 24_745, 37_112, 0)]


async def test_sixty_five_of_a_hundred_registered_households_took_part(deinze: str) -> None:
    active = await databases.fetch(
        deinze,
        """select count(distinct h.id) from household h join membership m on m.household_id = h.id
            join (select author_id from post union select author_id from comment
                union select author_id from reaction) spoke on spoke.author_id = m.id
            where h.registered_at is not null""",
    )
    assert active == [(2_452,)]
    assert round(3_772 * 0.65) == 2_452


async def test_a_neighbourhood_counts_its_own_households(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select n.slug from neighbourhood n join household h on h.neighbourhood_id = n.id
            group by n.id having n.household_count <> count(*)
                or n.registered_household_count <> count(h.registered_at)""",
    )
    assert wrong == []


async def test_five_villages_are_the_pilot_and_the_others_follow_in_autumn(deinze: str) -> None:
    opened = await databases.fetch(
        deinze,
        """select to_char(opened_on, 'YYYY-MM') as month, count(*) from neighbourhood
            group by 1 order by 1""",
    )
    assert opened == [("2020-03", 5), ("2020-09", 6), ("2020-10", 6)]


async def test_a_household_is_registered_when_somebody_active_lives_there(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select h.id from household h where (h.registered_at is not null) <> exists
            (select from membership m where m.household_id = h.id and m.state = 'ACTIVE')""",
    )
    several = await databases.fetch(
        deinze,
        """select count(*) > 300 from (select from membership where state = 'ACTIVE'
            group by household_id having count(*) = 2) x""",
    )
    assert (wrong, several) == ([], [(True,)])


async def test_a_door_that_all_have_left_has_an_open_letter_for_who_comes_next(
    deinze: str,
) -> None:
    left = await databases.fetch(
        deinze,
        """select count(*) > 20, bool_and(coalesce(m.ended_at > m.created_at, false) and exists
                (select from invitation_code c where c.household_id = h.id
                    and c.used_at is null and c.created_at > m.ended_at))
            from membership m join household h on h.id = m.household_id
            where m.state = 'ENDED' and h.registered_at is null""",
    )
    assert left == [(True, True)]


async def test_a_housemate_who_left_does_not_end_the_registration(deinze: str) -> None:
    stayed = await databases.fetch(
        deinze,
        """select count(*) > 3, bool_and(m.verification = 'HOUSEHOLD' and exists
                (select from membership o where o.household_id = h.id and o.state = 'ACTIVE'))
            from membership m join household h on h.id = m.household_id
            where m.state = 'ENDED' and h.registered_at is not null""",
    )
    assert stayed == [(True, True)]


async def test_a_housemate_used_the_code_of_the_first_in_time(deinze: str) -> None:
    wrong = await databases.fetch(
        deinze,
        """select c.id from invitation_code c join membership m on m.id = c.issued_by_id
            where c.kind <> 'HOUSEHOLD' or m.household_id <> c.household_id
                or c.used_at not between c.created_at and c.expires_at
            union all select id from invitation_code
            where kind = 'HOUSEHOLD' and issued_by_id is null""",
    )
    assert wrong == []


async def test_every_household_had_a_letter_used_where_it_registered(deinze: str) -> None:
    letters = await databases.fetch(
        deinze,
        """select h.registered_at is not null as registered, count(distinct h.id),
            bool_and(case when h.registered_at is null then c.used_at is null
                and c.expires_at > now() else c.used_at is not distinct from h.registered_at end)
            from household h join lateral (select * from invitation_code c
                where c.household_id = h.id and c.kind = 'LETTER'
                order by c.id desc limit 1) c on true
            group by 1 order by 1""",
    )
    assert letters == [(False, 12_918, True), (True, 3_772, True)]


async def test_the_known_code_is_an_open_letter_in_astene(deinze: str) -> None:
    code = await databases.fetch(
        deinze,
        f"""select n.slug, c.kind, c.used_at, c.revoked_at, h.registered_at
            from invitation_code c join household h on h.id = c.household_id
            join neighbourhood n on n.id = c.neighbourhood_id
            where c.hash = '{secrets.digest_code(seed.INVITATION)}'""",
    )
    assert code == [("astene", "LETTER", None, None, None)]


@pytest.mark.parametrize(
    "table",
    [
        *("household", "membership", "post", "comment", "reaction", "help_offer", "guardian_leave"),
        *("help_request", "help_match", "conversation", "participant", "chat_message", "block"),
        *("content_report", "reported_message", "moderation_case"),
    ],
)
async def test_an_id_is_a_uuid_of_version_7_of_its_moment(deinze: str, table: str) -> None:
    wrong = await databases.fetch(
        deinze,
        f"""select id from {table} where uuid_extract_version(id) <> 7
            or uuid_extract_timestamp(id) <> created_at""",
    )
    assert wrong == []


async def test_each_neighbourhood_person_and_partner_has_a_stream_in_which_nothing_happened(
    deinze: str,
) -> None:
    streams = await databases.fetch(
        deinze,
        """select s.kind, count(s.id) = count(owner.id), max(last_sequence), max(trimmed_sequence)
            from stream s full join (select id, 'NEIGHBOURHOOD' as kind from neighbourhood
                union all select id, 'RESIDENT' from resident
                union all select id, 'ORGANISATION' from organisation) owner
            on owner.id = s.id and owner.kind = s.kind group by 1 order by 1""",
    )
    assert streams == [
        ("NEIGHBOURHOOD", True, 0, 0),
        ("ORGANISATION", True, 0, 0),
        ("RESIDENT", True, 0, 0),
    ]


async def test_both_neighbours_know_that_they_are_adjacent(deinze: str) -> None:
    alone = await databases.fetch(
        deinze,
        """select a.id from adjacency a where a.neighbourhood_id = a.adjacent_id or not exists
            (select from adjacency b where b.adjacent_id = a.neighbourhood_id
                and b.neighbourhood_id = a.adjacent_id)""",
    )
    around = await databases.fetch(
        deinze,
        """select o.slug from adjacency a join neighbourhood n on n.id = a.neighbourhood_id
            join neighbourhood o on o.id = a.adjacent_id where n.slug = 'astene' order by 1""",
    )
    assert alone == []
    assert around == [("bachte-maria-leerne",), ("deinze",), ("petegem-aan-de-leie",)]


async def test_the_personas_stand_where_their_names_say(deinze: str) -> None:
    found = await databases.fetch(
        deinze,
        """select r.email, n.slug, m.role, m.verification, m.state, m.street is null,
            m.household_id is null, c.password_hash
            from credential c join resident r on r.id = c.resident_id
            join membership m on m.resident_id = r.id
            join neighbourhood n on n.id = m.neighbourhood_id""",
    )
    names = {email: name for name, email in seed.personas.items()}
    at_home = ("LETTER", "ACTIVE", False, False)
    assert {names[row[0]]: row[1:-1] for row in found} == {
        "resident": ("astene", "RESIDENT", *at_home),
        "neighbour": ("astene", "RESIDENT", *at_home),
        "moderator": ("astene", "MODERATOR", *at_home),
        "nearby": ("petegem-aan-de-leie", "RESIDENT", *at_home),
        "stranger": ("hansbeke", "RESIDENT", *at_home),
        "worker": ("astene", "NEIGHBOURHOOD_WORKER", "STAFF", "ACTIVE", True, True),
    }
    hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
    for row in found:
        assert hasher.verify(row[-1], seed.DEMO_PASSWORD)
        assert not hasher.check_needs_rehash(row[-1])


async def test_two_loads_are_the_same_to_the_last_byte(deinze: str, nowhere: str) -> None:
    await seed.load(nowhere)
    assert await databases.digests(nowhere) == await databases.digests(deinze)


async def test_a_load_tells_how_far_it_is_and_an_interrupted_one_leaves_nothing(
    nowhere: str,
) -> None:
    told: list[tuple[str, int, int]] = []

    def interrupt_at_the_second(village: str, done: int, total: int) -> None:
        told.append((village, done, total))
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await seed.load(nowhere, progress=interrupt_at_the_second)
    assert told == [("Astene", 1_603, 16_690), ("Petegem-aan-de-Leie", 3_984, 16_690)]
    assert await seed.is_loaded(nowhere) is False
    assert await databases.fetch(nowhere, "select count(*) from household") == [(0,)]


async def test_a_second_load_changes_nothing(deinze: str) -> None:
    assert await seed.is_loaded(deinze) is True
    with pytest.raises(seed.NotEmpty):
        await seed.load(deinze)
    assert await databases.fetch(deinze, "select count(*) from household") == [(16_690,)]
