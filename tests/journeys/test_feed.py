"""The story of a feed: one writes, another reads it live, a stranger gets nothing."""

from typing import Any

import models
from server import migration
from server.settings import Settings
from tests.running import As, Server, running
from tests.world import World

FEED = """
subscription ($id: ID!, $after: String) {
  feedEvents(neighbourhoodId: $id, after: $after) {
    __typename cursor id at
    ... on PostPublished { post { body author { displayName } } }
    ... on PostEdited { post { body } }
    ... on PostRemoved { postId }
    ... on PostSolved { post { solvedAt } }
    ... on CommentAdded { comment { body author { displayName } } }
    ... on CommentEdited { comment { body } }
    ... on CommentRemoved { commentId }
    ... on ReactionChanged { subject { id reactions { kind count } } }
  }
}
"""


def told(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of results that have no errors."""
    assert all("errors" not in result for result in results), results
    return [result["data"]["feedEvents"] for result in results]


async def publish(as_: As, world: World, body: str, **more: Any) -> str:
    payload = await as_("resident").do(
        "createPost", "post { id }", neighbourhoodId=world.home, kind="MESSAGE", body=body, **more
    )
    assert payload["errors"] == []
    post_id: str = payload["post"]["id"]
    return post_id


async def test_a_neighbour_sees_a_new_post_live(as_: As, world: World) -> None:
    async with as_("neighbour").follow(FEED, id=world.home) as feed:
        await publish(as_, world, "Wie heeft er een ladder?")
        [event] = told(await feed.events(1))
    assert event["__typename"] == "PostPublished"
    assert event["post"] == {
        "body": "Wie heeft er een ladder?",
        "author": {"displayName": "Resident"},
    }


async def test_everything_that_happens_to_a_post_is_told_in_order(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    async with you.follow(FEED, id=world.home) as feed:
        post_id = await publish(as_, world, "Sneeuw ruimen?")
        await me.do("editPost", "post { id }", postId=post_id, body="Sneeuw ruimen om 9 uur?")
        added = await you.do("addComment", "comment { id }", postId=post_id, body="Ik kom.")
        comment_id = added["comment"]["id"]
        await you.do("editComment", "comment { id }", commentId=comment_id, body="Ik kom mee.")
        await me.do("react", "subject { id }", subjectId=comment_id, kind="THANKS")
        await you.do("deleteComment", "comment { id }", commentId=comment_id)
        await me.do("deletePost", "deletedId", postId=post_id)
        events = told(await feed.events(7))
    assert [event["__typename"] for event in events] == [
        "PostPublished",
        "PostEdited",
        "CommentAdded",
        "CommentEdited",
        "ReactionChanged",
        "CommentRemoved",
        "PostRemoved",
    ]
    assert events[4]["subject"] == {"id": comment_id, "reactions": [{"kind": "THANKS", "count": 1}]}
    assert events[5]["commentId"] == comment_id
    assert events[6]["postId"] == post_id
    assert len({event["id"] for event in events}) == 7


async def test_a_cursor_resumes_without_loss_and_without_what_is_gone(
    as_: As, world: World
) -> None:
    you = as_("neighbour")
    async with you.follow(FEED, id=world.home) as feed:
        await publish(as_, world, "eerst")
        [first] = told(await feed.events(1))
    gone = await publish(as_, world, "weg")
    await as_("resident").do("deletePost", "deletedId", postId=gone)
    await publish(as_, world, "dan")
    async with you.follow(FEED, id=world.home, after=first["cursor"]) as feed:
        events = told(await feed.events(2))
    assert [event["__typename"] for event in events] == ["PostRemoved", "PostPublished"]
    assert events[1]["post"]["body"] == "dan"


async def test_a_cursor_of_somebody_else_is_refused(as_: As, world: World) -> None:
    async with as_("neighbour").follow(FEED, id=world.home) as feed:
        await publish(as_, world, "eerst")
        [first] = told(await feed.events(1))
    async with as_("moderator").follow(FEED, id=world.home, after=first["cursor"]) as feed:
        await feed.completed()
        [refused] = feed.results()
    assert refused["data"] is None
    [error] = refused["errors"]
    assert error["extensions"] == {"code": "INVALID"}


async def test_a_cursor_from_before_a_restore_is_told_so_first(
    as_: As, world: World, settings: Settings
) -> None:
    you = as_("neighbour")
    async with you.follow(FEED, id=world.home) as feed:
        await publish(as_, world, "eerst")
        [first] = told(await feed.events(1))
        await migration.begin_epoch(settings.database_url)
        [_, open_too] = told(await feed.events(2))
    assert open_too["__typename"] == "FeedReset"
    async with you.follow(FEED, id=world.home, after=first["cursor"]) as feed:
        await publish(as_, world, "dan")
        reset, then = told(await feed.events(2))
    assert reset["__typename"] == "FeedReset"
    assert then["post"]["body"] == "dan"
    async with you.follow(FEED, id=world.home, after=reset["cursor"]) as feed:
        [again] = told(await feed.events(1))
    assert again["id"] == then["id"]


async def test_a_stranger_gets_nothing_anywhere(as_: As, world: World) -> None:
    stranger = as_("stranger")
    post_id = await publish(as_, world, "Alleen voor ons")
    answer = await stranger.ask(
        "query ($id: ID!, $post: ID!) { post(id: $post) { id }"
        " neighbourhood(id: $id) { members { nodes { id } } feed { nodes { id } } } }",
        id=world.home,
        post=post_id,
    )
    assert answer == {"post": None, "neighbourhood": {"members": None, "feed": {"nodes": []}}}
    commented = await stranger.do("addComment", "comment { id }", postId=post_id, body="Hallo?")
    assert (commented["comment"], commented["errors"][0]["code"]) == (None, "NOT_FOUND")
    assert await models.Comment.filter(post_id=post_id).count() == 0
    async with stranger.follow(FEED, id=world.home) as feed:
        await feed.completed()
        await publish(as_, world, "Nog iets")
    [refused] = feed.results()
    assert refused["data"] is None
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["NOT_FOUND"]


async def test_who_lives_next_door_hears_only_what_was_meant_for_them(
    as_: As, world: World
) -> None:
    async with as_("nearby").follow(FEED, id=world.home) as feed:
        await publish(as_, world, "voor ons")
        await publish(as_, world, "voor allen", audience="NEIGHBOURS_NEARBY")
        [event] = told(await feed.events(1))
    assert event["post"]["body"] == "voor allen"


async def test_a_worker_is_told_that_a_post_is_gone_when_it_becomes_neighbours_only(
    as_: As, world: World
) -> None:
    post_id = await publish(as_, world, "eerst voor iedereen")
    async with (
        as_("worker").follow(FEED, id=world.home) as worker,
        as_("neighbour").follow(FEED, id=world.home) as neighbour,
    ):
        await as_("resident").do(
            "editPost", "post { id }", postId=post_id, audience="NEIGHBOURS_ONLY"
        )
        await publish(as_, world, "een einde")
        at_worker = told(await worker.events(2))
        at_neighbour = told(await neighbour.events(3))
    assert [event["__typename"] for event in at_worker] == ["PostRemoved", "PostPublished"]
    assert at_worker[1]["post"]["body"] == "een einde"
    kinds = [event["__typename"] for event in at_neighbour]
    assert kinds == ["PostRemoved", "PostPublished", "PostPublished"]


async def test_moving_out_ends_the_stream_at_once(as_: As, world: World) -> None:
    neighbour = as_("neighbour")
    membership_id = world.people["neighbour"].membership_id
    async with neighbour.follow(FEED, id=world.home) as feed:
        moved = await neighbour.do(
            "moveOut", "membership { state street }", membershipId=membership_id
        )
        assert moved["membership"] == {"state": "ENDED", "street": None}
        await feed.completed(seconds=2)
        await publish(as_, world, "na het vertrek")
        assert feed.results() == []


async def test_a_session_that_ends_closes_its_sockets_at_once(as_: As, world: World) -> None:
    neighbour = as_("neighbour")
    async with neighbour.follow(FEED, id=world.home) as feed:
        await neighbour.do("logOut", "session { id }")
        assert await feed.closed(seconds=2) == 4403


async def test_a_token_that_opens_nothing_opens_no_socket(as_: As, world: World) -> None:
    for persona in ("expired", "revoked"):
        async with as_(persona).follow(FEED, id=world.home) as feed:
            assert await feed.closed() == 4403


async def test_two_servers_behind_one_valkey_see_each_others_posts(
    as_: As, world: World, server: Server, settings: Settings
) -> None:
    with running(settings) as other:
        away = other.client(world.people["neighbour"].token)
        async with away.follow(FEED, id=world.home) as feed:
            await publish(as_, world, "van de ene server")
            [event] = told(await feed.events(1, seconds=3))
    assert event["post"]["body"] == "van de ene server"
    assert server.process.poll() is None


async def test_server_sent_events_carry_the_same_feed(as_: As, world: World) -> None:
    async with as_("neighbour").stream(FEED, id=world.home) as feed:
        opened = await anext(feed)
        assert opened["data"]["feedEvents"]["__typename"] == "FeedHeartbeat"
        await publish(as_, world, "langs de andere weg")
        event = await anext(feed)
    assert event["data"]["feedEvents"]["post"]["body"] == "langs de andere weg"
