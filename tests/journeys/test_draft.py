"""The story of a post that was not finished: kept, published live, and put on top."""

from tests.journeys.test_announcement import told
from tests.journeys.test_budget import do
from tests.running import As
from tests.world import World

FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) { __typename ... on PostPublished { post { id title body } } }
}
"""
DRAFTS = "query { viewer { drafts { nodes { title body } } } }"
PINNED = "query ($id: ID!) { neighbourhood(id: $id) { pinned { title } } }"


async def test_a_draft_becomes_a_post_on_top(as_: As, world: World) -> None:
    me, you, moderator = as_("resident"), as_("neighbour"), as_("moderator")
    begun = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "Wie komt"}
    draft_id = (await do(me, "saveDraft", "draft { id }", **begun))["draft"]["id"]
    assert (await you.ask(DRAFTS))["viewer"]["drafts"]["nodes"] == []
    words = {"title": "Poetsdag", "body": "Wie komt er zaterdag helpen?"}
    await do(me, "editDraft", "draft { id }", draftId=draft_id, **words)
    assert (await me.ask(DRAFTS))["viewer"]["drafts"]["nodes"] == [words]
    async with you.follow(FEED, id=world.home) as feed:
        post = (await do(me, "publishDraft", "post { id }", draftId=draft_id))["post"]
        [published] = told(await feed.events(1))
        assert published["post"] == {"id": post["id"], **words}
    assert (await me.ask(DRAFTS))["viewer"]["drafts"]["nodes"] == []
    await do(moderator, "pinPost", "post { pinnedAt }", postId=post["id"])
    assert (await you.ask(PINNED, id=world.home))["neighbourhood"]["pinned"] == [
        {"title": "Poetsdag"}
    ]
    assert (await as_("stranger").ask(PINNED, id=world.home))["neighbourhood"]["pinned"] == []
