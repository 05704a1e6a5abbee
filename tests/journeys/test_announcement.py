"""The story of an announcement: written by a town, read live, answered, withdrawn everywhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import models
import resolvers.announcement
from realtime.hub import Hub
from tests.running import As
from tests.world import World

FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostPublished {
      post { id title purpose urgentUntil author { id } organisation { name } readBy { name } }
    }
    ... on PostEdited { post { title } }
    ... on PostRemoved { postId }
    ... on CommentAdded { comment { body author { displayName } } }
  }
}
"""
REPLIES = """
query ($id: ID!) {
  announcement(id: $id) { commentCount replies { nodes { displayName body } } }
}
"""


def told(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of results that have no errors."""
    assert all("errors" not in result for result in results), results
    return [result["data"]["feedEvents"] for result in results]


async def announce(as_: As, world: World, persona: str = "editor", **more: Any) -> str:
    given = {"organisationId": world.organisations["town"], "title": "Hittegolf", **more}
    payload = await as_(persona).do(
        "createAnnouncement", "announcement { id }", purpose="ALERT", body="Drink water.", **given
    )
    assert payload["errors"] == []
    announcement_id: str = payload["announcement"]["id"]
    return announcement_id


async def test_an_announcement_is_heard_live_answered_and_withdrawn(
    as_: As, partners: World
) -> None:
    beside = partners.neighbourhoods["beside"]
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    async with (
        as_("neighbour").follow(FEED, id=partners.home) as home,
        as_("nearby").follow(FEED, id=beside) as elsewhere,
    ):
        announcement_id = await announce(as_, partners, urgentUntil=until)
        [published] = told(await home.events(1))
        post = published["post"]
        assert datetime.fromisoformat(post.pop("urgentUntil")) == datetime.fromisoformat(until)
        post_id = post.pop("id")
        assert post == {
            "title": "Hittegolf",
            "purpose": "ALERT",
            "author": None,
            "organisation": {"name": "Town"},
            "readBy": {"name": "Town"},
        }
        await as_("neighbour").do("addComment", "comment { id }", postId=post_id, body="Bij mij!")
        read = await as_("token announcements:read").ask(REPLIES, id=announcement_id)
        assert read["announcement"] == {
            "commentCount": 1,
            "replies": {"nodes": [{"displayName": "Neighbour", "body": "Bij mij!"}]},
        }
        which = {"announcementId": announcement_id}
        changed = {"title": "Voorbij", "body": "Het is koel."}
        await as_("editor").do("editAnnouncement", "announcement { id }", **which, **changed)
        await as_("editor").do("withdrawAnnouncement", "announcement { id }", **which)
        at_home, at_beside = told(await home.events(4)), told(await elsewhere.events(3))
    kinds = ["PostPublished", "CommentAdded", "PostEdited", "PostRemoved"]
    assert [event["__typename"] for event in at_home] == kinds
    assert at_home[2]["post"] == {"title": "Voorbij"}
    assert at_home[3]["postId"] == post_id
    kinds.remove("CommentAdded")
    assert [event["__typename"] for event in at_beside] == kinds
    gone = await as_("token announcements:read").ask(REPLIES, id=announcement_id)
    assert gone["announcement"] == {"commentCount": 0, "replies": {"nodes": []}}


async def test_who_lives_where_it_is_not_for_hears_nothing(as_: As, partners: World) -> None:
    beside = partners.neighbourhoods["beside"]
    async with (
        as_("neighbour").follow(FEED, id=partners.home) as home,
        as_("nearby").follow(FEED, id=beside) as elsewhere,
    ):
        await announce(as_, partners, neighbourhoodIds=[beside])
        assert len(await elsewhere.events(1)) == 1
        await announce(as_, partners, title="Voor allen")
        [event] = told(await home.events(1))
    assert event["post"]["title"] == "Voor allen"


async def test_what_is_scheduled_is_heard_at_its_moment(as_: As, hub: Hub, partners: World) -> None:
    moment = datetime.now(UTC) + timedelta(days=1)
    async with as_("neighbour").follow(FEED, id=partners.home) as home:
        await announce(as_, partners, publishAt=moment.isoformat())
        assert await models.Post.filter(announcement_id__isnull=False).count() == 0
        assert await resolvers.announcement.publish_due(hub, moment) == 1
        [event] = told(await home.events(1))
    assert event["post"]["title"] == "Hittegolf"


async def test_a_token_without_the_scope_announces_nothing(as_: As, partners: World) -> None:
    given = {"organisationId": partners.organisations["town"], "purpose": "COHESION"}
    answer = await as_("token announcements:read").send(
        "mutation ($input: CreateAnnouncementInput!) { createAnnouncement(input: $input) "
        "{ announcement { id } } }",
        input={**given, "title": "Feest", "body": "Kom!"},
    )
    assert [error["message"] for error in answer["errors"]] == [
        "This needs the scope announcements:write."
    ]
    assert await models.Announcement.all().count() == 0
