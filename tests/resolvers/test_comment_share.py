"""Comments stay out of a share until each commenter agrees, and leave it when one says so."""

import asyncio
from typing import Any

import pytest

import models
import resolvers.comment
import resolvers.comment_share
import resolvers.post
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, sharing
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

ASK = sharing.ASK
ANSWER = resolvers.comment_share.answer_comment_share
WITHDRAW = resolvers.comment_share.withdraw_comment_share
COMMENTS = "query ($id: ID!) { share(id: $id) { comments { nodes { id body createdAt } } } }"
ASKED = """
{ viewer { commentShares { nodes {
  id state revokedAt organisation { slug } comment { body } asker { displayName }
} } } }
"""
STATES = "{ viewer { shares { nodes { commentShares { nodes { id state comment { body } } } } } } }"
CHANGED, SHOWN = "COMMENT_SHARE_CHANGED", "SHARED_COMMENTS_CHANGED"


async def shown(ask: Ask, share: models.PostShare, persona: str = "manager") -> list[str]:
    """The words of the comments that go along, as the organisation reads them."""
    answer = await ask(persona, COMMENTS, id=share.id)
    assert answer.errors is None
    assert answer.data is not None
    return [node["body"] for node in answer.data["share"]["comments"]["nodes"]]


async def question(act: Act, world: World) -> tuple[models.PostShare, models.CommentShare]:
    """A share of the resident, and the question to the neighbour about a comment."""
    share = await sharing.share(act, world)
    comment = await sharing.comment(act, world)
    row = await act("resident", ASK, share_id=share.id, comment_id=comment.id)
    return share, row


async def test_comments_stay_out_until_the_commenter_agrees(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await sharing.comment(act, partners, "moderator", "Ik blijf erbuiten.")
    assert row.state is models.CommentShareState.ASKED
    assert await shown(ask, share) == []
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    for persona in sharing.READERS:
        assert await shown(ask, share, persona) == ["Ik kom mee."]


async def test_a_shared_comment_has_words_and_a_moment_and_no_name(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    comment = await models.Comment.get(id=row.comment_id)
    answer = await ask("token shares:read", COMMENTS, id=share.id)
    node = {
        "id": str(row.id),
        "body": "Ik kom mee.",
        "createdAt": comment.created_at.isoformat(),
    }
    assert answer.data == {"share": {"comments": {"nodes": [node]}}}
    assert "Neighbour" not in str(answer.data)


async def test_who_asks_and_who_is_asked_see_how_it_stands(
    ask: Ask, act: Act, partners: World
) -> None:
    _, row = await question(act, partners)
    mine = {
        "id": str(row.id),
        "state": "ASKED",
        "revokedAt": None,
        "organisation": {"slug": "town"},
        "comment": {"body": "Ik kom mee."},
        "asker": {"displayName": "Resident"},
    }
    answer = await ask("neighbour", ASKED)
    assert answer.data == {"viewer": {"commentShares": {"nodes": [mine]}}}
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=False)
    seen = {"id": str(row.id), "state": "REFUSED", "comment": {"body": "Ik kom mee."}}
    answer = await ask("resident", STATES)
    questions = {"commentShares": {"nodes": [seen]}}
    assert answer.data == {"viewer": {"shares": {"nodes": [questions]}}}
    for persona in ("moderator", "manager", "resident"):
        answer = await ask(persona, ASKED)
        assert answer.data == {"viewer": {"commentShares": {"nodes": []}}}


async def test_both_residents_hear_and_the_organisation_of_what_it_reads_only(
    act: Act, partners: World
) -> None:
    town = partners.organisations["town"]
    asker, asked = (partners.people[name].resident_id for name in ("resident", "neighbour"))
    assert asker is not None
    assert asked is not None
    share, row = await question(act, partners)
    assert (await ledger.told(asked)).count(CHANGED) == 1
    assert (await ledger.told(asker)).count(CHANGED) == 1
    assert SHOWN not in await ledger.told(town)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    event = await models.Event.filter(stream_id=town, kind=SHOWN).get()
    assert (event.subject_id, event.scope, event.resident_id) == (share.id, "shares:read", None)
    await act("neighbour", WITHDRAW, comment_share_id=row.id)
    assert (await ledger.told(town)).count(SHOWN) == 2
    assert (await ledger.told(asked)).count(CHANGED) == 3
    assert (await ledger.told(asker)).count(CHANGED) == 3


async def test_a_refusal_is_not_told_to_the_organisation_and_is_final(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=False)
    assert await shown(ask, share) == []
    assert SHOWN not in await ledger.told(partners.organisations["town"])
    async with refused(RefusalCode.CONFLICT):
        await act("resident", ASK, share_id=share.id, comment_id=row.comment_id)
    for agree in (True, False):
        async with refused(RefusalCode.CONFLICT):
            await act("neighbour", ANSWER, comment_share_id=row.id, agree=agree)
    async with refused(RefusalCode.CONFLICT):
        await act("neighbour", WITHDRAW, comment_share_id=row.id)


async def test_an_agreement_is_withdrawn_at_once_and_for_good(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    assert await shown(ask, share) == ["Ik kom mee."]
    for _ in range(2):
        await act("neighbour", WITHDRAW, comment_share_id=row.id)
        assert await shown(ask, share) == []
    assert (await models.CommentShare.get(id=row.id)).state is models.CommentShareState.WITHDRAWN
    async with refused(RefusalCode.CONFLICT):
        await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)


async def test_a_comment_of_ones_own_goes_along_at_once(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    own = partners.comments[models.Audience.NEIGHBOURHOOD]
    row = await act("resident", ASK, share_id=share.id, comment_id=own)
    assert row.state is models.CommentShareState.AGREED
    assert await shown(ask, share) == ["Comment for NEIGHBOURHOOD"]
    resident_id = partners.people["resident"].resident_id
    assert resident_id is not None
    assert (await ledger.told(resident_id)).count(CHANGED) == 1


@pytest.mark.parametrize("verb", [ANSWER, WITHDRAW])
@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("resident", RefusalCode.FORBIDDEN),
        ("moderator", RefusalCode.NOT_FOUND),
        ("manager", RefusalCode.NOT_FOUND),
        ("stranger", RefusalCode.NOT_FOUND),
    ],
)
async def test_only_the_commenter_decides(
    act: Act, partners: World, verb: Any, persona: str, code: RefusalCode
) -> None:
    _, row = await question(act, partners)
    given = {"agree": True} if verb is ANSWER else {}
    async with refused(code):
        await act(persona, verb, comment_share_id=row.id, **given)


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("manager", RefusalCode.FORBIDDEN),
        ("neighbour", RefusalCode.NOT_FOUND),
        ("centre_manager", RefusalCode.NOT_FOUND),
    ],
)
async def test_only_who_shared_asks(
    act: Act, partners: World, persona: str, code: RefusalCode
) -> None:
    share = await sharing.share(act, partners)
    comment = await sharing.comment(act, partners)
    async with refused(code):
        await act(persona, ASK, share_id=share.id, comment_id=comment.id)


