"""What is written under an announcement: read by its organisation, with a name and nothing more."""

import logging
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.announcement
import resolvers.comment
import resolvers.reaction
import schema
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.announcing import announce, titles
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

READER = "token announcements:read"
REPLIES = """
query ($id: ID!, $place: ID, $first: Int, $after: String) {
  announcement(id: $id) {
    commentCount
    reactions { kind count }
    replies(neighbourhoodId: $place, first: $first, after: $after) {
      nodes { displayName body editedAt neighbourhood { name members { nodes { id } } } }
      pageInfo { endCursor hasNextPage }
    }
  }
}
"""
LIST = """
query ($id: ID!) {
  announcements(organisationId: $id) {
    nodes { commentCount reactions { count } replies { nodes { body displayName } } }
  }
}
"""


async def posts(announcement: models.Announcement) -> dict[UUID, models.Post]:
    found = await models.Post.filter(announcement_id=announcement.id)
    return {post.neighbourhood_id: post for post in found}


async def reply(act: Act, post: models.Post, persona: str, body: str) -> models.Comment:
    verb = resolvers.comment.add_comment
    written: models.Comment = await act(persona, verb, post_id=post.id, body=body)
    return written


async def spoken(act: Act, world: World) -> models.Announcement:
    """An announcement with a reply and a reaction at home, and one of each beside."""
    row: models.Announcement = await announce(act, world)
    stands = await posts(row)
    for persona, place in (("neighbour", "home"), ("nearby", "beside")):
        post = stands[world.neighbourhoods[place]]
        await reply(act, post, persona, f"Van {persona}")
        thanks = models.ReactionKind.THANKS
        await act(persona, resolvers.reaction.react, subject_id=post.id, kind=thanks)
    return row


async def read(ask: Ask, persona: str, row: models.Announcement, **more: Any) -> Any:
    answer = await ask(persona, REPLIES, id=row.id, **more)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["announcement"]


async def bodies(ask: Ask, persona: str, row: models.Announcement, **more: Any) -> list[str]:
    nodes = (await read(ask, persona, row, **more))["replies"]["nodes"]
    return [node["body"] for node in nodes]


async def test_the_organisation_reads_words_and_a_name(act: Act, ask: Ask, partners: World) -> None:
    row = await spoken(act, partners)
    seen = await read(ask, READER, row)
    assert seen["commentCount"] == 2
    assert seen["reactions"] == [{"kind": "THANKS", "count": 2}]
    assert seen["replies"]["nodes"] == [
        {
            "displayName": persona.title(),
            "body": f"Van {persona}",
            "editedAt": None,
            "neighbourhood": {"name": place, "members": None},
        }
        for persona, place in (("neighbour", "Home"), ("nearby", "Beside"))
    ]


def test_a_reply_has_no_way_to_whoever_wrote_it() -> None:
    kind = schema.api.get_type_by_name("AnnouncementReply")
    names = {field.name for field in kind.fields}  # type: ignore[union-attr]
    about = {"id", "body", "created_at", "edited_at"}
    assert names == {*about, "display_name", "neighbourhood"}


