"""The end of a share: gone for the organisation at once, also when all happens at one moment."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import models
import resolvers.case_assignment
import resolvers.post
import resolvers.share_end
from realtime.hub import Hub
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.resolvers import caseload, ledger, sharing
from tests.resolvers.conftest import Act
from tests.resolvers.sharing import READERS
from tests.world import World

ONLY = models.Audience.NEIGHBOURS_ONLY
START = resolvers.case_assignment.start_case


async def both(*verbs: Any) -> list[RefusalCode]:
    """The refusals when these run at once; anything else that is raised fails the test."""
    answers = await asyncio.gather(*verbs, return_exceptions=True)
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    assert [each for each in failed if not isinstance(each, Refusal)] == []
    return [each.code for each in failed if isinstance(each, Refusal)]


async def test_a_share_that_is_taken_back_is_gone_at_once_with_all_that_hangs_on_it(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    written = await sharing.comment(act, partners)
    await sharing.agreed(act, share, written)
    case = await models.Case.get(share_id=share.id)
    hanging: dict[str, Any] = {
        "neighbourhood_id": partners.home,
        "organisation_id": share.organisation_id,
        "resident_id": share.resident_id,
        "expires_at": share.expires_at,
        "case_id": case.id,
    }
    await models.CaseNote.create(**hanging, body="Bellen.")
    to = partners.organisations["centre"]
    await models.Referral.create(**hanging, to_organisation_id=to, reason="Zij weten meer.")
    for persona in READERS:
        assert await sharing.read(ask, persona, share) is not None
    ended = await sharing.revoke(act, share)
    for persona in READERS:
        assert await sharing.read(ask, persona, share) is None
    page = await ask("manager", sharing.PAGE, id=partners.organisations["town"])
    assert page.data == {"shares": {"nodes": []}}
    models_of_it: list[Any] = [models.PostShare, models.CommentShare, models.Case]
    for model in [*models_of_it, models.CaseNote, models.Referral]:
        assert [row.revoked_at for row in await model.all()] == [ended.revoked_at]
    assert (await ledger.told(partners.organisations["town"]))[-1] == "SHARE_ENDED"
    assert "SHARE_ENDED" in await ledger.told(share.resident_id)


async def test_an_expired_share_is_hidden_before_anybody_tells_of_it(
    ask: Ask, act: Act, partners: World, hub: Hub
) -> None:
    share = await sharing.share(act, partners)
    kept = await sharing.share(act, partners, to="centre")
    await sharing.expire(share)
    for persona in READERS:
        assert await sharing.read(ask, persona, share) is None
    assert "SHARE_ENDED" not in await ledger.told(partners.organisations["town"])
    now = datetime.now(UTC)
    assert [await resolvers.share_end.end_due(hub, now) for _ in range(2)] == [1, 0]
    assert (await ledger.told(partners.organisations["town"]))[-1] == "SHARE_ENDED"
    assert (await ledger.told(share.resident_id))[-1] == "SHARE_ENDED"
    assert "SHARE_ENDED" not in await ledger.told(kept.organisation_id)
    ended = await sharing.revoke(act, share)
    assert ended.revoked_at is not None
    assert (await ledger.told(partners.organisations["town"])).count("SHARE_ENDED") == 1


async def test_who_deletes_the_post_ends_its_shares(ask: Ask, act: Act, partners: World) -> None:
    shares = [await sharing.share(act, partners, to=to) for to in ("town", "centre")]
    other = await sharing.share(act, partners, post_id=partners.posts[ONLY])
    await act("resident", resolvers.post.delete_post, post_id=shares[0].post_id)
    assert await sharing.read(ask, "manager", shares[0]) is None
    assert await sharing.read(ask, "centre_manager", shares[1]) is None
    assert await sharing.read(ask, "manager", other) is not None
    for to in ("town", "centre"):
        assert (await ledger.told(partners.organisations[to])).count("SHARE_ENDED") == 1
    mine = "{ viewer { shares { nodes { id title body kind revokedAt post { id } } } } }"
    answer = await ask("resident", mine)
    assert answer.data is not None
    [_, *gone] = answer.data["viewer"]["shares"]["nodes"]
    assert [node["id"] for node in gone] == [str(shares[1].id), str(shares[0].id)]
    for node in gone:
        assert (node["title"], node["body"], node["kind"], node["post"]) == (None,) * 4
        assert node["revokedAt"] is not None


async def test_of_two_who_share_at_once_one_does(act: Act, partners: World) -> None:
    refused = await both(*(sharing.share(act, partners) for _ in range(4)))
    assert refused == [RefusalCode.CONFLICT] * 3
    assert await models.PostShare.filter(revoked_at=None).count() == 1


async def test_to_take_back_and_to_start_the_case_do_not_wait_for_each_other(
    act: Act, partners: World
) -> None:
    for _ in range(5):
        case = await caseload.open_case(act, partners)
        share = await models.PostShare.get(id=case.share_id)
        start = act("manager", START, case_id=case.id, version=case.version)
        refused = await both(sharing.revoke(act, share), start)
        assert refused in ([], [RefusalCode.NOT_FOUND])
        assert (await caseload.again(case)).revoked_at is not None


async def test_to_delete_the_post_and_to_take_back_tell_of_the_end_once(
    act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    delete = act("resident", resolvers.post.delete_post, post_id=share.post_id)
    assert await both(sharing.revoke(act, share), delete) == []
    assert (await ledger.told(share.organisation_id)).count("SHARE_ENDED") == 1


async def test_two_workers_tell_of_an_expired_share_once(
    act: Act, partners: World, hub: Hub
) -> None:
    for post_id in partners.posts.values():
        await sharing.expire(await sharing.share(act, partners, post_id=post_id))
    now = datetime.now(UTC)
    told = await asyncio.gather(*(resolvers.share_end.end_due(hub, now) for _ in range(4)))
    assert sum(told) == 3
    assert (await ledger.told(partners.organisations["town"])).count("SHARE_ENDED") == 3