async def test_only_comments_of_residents_under_that_post_are_asked_for(
    act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    elsewhere = partners.comments[models.Audience.NEIGHBOURS_NEARBY]
    erased = await sharing.comment(act, partners)
    await act("neighbour", resolvers.comment.delete_comment, comment_id=erased.id)
    for comment_id in (elsewhere, erased.id, share.id):
        async with refused(RefusalCode.NOT_FOUND):
            await act("resident", ASK, share_id=share.id, comment_id=comment_id)
    answer = await models.Comment.create(
        neighbourhood_id=partners.home,
        post_id=share.post_id,
        organisation_id=share.organisation_id,
        audience=models.Audience.NEIGHBOURHOOD,
        body="Wij komen langs.",
    )
    async with refused(RefusalCode.INVALID, "comment_id"):
        await act("resident", ASK, share_id=share.id, comment_id=answer.id)


async def test_nothing_is_asked_or_agreed_after_the_share_has_ended(
    act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    other = await sharing.comment(act, partners, "moderator")
    await sharing.revoke(act, share)
    async with refused(RefusalCode.CONFLICT):
        await act("resident", ASK, share_id=share.id, comment_id=other.id)
    async with refused(RefusalCode.CONFLICT):
        await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)


async def test_a_comment_that_is_erased_leaves_the_share_at_once(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    await act("neighbour", resolvers.comment.delete_comment, comment_id=row.comment_id)
    assert await shown(ask, share) == []
    assert (await models.CommentShare.get(id=row.id)).state is models.CommentShareState.WITHDRAWN
    assert (await ledger.told(partners.organisations["town"]))[-1] == SHOWN


async def test_a_comment_that_is_edited_shows_its_words_as_they_are_now(
    ask: Ask, act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    edit = resolvers.comment.edit_comment
    await act("neighbour", edit, comment_id=row.comment_id, body="Toch niet.")
    assert await shown(ask, share) == ["Toch niet."]


async def test_who_has_moved_out_still_withdraws(ask: Ask, act: Act, partners: World) -> None:
    share, row = await question(act, partners)
    await act("neighbour", ANSWER, comment_share_id=row.id, agree=True)
    membership = models.Membership.filter(id=partners.people["neighbour"].membership_id)
    await membership.update(state=models.MembershipState.ENDED)
    await act("neighbour", WITHDRAW, comment_share_id=row.id)
    assert await shown(ask, share) == []


async def test_to_agree_and_to_erase_at_the_same_moment_never_shows_what_was_erased(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    for number in range(6):
        comment = await sharing.comment(act, partners, body=f"Nummer {number}")
        row = await act("resident", ASK, share_id=share.id, comment_id=comment.id)
        both = await asyncio.gather(
            act("neighbour", ANSWER, comment_share_id=row.id, agree=True),
            act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id),
            return_exceptions=True,
        )
        failed = [each for each in both if isinstance(each, BaseException)]
        assert [each.code for each in failed if isinstance(each, Refusal)] in (
            [],
            [RefusalCode.CONFLICT],
        )
        assert [each for each in failed if not isinstance(each, Refusal)] == []
    assert await shown(ask, share) == []


async def test_to_answer_and_to_delete_the_post_at_the_same_moment_do_not_wait_for_each_other(
    act: Act, partners: World
) -> None:
    share, row = await question(act, partners)
    both = await asyncio.gather(
        act("neighbour", ANSWER, comment_share_id=row.id, agree=True),
        act("resident", resolvers.post.delete_post, post_id=share.post_id),
        return_exceptions=True,
    )
    failed = [each for each in both if isinstance(each, BaseException)]
    assert [type(each) for each in failed] in ([], [Refusal])
    assert (await models.CommentShare.get(id=row.id)).revoked_at is not None