async def test_the_resident_reads_in_the_ledger_what_was_read(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await spoken(act, partners)
    comment = await models.Comment.get(body="Van neighbour")
    await bodies(ask, READER, row, place=partners.home)
    [line] = await models.AccessRecord.all()
    token = await models.ApiToken.get(name=READER)
    assert (line.subject, line.subject_id) == (models.AccessSubject.REPLY, comment.id)
    assert line.resident_id == partners.people["neighbour"].resident_id
    assert (line.organisation_id, line.token_id) == (row.organisation_id, token.id)
    assert line.fields_read == ["body", "displayName", "neighbourhood"]
    assert line.is_first
    assert await models.AccessRecord.filter(resident_id=line.resident_id).count() == 1


async def test_who_is_not_of_the_organisation_reads_no_replies(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await spoken(act, partners)
    for persona in ("centre_manager", "token elsewhere"):
        expected = None if persona == "centre_manager" else ["Van nearby"]
        answer = await ask(persona, REPLIES, id=row.id)
        assert answer.data is not None
        found = answer.data["announcement"]
        assert (found and [n["body"] for n in found["replies"]["nodes"]]) == expected
    for persona in ("case_worker", "token shares:read", "neighbour", "token revoked"):
        refusal = await ask(persona, REPLIES, id=row.id)
        assert refusal.data == {"announcement": None}
        assert refusal.errors is not None
    readers = {line.resident_id for line in await models.AccessRecord.all()}
    assert readers == {partners.people["nearby"].resident_id}


async def test_a_limited_token_counts_only_where_it_reaches(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await spoken(act, partners)
    seen = await read(ask, "token elsewhere", row)
    assert seen["commentCount"] == 1
    assert seen["reactions"] == [{"kind": "THANKS", "count": 1}]
    assert await bodies(ask, "token elsewhere", row, place=partners.home) == []
    await models.Coverage.filter(neighbourhood_id=partners.home).delete()
    assert await bodies(ask, READER, row) == ["Van nearby"]


async def test_replies_are_paged_over_all_neighbourhoods(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await spoken(act, partners)
    first = (await read(ask, READER, row, first=1))["replies"]
    assert [node["body"] for node in first["nodes"]] == ["Van neighbour"]
    assert first["pageInfo"]["hasNextPage"]
    after = first["pageInfo"]["endCursor"]
    assert await bodies(ask, READER, row, first=1, after=after) == ["Van nearby"]


async def test_an_erased_reply_is_gone_and_an_edited_one_is_told(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await announce(act, partners)
    post = (await posts(row))[partners.home]
    comment = await reply(act, post, "neighbour", "Ik help")
    edit, erase = resolvers.comment.edit_comment, resolvers.comment.delete_comment
    await act("neighbour", edit, comment_id=comment.id, body="Ik help mee")
    assert await bodies(ask, READER, row) == ["Ik help mee"]
    await act("neighbour", erase, comment_id=comment.id)
    assert await bodies(ask, READER, row) == []
    told = await ledger.told(partners.organisations["town"])
    assert told == ["REPLY_ADDED", "REPLY_EDITED", "REPLY_REMOVED"]
    [event, *_] = await models.Event.filter(stream_id=partners.organisations["town"])
    assert (event.subject_id, event.scope) == (comment.id, "announcements:read")
    assert event.neighbourhood_id == partners.home


async def test_who_reads_a_reply_for_the_organisation_only_reads(act: Act, partners: World) -> None:
    row = await spoken(act, partners)
    [comment] = await models.Comment.filter(
        neighbourhood_id=partners.home, announcer_id=row.organisation_id
    )
    post = (await posts(row))[partners.home]
    kind = models.ReactionKind.LIKE
    for subject_id in (comment.id, post.id):
        async with refused(RefusalCode.NOT_FOUND):
            await act("editor", resolvers.reaction.react, subject_id=subject_id, kind=kind)
    async with refused(RefusalCode.NOT_FOUND):
        edit = resolvers.comment.edit_comment
        await act("editor", edit, comment_id=comment.id, body="Anders")
    async with refused(RefusalCode.NOT_FOUND):
        await reply(act, post, "editor", "Ook ik")


async def test_under_other_posts_no_organisation_reads(act: Act, partners: World) -> None:
    post = await models.Post.get(id=partners.posts[models.Audience.NEIGHBOURHOOD])
    comment = await reply(act, post, "neighbour", "Onder ons")
    assert (await models.Comment.get(id=comment.id)).announcer_id is None
    assert await ledger.told(partners.organisations["town"]) == []


async def test_withdrawing_takes_it_away_everywhere_at_once(
    act: Act, ask: Ask, partners: World
) -> None:
    row = await spoken(act, partners)
    withdraw = resolvers.announcement.withdraw_announcement
    await act("editor", withdraw, announcement_id=row.id)
    assert await titles(ask, partners, "neighbour", "home") == []
    assert await titles(ask, partners, "nearby", "beside") == []
    seen = await read(ask, READER, row)
    assert (seen["commentCount"], seen["reactions"]) == (0, [])
    assert seen["replies"]["nodes"] == []
    assert await ledger.holding("Van neighbour") == []
    assert await ledger.drift() == []
    assert (await ledger.told(partners.home))[-1] == "POST_REMOVED"
    told = await ledger.told(partners.organisations["town"])
    assert told == ["REPLY_ADDED", "REPLY_ADDED", "REPLY_REMOVED", "REPLY_REMOVED"]
    again = await act("editor", withdraw, announcement_id=row.id)
    assert again.withdrawn_at is not None
    assert await ledger.told(partners.organisations["town"]) == told


@pytest.mark.parametrize("size", [1, 4])
async def test_a_list_with_replies_costs_the_same_at_any_size(
    act: Act, ask: Ask, partners: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    for _ in range(size):
        await spoken(act, partners)
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask("editor", LIST, id=partners.organisations["town"])
    assert answer.errors is None
    assert answer.data is not None
    nodes = answer.data["announcements"]["nodes"]
    assert [len(node["replies"]["nodes"]) for node in nodes] == [2] * size
    reads = [r for r in caplog.records if r.getMessage().strip().lower().startswith("select")]
    # the viewer, the page, the counters twice, where they stand, the replies, their names
    assert len(reads) == 7, [r.getMessage()[:120] for r in reads]
