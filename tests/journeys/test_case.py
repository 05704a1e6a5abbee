"""The story of a case: shared, taken up, answered under the post, and closed with a word."""

from typing import Any

import models
from tests.journeys.test_feed import FEED
from tests.running import As
from tests.world import World

SHARE = {"purpose": "CARE_QUESTION", "withName": True}
CASES = """
query ($id: ID!) {
  cases(organisationId: $id) { nodes { id version state satisfaction satisfactionWord } }
}
"""
ANSWERS = FEED.replace(
    "comment { body author { displayName } }",
    "comment { body author { displayName } organisation { name } }",
    1,
)
OWN = "{ viewer { cases { nodes { id state answer dueOn assignee { name } } } } }"


async def share(as_: As, world: World, body: str) -> str:
    """A post of the resident, shared with the town; its id."""
    me = as_("resident")
    made = await me.do(
        "createPost", "post { id }", neighbourhoodId=world.home, kind="MESSAGE", body=body
    )
    post_id: str = made["post"]["id"]
    town = world.organisations["town"]
    shared = await me.do("sharePost", "share { id }", postId=post_id, organisationId=town, **SHARE)
    assert shared["errors"] == []
    return post_id


async def only_case(as_: As, persona: str, world: World) -> dict[str, Any]:
    """The one case that the persona holds."""
    held = await as_(persona).ask(CASES, id=world.organisations["town"])
    [case] = held["cases"]["nodes"]
    found: dict[str, Any] = case
    return found


async def answer_heard(as_: As, world: World, case_id: str, words: str) -> dict[str, Any]:
    """What a neighbour hears of the neighbourhood when a case worker answers."""
    async with as_("neighbour").follow(ANSWERS, id=world.home) as feed:
        answered = await as_("case_worker").do(
            "answerCase", "case { state answer }", caseId=case_id, version=2, answer=words
        )
        assert answered == {"case": {"state": "ANSWERED", "answer": words}, "errors": []}
        [event] = await feed.events(1)
    told: dict[str, Any] = event["data"]["feedEvents"]
    return told


async def test_what_a_resident_shares_is_answered_under_the_post_and_closed(
    as_: As, partners: World
) -> None:
    me = as_("resident")
    await share(as_, partners, "Mijn moeder valt vaak. Wie kan helpen?")
    case = await only_case(as_, "case_worker", partners)
    given = {"caseId": case["id"], "version": case["version"]}
    started = await as_("case_worker").do("startCase", "case { state version }", **given)
    assert started == {"case": {"state": "IN_PROGRESS", "version": 2}, "errors": []}
    words = "Onze thuiszorg belt u morgen."
    told = await answer_heard(as_, partners, case["id"], words)
    said = {"body": words, "author": None, "organisation": {"name": "Town"}}
    assert (told["__typename"], told["comment"]) == ("CommentAdded", said)
    own = await me.ask(OWN)
    mine = {"id": case["id"], "state": "ANSWERED", "answer": words, "dueOn": None, "assignee": None}
    assert own["viewer"]["cases"]["nodes"] == [mine]
    closed = await me.do(
        "closeCase", "case { state }", caseId=case["id"], satisfaction=5, word="Dank u wel."
    )
    assert closed == {"case": {"state": "CLOSED"}, "errors": []}
    read = await only_case(as_, "manager", partners)
    assert (read["satisfaction"], read["satisfactionWord"]) == (5, "Dank u wel.")


async def test_a_case_that_was_taken_back_is_answered_by_nobody(as_: As, partners: World) -> None:
    post_id = await share(as_, partners, "Toch maar niet.")
    case = await only_case(as_, "case_worker", partners)
    stored = await models.PostShare.get(post_id=post_id)
    await as_("resident").do("revokeShare", "errors { code }", shareId=stored.id)
    held = await as_("case_worker").ask(CASES, id=partners.organisations["town"])
    assert held["cases"]["nodes"] == []
    late = await as_("case_worker").do(
        "answerCase", "case { id }", caseId=case["id"], version=1, answer="Te laat?"
    )
    assert (late["case"], late["errors"][0]["code"]) == (None, "NOT_FOUND")
    assert await models.Comment.filter(post_id=post_id).count() == 0


async def test_the_organisation_and_the_author_follow_the_case_live(
    as_: As, partners: World
) -> None:
    await share(as_, partners, "Wie volgt dit op?")
    case = await only_case(as_, "token cases:read", partners)
    heard = "__typename ... on CaseChanged { case { state version } }"
    town = f"subscription ($id: ID!) {{ organisationEvents(organisationId: $id) {{ {heard} }} }}"
    # no field of it asks who the viewer is: that the stream is one person's has to be enough
    mine = f"subscription {{ residentEvents {{ {heard} }} }}"
    async with (
        as_("token cases:read").follow(town, id=partners.organisations["town"]) as partner,
        as_("resident").follow(mine) as author,
    ):
        given = {"caseId": case["id"], "version": 1}
        await as_("case_worker").do("startCase", "case { id }", **given)
        at_partner = await partner.events(1)
        at_author = await author.events(1)
    changed = {"__typename": "CaseChanged", "case": {"state": "IN_PROGRESS", "version": 2}}
    assert at_partner[0]["data"]["organisationEvents"] == changed
    assert at_author[0]["data"]["residentEvents"] == changed
