"""Announcements: made, changed and listed by those whose office reaches so far."""

from datetime import UTC, datetime

import pytest

import models
import resolvers.announcement
import resolvers.post
from auth.scope import Scope
from resolvers.refusal import RefusalCode
from tests import partners as organisations
from tests.access.snapshot import digest
from tests.inside import Ask
from tests.resolvers.announcing import ALERT, DAY, SNOW, announce
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

LIST = """
query ($id: ID!) {
  announcements(organisationId: $id) {
    nodes { title publishedAt commentCount neighbourhoods { nodes { name } } }
  }
}
"""


async def test_where_it_does_not_cover_nobody_announces(act: Act, partners: World) -> None:
    for place in ("far", "home"):
        persona = "token elsewhere" if place == "home" else "editor"
        async with refused(RefusalCode.NOT_FOUND):
            where = [partners.neighbourhoods["beside"], partners.neighbourhoods[place]]
            await announce(act, partners, persona, neighbourhood_ids=where)
    async with refused(RefusalCode.INVALID, "neighbourhood_ids"):
        await announce(act, partners, neighbourhood_ids=[])


async def test_another_organisation_is_not_found(act: Act, ask: Ask, partners: World) -> None:
    row = await announce(act, partners)
    words = {"title": "Anders", "body": "Anders"}
    async with refused(RefusalCode.NOT_FOUND):
        await announce(act, partners, "centre_manager")
    async with refused(RefusalCode.NOT_FOUND):
        edit = resolvers.announcement.edit_announcement
        await act("centre_manager", edit, announcement_id=row.id, **words)
    async with refused(RefusalCode.NOT_FOUND):
        withdraw = resolvers.announcement.withdraw_announcement
        await act("centre_manager", withdraw, announcement_id=row.id)
    document = "query ($id: ID!) { announcement(id: $id) { title } }"
    assert (await ask("centre_manager", document, id=row.id)).data == {"announcement": None}
    assert (await ask("editor", document, id=row.id)).data == {
        "announcement": {"title": SNOW["title"]}
    }
    refusal = await ask("centre_manager", LIST, id=partners.organisations["town"])
    assert refusal.errors is not None
    assert [error.message for error in refusal.errors] == ["There is no such organisation."]


@pytest.mark.parametrize(
    "persona", ["token shares:read", "token announcements:read", "case_worker", "neighbour"]
)
async def test_without_the_scope_the_refusal_names_it(
    ask: Ask, partners: World, persona: str
) -> None:
    before = await digest()
    answer = await ask(
        persona,
        "mutation ($id: ID!) { createAnnouncement(input: {organisationId: $id, purpose: ALERT,"
        ' title: "a", body: "b"}) { announcement { id } } }',
        id=partners.organisations["town"],
    )
    assert answer.errors is not None
    [error] = answer.errors
    assert error.message == "This needs the scope announcements:write."
    assert error.extensions == {"code": "FORBIDDEN", "scope": "announcements:write"}
    assert await digest() == before


async def test_a_token_announces_where_it_reaches_and_nobody_is_named(
    act: Act, partners: World
) -> None:
    row = await announce(act, partners, "token elsewhere")
    assert (row.staff_id, row.neighbourhood_ids) == (None, [partners.neighbourhoods["beside"]])
    assert (await announce(act, partners)).staff_id == partners.staff["editor"]


async def test_only_an_alert_is_urgent_and_for_a_week_at_most(act: Act, partners: World) -> None:
    now = datetime.now(UTC)
    for purpose, until in (
        (models.AnnouncementPurpose.AWARENESS, now + DAY),
        (ALERT, now - DAY),
        (ALERT, now + 8 * DAY),
        (ALERT, (now + DAY).replace(tzinfo=None)),
    ):
        async with refused(RefusalCode.INVALID, "urgent_until"):
            await announce(act, partners, purpose=purpose, urgent_until=until)
    for moment in (now - DAY, now + 400 * DAY):
        async with refused(RefusalCode.INVALID, "publish_at"):
            await announce(act, partners, publish_at=moment)


async def test_a_token_changes_nothing_that_stands_beyond_its_reach(
    act: Act, partners: World
) -> None:
    row = await announce(act, partners)
    words = {"title": "Anders", "body": "Anders"}
    async with refused(RefusalCode.FORBIDDEN):
        edit = resolvers.announcement.edit_announcement
        await act("token elsewhere", edit, announcement_id=row.id, **words)
    async with refused(RefusalCode.FORBIDDEN):
        withdraw = resolvers.announcement.withdraw_announcement
        await act("token elsewhere", withdraw, announcement_id=row.id)


async def test_no_neighbour_changes_an_announcement(act: Act, partners: World) -> None:
    row = await announce(act, partners)
    post = await models.Post.filter(announcement_id=row.id, neighbourhood_id=partners.home).get()
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, resolvers.post.edit_post, post_id=post.id, body="Anders")
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, resolvers.post.delete_post, post_id=post.id)


async def test_a_token_that_only_writes_reads_no_counts(
    act: Act, ask: Ask, partners: World
) -> None:
    await organisations.token(partners, "writes", (Scope.ANNOUNCEMENTS_WRITE,))
    answer = await ask(
        "writes",
        "mutation ($id: ID!) { createAnnouncement(input: {organisationId: $id, purpose: COHESION,"
        ' title: "a", body: "b"}) { errors { code } announcement { title commentCount'
        " reactions { count } replies { nodes { id } } } } }",
        id=partners.organisations["town"],
    )
    assert answer.errors is None
    assert answer.data is not None
    hidden = {"commentCount": None, "reactions": None, "replies": None}
    expected = {"errors": [], "announcement": {"title": "a", **hidden}}
    assert answer.data["createAnnouncement"] == expected


async def test_the_list_holds_what_is_published_and_what_is_to_come(
    act: Act, ask: Ask, partners: World
) -> None:
    await announce(act, partners, title="Eerst")
    beside = partners.neighbourhoods["beside"]
    later = datetime.now(UTC) + DAY
    await announce(act, partners, title="Dan", publish_at=later, neighbourhood_ids=[beside])
    answer = await ask("token announcements:read", LIST, id=partners.organisations["town"])
    assert answer.errors is None
    assert answer.data is not None
    then, first = answer.data["announcements"]["nodes"]
    assert (then["title"], then["publishedAt"], then["commentCount"]) == ("Dan", None, 0)
    assert then["neighbourhoods"]["nodes"] == [{"name": "Beside"}]
    assert first["title"] == "Eerst"
    assert first["publishedAt"] is not None
    assert first["neighbourhoods"]["nodes"] == [{"name": "Home"}, {"name": "Beside"}]
