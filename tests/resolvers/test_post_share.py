"""Shares: granted by the author to one organisation, and gone from every answer when they end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.post
import resolvers.post_share
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, sharing
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.sharing import READERS
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
IDEA = models.SharePurpose.IDEA
TITLE, BODY = "Title for NEIGHBOURHOOD", "Body for NEIGHBOURHOOD"


async def test_a_share_lasts_ninety_days_without_a_name_and_opens_a_case(
    act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    row = await models.PostShare.get(id=share.id)
    assert row.resident_id == partners.people["resident"].resident_id
    assert row.author_id == partners.people["resident"].membership_id
    assert row.organisation_id == partners.organisations["town"]
    assert (row.with_name, row.unit_id, row.revoked_at, row.told_end) == (False, None, None, False)
    assert abs(row.expires_at - row.created_at - timedelta(days=90)) < timedelta(seconds=5)
    case = await models.Case.get(share_id=share.id)
    assert case.state is models.CaseState.RECEIVED
    assert (case.organisation_id, case.expires_at) == (row.organisation_id, row.expires_at)
    assert await ledger.told(partners.organisations["town"]) == ["SHARE_GRANTED", "CASE_CHANGED"]


async def test_the_organisation_reads_the_words_as_they_are_now(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    expected = {"id": str(share.id), "title": TITLE, "body": BODY, "authorName": None}
    for persona in READERS:
        assert await sharing.read(ask, persona, share) == expected
    edit = resolvers.post.edit_post
    await act("resident", edit, post_id=share.post_id, title="", body="Met andere woorden.")
    for persona in READERS:
        words = {"title": None, "body": "Met andere woorden."}
        assert await sharing.read(ask, persona, share) == expected | words


async def test_the_whole_of_a_share_is_this(ask: Ask, act: Act, partners: World) -> None:
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    given: dict[str, Any] = {"with_name": True, "purpose": IDEA, "expires_at": ends}
    share = await sharing.share(act, partners, **given)
    post = await models.Post.get(id=share.post_id)
    answer = await ask("token shares:read", sharing.WHOLE, id=share.id)
    assert answer.errors is None
    assert answer.data == {
        "share": {
            "id": str(share.id),
            "createdAt": share.created_at.isoformat(),
            "expiresAt": ends.isoformat(),
            "revokedAt": None,
            "purpose": "IDEA",
            "withName": True,
            "kind": "HELP_REQUEST",
            "title": TITLE,
            "body": BODY,
            "postedAt": post.created_at.isoformat(),
            "authorName": "Resident",
            "organisation": {"slug": "town"},
            "neighbourhood": {"slug": "home"},
            "comments": {"nodes": []},
            "case": None,
            "post": None,
            "commentShares": None,
            "accessRecords": None,
        }
    }


async def test_a_page_of_shares_is_of_one_organisation_and_purpose(
    ask: Ask, act: Act, partners: World
) -> None:
    first = await sharing.share(act, partners)
    second = await sharing.share(act, partners, post_id=partners.posts[NEARBY], purpose=IDEA)
    other = await sharing.share(act, partners, to="centre")

    async def ids(persona: str, organisation: str, **more: Any) -> list[str]:
        town = partners.organisations[organisation]
        answer = await ask(persona, sharing.PAGE, id=town, **more)
        assert answer.data is not None
        return [node["id"] for node in answer.data["shares"]["nodes"]]

    assert await ids("manager", "town") == [str(second.id), str(first.id)]
    assert await ids("token shares:read", "town", purpose="IDEA") == [str(second.id)]
    assert await ids("centre_manager", "centre") == [str(other.id)]
    assert await ids("token elsewhere", "town") == []


@pytest.mark.parametrize("persona", ["centre_manager", "resident", "neighbour", "token cases:read"])
async def test_nobody_else_reads_a_share(ask: Ask, act: Act, partners: World, persona: str) -> None:
    share = await sharing.share(act, partners)
    answer = await ask(persona, sharing.ONE, id=share.id)
    if persona == "centre_manager":
        assert (answer.data, answer.errors) == ({"share": None}, None)
        page = await ask(persona, sharing.PAGE, id=partners.organisations["town"])
        nothing = await ask(persona, sharing.PAGE, id=share.id)
        assert page.errors is not None
        assert nothing.errors is not None
        assert page.errors[0].message == nothing.errors[0].message
        assert page.errors[0].extensions == {"code": "NOT_FOUND"}
    else:
        assert answer.data == {"share": None}
        assert answer.errors is not None
        assert answer.errors[0].extensions == {"code": "FORBIDDEN", "scope": "shares:read"}
    assert await models.AccessRecord.all().count() == 0


async def test_a_unit_reads_what_it_holds_and_what_nobody_holds_yet(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    await models.PostShare.filter(id=share.id).update(unit_id=partners.units["care"])
    assert await sharing.read(ask, "case_worker", share) is not None
    assert await sharing.read(ask, "other_unit", share) is None
    assert await sharing.read(ask, "manager", share) is not None


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("neighbour", RefusalCode.FORBIDDEN),
        ("moderator", RefusalCode.FORBIDDEN),
        ("worker", RefusalCode.FORBIDDEN),
        ("stranger", RefusalCode.NOT_FOUND),
        ("former", RefusalCode.NOT_FOUND),
        ("manager", RefusalCode.NOT_FOUND),
    ],
)
async def test_only_its_author_shares_a_post(
    act: Act, partners: World, persona: str, code: RefusalCode
) -> None:
    async with refused(code):
        await sharing.share(act, partners, persona=persona)


async def test_an_organisation_that_does_not_cover_the_place_is_refused(
    act: Act, partners: World
) -> None:
    covering = models.Coverage.filter(organisation_id=partners.organisations["centre"])
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    await covering.update(since=tomorrow)
    async with refused(RefusalCode.INVALID, "organisation_id"):
        await sharing.share(act, partners, to="centre")
    await covering.update(since=tomorrow - timedelta(days=1))
    assert (await sharing.share(act, partners, to="centre")).revoked_at is None
    partners.organisations["nobody"] = partners.home
    async with refused(RefusalCode.NOT_FOUND):
        await sharing.share(act, partners, to="nobody")
    await covering.update(since=date(2020, 3, 16))


async def test_an_announcement_is_nobodys_to_share(act: Act, partners: World) -> None:
    announced = await models.Post.create(
        neighbourhood_id=partners.home,
        organisation_id=partners.organisations["town"],
        kind=models.PostKind.ANNOUNCEMENT,
        body="Hitte",
    )
    async with refused(RefusalCode.FORBIDDEN):
        await sharing.share(act, partners, post_id=announced.id)


@pytest.mark.parametrize("days", [0, -1, 366.01, 10_000])
async def test_a_share_ends_within_a_year(act: Act, partners: World, days: float) -> None:
    ends = datetime.now(UTC) + timedelta(days=days)
    async with refused(RefusalCode.INVALID, "expires_at"):
        await sharing.share(act, partners, expires_at=ends)


async def test_a_moment_without_a_time_zone_is_utc(act: Act, partners: World) -> None:
    ends = datetime.now(UTC) + timedelta(days=365)
    share = await sharing.share(act, partners, expires_at=ends.replace(tzinfo=None))
    assert (await models.PostShare.get(id=share.id)).expires_at == ends


async def test_a_post_stands_shared_with_an_organisation_once(act: Act, partners: World) -> None:
    await sharing.share(act, partners)
    async with refused(RefusalCode.CONFLICT):
        await sharing.share(act, partners, purpose=IDEA)


async def test_what_has_expired_can_be_shared_anew(ask: Ask, act: Act, partners: World) -> None:
    old = await sharing.share(act, partners)
    await sharing.expire(old)
    new = await sharing.share(act, partners)
    closed = await models.PostShare.get(id=old.id)
    assert closed.revoked_at is not None
    assert closed.told_end is True
    assert await sharing.read(ask, "manager", old) is None
    assert await sharing.read(ask, "manager", new) is not None
    granted = ["SHARE_GRANTED", "CASE_CHANGED"]
    told = await ledger.told(partners.organisations["town"])
    assert sorted(told) == sorted([*granted, *granted, "SHARE_ENDED"])
    assert await models.Case.all().count() == 2


async def test_to_take_back_twice_is_told_once(act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    first = await sharing.revoke(act, share)
    second = await sharing.revoke(act, share)
    assert first.revoked_at == second.revoked_at
    told = await ledger.told(partners.organisations["town"])
    assert told.count("SHARE_ENDED") == 1


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("manager", RefusalCode.FORBIDDEN),
        ("case_worker", RefusalCode.FORBIDDEN),
        ("centre_manager", RefusalCode.NOT_FOUND),
        ("neighbour", RefusalCode.NOT_FOUND),
        ("moderator", RefusalCode.NOT_FOUND),
    ],
)
async def test_only_who_shared_takes_back(
    act: Act, partners: World, persona: str, code: RefusalCode
) -> None:
    share = await sharing.share(act, partners)
    async with refused(code):
        await sharing.revoke(act, share, persona)


async def test_who_has_moved_out_still_sees_and_takes_back_what_was_shared(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    membership = models.Membership.filter(id=partners.people["resident"].membership_id)
    await membership.update(state=models.MembershipState.ENDED)
    answer = await ask("resident", "{ viewer { shares { nodes { id body post { id } } } } }")
    assert answer.data is not None
    nodes = answer.data["viewer"]["shares"]["nodes"]
    assert nodes == [{"id": str(share.id), "body": BODY, "post": None}]
    await sharing.revoke(act, share)
    assert await sharing.read(ask, "manager", share) is None


async def test_staff_find_their_own_shares_among_their_own_only(
    ask: Ask, act: Act, partners: World
) -> None:
    """A manager who lives there as well has revoked a share with the own organisation."""
    resident_id = partners.people["resident"].resident_id
    await models.Staff.filter(id=partners.staff["manager"]).update(resident_id=resident_id)
    share = await sharing.share(act, partners)
    assert await sharing.read(ask, "resident", share) is not None
    await sharing.revoke(act, share)
    page = await ask("resident", sharing.PAGE, id=partners.organisations["town"])
    assert page.data == {"shares": {"nodes": []}}
    assert await models.AccessRecord.all().count() == 0
