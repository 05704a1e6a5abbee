"""The posts of an announcement: in each neighbourhood that it is for, and in no other."""

import asyncio
from datetime import UTC, datetime, timedelta

import models
import resolvers.announcement
from realtime.hub import Hub
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.announcing import ALERT, DAY, SNOW, announce, feed, titles
from tests.resolvers.conftest import Act
from tests.world import World


async def test_an_announcement_stands_in_each_neighbourhood_that_is_covered(
    act: Act, ask: Ask, partners: World
) -> None:
    await announce(act, partners)
    expected = {
        "kind": "ANNOUNCEMENT",
        "audience": "NEIGHBOURHOOD",
        "title": SNOW["title"],
        "body": SNOW["body"],
        "purpose": "PRACTICAL_INFO",
        "urgentUntil": None,
        "isMine": False,
        "author": None,
        "organisation": {"name": "Town"},
        "readBy": {"name": "Town"},
    }
    for persona, place in (("neighbour", "home"), ("worker", "home"), ("nearby", "beside")):
        assert (await feed(ask, partners, persona, place))["feed"]["nodes"] == [expected]
    assert await ledger.told(partners.home) == ["POST_PUBLISHED"]
    assert await ledger.told(partners.neighbourhoods["beside"]) == ["POST_PUBLISHED"]
    assert await ledger.told(partners.neighbourhoods["far"]) == []


async def test_who_lives_where_it_is_not_for_sees_nothing(
    act: Act, ask: Ask, partners: World
) -> None:
    beside = partners.neighbourhoods["beside"]
    row = await announce(act, partners, neighbourhood_ids=[beside, beside])
    post = await models.Post.get(announcement_id=row.id)
    assert post.neighbourhood_id == beside
    assert await titles(ask, partners, "nearby", "beside") == [SNOW["title"]]
    for persona, place in (("neighbour", "home"), ("neighbour", "beside"), ("stranger", "far")):
        assert await titles(ask, partners, persona, place) == []
        found = await ask(persona, "query ($id: ID!) { post(id: $id) { body } }", id=post.id)
        assert found.data == {"post": None}
    assert await ledger.told(partners.home) == []


async def test_what_a_neighbour_writes_has_no_organisation(ask: Ask, partners: World) -> None:
    post_id = partners.posts[models.Audience.NEIGHBOURHOOD]
    answer = await ask(
        "neighbour",
        "query ($id: ID!) { post(id: $id) { organisation { id } readBy { id } purpose"
        " urgentUntil comments { nodes { organisation { id } } } } }",
        id=post_id,
    )
    assert answer.errors is None
    nothing = {"organisation": None, "readBy": None, "purpose": None, "urgentUntil": None}
    assert answer.data == {"post": {**nothing, "comments": {"nodes": [{"organisation": None}]}}}


async def test_alerts_stand_apart_until_they_are_over(act: Act, ask: Ask, partners: World) -> None:
    until = datetime.now(UTC) + DAY
    await announce(act, partners)
    row = await announce(act, partners, purpose=ALERT, title="Hitte", urgent_until=until)
    assert await titles(ask, partners, "neighbour", "home", "alerts") == ["Hitte"]
    assert await titles(ask, partners, "stranger", "home", "alerts") == []
    assert await titles(ask, partners, "editor", "home", "alerts") == []
    await models.Post.filter(announcement_id=row.id).update(urgent_until=datetime.now(UTC))
    assert await titles(ask, partners, "neighbour", "home", "alerts") == []
    assert await titles(ask, partners, "neighbour", "home") == ["Hitte", SNOW["title"]]


async def test_what_is_scheduled_appears_at_its_moment_and_not_before(
    act: Act, ask: Ask, hub: Hub, partners: World
) -> None:
    moment = datetime.now(UTC) + DAY
    row = await announce(act, partners, publish_at=moment)
    assert await resolvers.announcement.publish_due(hub, moment - timedelta(seconds=1)) == 0
    assert await models.Post.filter(announcement_id=row.id).count() == 0
    assert await titles(ask, partners, "neighbour", "home") == []
    assert await resolvers.announcement.publish_due(hub, moment) == 1
    assert await titles(ask, partners, "neighbour", "home") == [SNOW["title"]]
    assert await titles(ask, partners, "nearby", "beside") == [SNOW["title"]]
    assert await ledger.told(partners.home) == ["POST_PUBLISHED"]
    assert (await models.Announcement.get(id=row.id)).published_at == moment
    assert await resolvers.announcement.publish_due(hub, moment) == 0


async def test_what_is_no_longer_covered_is_left_out(
    act: Act, ask: Ask, hub: Hub, partners: World
) -> None:
    moment = datetime.now(UTC) + DAY
    row = await announce(act, partners, publish_at=moment)
    await models.Coverage.filter(neighbourhood_id=partners.home).delete()
    assert await resolvers.announcement.publish_due(hub, moment) == 1
    assert await titles(ask, partners, "neighbour", "home") == []
    stands = (await models.Announcement.get(id=row.id)).neighbourhood_ids
    assert stands == [partners.neighbourhoods["beside"]]


async def test_workers_side_by_side_publish_once(act: Act, hub: Hub, partners: World) -> None:
    moment = datetime.now(UTC) + DAY
    for _ in range(4):
        await announce(act, partners, publish_at=moment)
    rounds = [resolvers.announcement.publish_due(hub, moment) for _ in range(3)]
    assert sum(await asyncio.gather(*rounds)) == 4
    assert await models.Post.filter(announcement_id__isnull=False).count() == 8


async def test_what_was_withdrawn_before_its_moment_never_appears(
    act: Act, hub: Hub, partners: World
) -> None:
    moment = datetime.now(UTC) + DAY
    row = await announce(act, partners, publish_at=moment)
    withdraw = resolvers.announcement.withdraw_announcement
    assert (await act("editor", withdraw, announcement_id=row.id)).withdrawn_at is not None
    assert await resolvers.announcement.publish_due(hub, moment) == 0
    assert await models.Post.filter(announcement_id=row.id).count() == 0


async def test_an_edit_changes_every_post_of_it(act: Act, ask: Ask, partners: World) -> None:
    row = await announce(act, partners)
    edit = resolvers.announcement.edit_announcement
    await act("editor", edit, announcement_id=row.id, title="Dooi", body="Het dooit.")
    for persona, place in (("neighbour", "home"), ("nearby", "beside")):
        assert await titles(ask, partners, persona, place) == ["Dooi"]
    posts = await models.Post.filter(announcement_id=row.id)
    assert {post.body for post in posts} == {"Het dooit."}
    assert all(post.edited_at is not None for post in posts)
    assert await ledger.told(partners.home) == ["POST_PUBLISHED", "POST_EDITED"]
