"""The story of a request: heard live by who could help, suggested helpers, asked about, solved."""

from datetime import UTC, datetime, timedelta
from typing import Any

import models
from realtime.hub import Hub
from resolvers import stream
from resolvers.guardian_leave_grant import end_due
from resolvers.help_request import ask_due
from tests.journeys.test_share import only
from tests.resolvers.neighbourly import family, of_age, whose
from tests.running import As
from tests.world import World

HEARD = """
subscription ($after: String) {
  residentEvents(after: $after) {
    __typename
    ... on HelpWanted { request { id skill { slug } post { body author { displayName } } } }
    ... on HelpRequestAsked { request { id askedAt } }
    ... on GuardianLeaveChanged { leave { id minor { displayName } revokedAt } }
  }
}
"""
FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostPublished { post { helpRequest { id state people } } }
    ... on PostEdited { post { helpRequest { id state people } } }
    ... on PostSolved { post { helpRequest { id state people } } }
  }
}
"""
SUGGESTED = """
query ($id: ID!) { post(id: $id) { helpRequest {
  ownState suggestions { displayName reasons sentence } } } }
"""
ASKED = "helpRequest { id post { id } }"


async def offers(as_: As, world: World, persona: str, **more: Any) -> None:
    made = await as_(persona).do(
        "offerHelp",
        "helpOffer { id }",
        membershipId=whose(world, persona),
        skills=["bicycle-repair"],
        hearsRequests=True,
        **more,
    )
    assert made["errors"] == []


async def asks(as_: As, world: World, **more: Any) -> dict[str, Any]:
    given = {"neighbourhoodId": world.home, "body": "Mijn ketting ligt eraf.", **more}
    made = await as_("resident").do("requestHelp", ASKED, skill="bicycle-repair", **given)
    assert made["errors"] == []
    request: dict[str, Any] = made["helpRequest"]
    return request


async def test_a_request_is_heard_by_who_could_help_and_by_nobody_else(
    as_: As, world: World
) -> None:
    await of_age(world)
    await offers(as_, world, "neighbour")
    await offers(as_, world, "nearby", reach="NEARBY")
    async with (
        as_("neighbour").follow(HEARD) as near,
        as_("nearby").follow(HEARD) as next_door,
        as_("moderator").follow(HEARD) as other,
        as_("worker").follow(HEARD) as worker,
    ):
        first = await asks(as_, world)
        second = await asks(as_, world, audience="NEIGHBOURS_NEARBY")
        told = await only(near, "HelpWanted", "HelpWanted")
        assert [event["request"]["id"] for event in told] == [first["id"], second["id"]]
        words = {"body": "Mijn ketting ligt eraf.", "author": {"displayName": "Resident"}}
        assert told[0]["request"]["post"] == words
        assert told[0]["request"]["skill"] == {"slug": "bicycle-repair"}
        [told_next_door] = await only(next_door, "HelpWanted")
        assert told_next_door["request"]["id"] == second["id"]
        assert other.results() == worker.results() == []
    answer = await as_("resident").ask(SUGGESTED, id=second["post"]["id"])
    shown = answer["post"]["helpRequest"]["suggestions"]
    assert [each["displayName"] for each in shown] == ["Neighbour", "Nearby"]


async def test_what_was_removed_or_withdrawn_from_reach_is_not_told_later(
    as_: As, world: World
) -> None:
    await of_age(world)
    await offers(as_, world, "nearby", reach="NEARBY")
    me = as_("resident")
    gone, narrowed, kept = [await asks(as_, world, audience="NEIGHBOURS_NEARBY") for _ in range(3)]
    await me.do("deletePost", "deletedId", postId=gone["post"]["id"])
    await me.do("editPost", "post { id }", postId=narrowed["post"]["id"], audience="NEIGHBOURHOOD")
    resident_id = world.people["nearby"].resident_id
    assert resident_id is not None
    start = stream.encode(resident_id, 0)
    async with as_("nearby").follow(HEARD, after=start) as heard:
        [told] = await only(heard, "HelpWanted")
        assert told["request"]["id"] == kept["id"]


async def test_the_neighbourhood_sees_a_request_change_live(as_: As, world: World) -> None:
    me = as_("resident")
    async with as_("neighbour").follow(FEED, id=world.home) as feed:
        made = await asks(as_, world)
        id, post_id = made["id"], made["post"]["id"]
        await me.do("editHelpRequest", ASKED, helpRequestId=id, people=2)
        await me.do("markSolved", "post { id }", postId=post_id, thanks="Dank u allemaal.")
        told = [result["data"]["feedEvents"] for result in await feed.events(4)]
    kinds = ["PostPublished", "PostEdited", "PostSolved", "CommentAdded"]
    assert [event["__typename"] for event in told] == kinds
    assert [event["post"]["helpRequest"]["id"] for event in told[:3]] == [id] * 3
    assert told[1]["post"]["helpRequest"]["people"] == 2
    assert told[2]["post"]["helpRequest"]["state"] == "SOLVED"


async def test_an_old_request_is_asked_about_live_and_confirmed(
    as_: As, world: World, hub: Hub
) -> None:
    made = await asks(as_, world)
    now = datetime.now(UTC)
    await models.HelpRequest.all().update(created_at=now - timedelta(days=15))
    async with (
        as_("resident").follow(HEARD) as mine,
        as_("neighbour").follow(HEARD) as theirs,
    ):
        assert await ask_due(hub, now) == 1
        [asked] = await only(mine, "HelpRequestAsked")
        assert asked["request"] == {"id": made["id"], "askedAt": now.isoformat()}
        fields = "helpRequest { confirmedAt }"
        said = await as_("resident").do("confirmHelpRequest", fields, helpRequestId=made["id"])
        assert said["helpRequest"]["confirmedAt"] is not None
        assert theirs.results() == []


async def test_minor_and_guardian_see_leave_given_and_run_out_live(
    as_: As, world: World, hub: Hub
) -> None:
    await family(world)
    async with (
        as_("resident").follow(HEARD) as guardian,
        as_("neighbour").follow(HEARD) as minor,
        as_("moderator").follow(HEARD) as other,
    ):
        given = await as_("resident").do(
            "giveGuardianLeave", "guardianLeave { id }", membershipId=whose(world, "neighbour")
        )
        leave = {"id": given["guardianLeave"]["id"], "minor": {"displayName": "Neighbour"}}
        for one in (guardian, minor):
            [told] = await only(one, "GuardianLeaveChanged")
            assert told["leave"] == {**leave, "revokedAt": None}
        end = datetime.now(UTC)
        await models.GuardianLeave.all().update(expires_at=end)
        assert await end_due(hub, end + timedelta(seconds=1)) == 1
        for one in (guardian, minor):
            [_, told] = await only(one, "GuardianLeaveChanged", "GuardianLeaveChanged")
            assert told["leave"] == {**leave, "revokedAt": end.isoformat()}
        assert other.results() == []
