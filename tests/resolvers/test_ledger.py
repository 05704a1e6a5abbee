"""The ledger: each reading of what a resident shared, line by line, before its answer leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import models
import resolvers.ledger
import schema
from models.base import uuid7
from models.database import connection
from models.transaction import transaction
from realtime.hub import Hub
from resolvers.context import Context
from tests import beginning
from tests.inside import Ask
from tests.resolvers import ledger, sharing
from tests.resolvers.conftest import Act
from tests.world import World

SHARE, COMMENT = models.AccessSubject.SHARE, models.AccessSubject.COMMENT
BODY = "query ($id: ID!) { share(id: $id) { body } }"
GRANTS = """
subscription ($id: ID!, $after: String) {
  organisationEvents(organisationId: $id, after: $after) { ... on ShareGranted { share { body } } }
}
"""


async def lines() -> list[tuple[Any, ...]]:
    """Each line, oldest first: the kind, the row, the fields, and whether it was the first."""
    return [
        (row.subject, row.subject_id, row.fields_read, row.is_first)
        for row in await models.AccessRecord.all().order_by("created_at", "subject", "id")
    ]


@asynccontextmanager
async def without_a_ledger() -> AsyncIterator[None]:
    """While the block runs, nothing can be written into the ledger."""
    await connection().execute_script("alter table access_record rename to access_record_away")
    try:
        yield
    finally:
        await connection().execute_script("alter table access_record_away rename to access_record")


async def test_a_reading_by_staff_is_a_line_with_who_what_and_when(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners, with_name=True)
    await ask("case_worker", sharing.ONE, id=share.id)
    [row] = await models.AccessRecord.all()
    assert row.resident_id == partners.people["resident"].resident_id
    assert row.organisation_id == partners.organisations["town"]
    assert (row.staff_id, row.token_id) == (partners.staff["case_worker"], None)
    assert (row.subject, row.subject_id) == (SHARE, share.id)
    assert row.fields_read == ["authorName", "body", "title"]
    assert row.is_first is True


async def test_a_reading_by_a_token_names_the_token(ask: Ask, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    await ask("token shares:read", BODY, id=share.id)
    token = await models.ApiToken.get(name="token shares:read")
    [row] = await models.AccessRecord.all()
    assert (row.staff_id, row.token_id) == (None, token.id)
    assert row.fields_read == ["body"]


async def test_fields_go_by_the_names_of_the_schema_once_a_row(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    document = """
    query ($id: ID!) {
      share(id: $id) { a: body b: body ...More }
      again: share(id: $id) { c: postedAt }
    }
    fragment More on PostShare { id purpose expiresAt body kind }
    """
    await ask("manager", document, id=share.id)
    assert await lines() == [(SHARE, share.id, ["body", "kind", "postedAt"], True)]


async def test_what_is_not_of_the_resident_is_no_reading(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    document = "query ($id: ID!) { share(id: $id) { id purpose createdAt organisation { name } } }"
    await ask("manager", document, id=share.id)
    assert await lines() == []


async def test_what_is_null_is_no_reading(ask: Ask, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    await models.Post.filter(id=share.post_id).update(title=None)
    nothing = "{ authorName title case { satisfaction satisfactionWord } }"
    answer = await ask("manager", f"query ($id: ID!) {{ share(id: $id) {nothing} }}", id=share.id)
    unsaid = {"satisfaction": None, "satisfactionWord": None}
    assert answer.data == {"share": {"authorName": None, "title": None, "case": unsaid}}
    assert await lines() == []
    await ask("manager", sharing.ONE, id=share.id)
    assert await lines() == [(SHARE, share.id, ["body"], True)]


async def test_each_row_of_a_page_has_a_line_and_each_comment_is_its_writers(
    ask: Ask, act: Act, partners: World
) -> None:
    nearby = partners.posts[models.Audience.NEIGHBOURS_NEARBY]
    one, two = (
        await sharing.share(act, partners),
        await sharing.share(act, partners, post_id=nearby),
    )
    row = await sharing.agreed(act, one, await sharing.comment(act, partners))
    document = """
    query ($id: ID!) {
      shares(organisationId: $id) { edges { node { title comments { nodes { body } } } } }
    }
    """
    await ask("manager", document, id=partners.organisations["town"])
    expected = {one.id: (SHARE, "title"), two.id: (SHARE, "title"), row.id: (COMMENT, "body")}
    assert {id: (subject, *fields) for subject, id, fields, _ in await lines()} == expected
    [of_comment] = await models.AccessRecord.filter(subject=COMMENT)
    assert of_comment.resident_id == partners.people["neighbour"].resident_id


async def test_words_read_through_the_case_are_a_reading_of_the_share(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    document = "query ($id: ID!) { cases(organisationId: $id) { nodes { share { body } } } }"
    await ask("case_worker", document, id=partners.organisations["town"])
    assert await lines() == [(SHARE, share.id, ["body"], True)]


async def test_words_in_the_answer_of_a_mutation_are_a_reading(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    case = await models.Case.get(share_id=share.id)
    document = """
    mutation ($input: StartCaseInput!) { startCase(input: $input) { case { share { title } } } }
    """
    answer = await ask("case_worker", document, input={"caseId": case.id, "version": 1})
    assert answer.data == {"startCase": {"case": {"share": {"title": "Title for NEIGHBOURHOOD"}}}}
    assert await lines() == [(SHARE, share.id, ["title"], True)]


async def test_two_readings_are_two_lines_of_which_one_is_the_first(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    for persona in ("manager", "manager", "token shares:read"):
        await ask(persona, BODY, id=share.id)
    assert await lines() == [(SHARE, share.id, ["body"], first) for first in (True, False, False)]


async def test_the_first_is_one_when_many_read_at_the_same_moment(
    ask: Ask, act: Act, partners: World
) -> None:
    nearby = partners.posts[models.Audience.NEIGHBOURS_NEARBY]
    shares = [
        await sharing.share(act, partners),
        await sharing.share(act, partners, post_id=nearby),
    ]
    town = partners.organisations["town"]
    readers = ("manager", "case_worker", "other_unit", "token shares:read") * 4
    answers = await asyncio.gather(*(ask(each, sharing.PAGE, id=town) for each in readers))
    assert [answer.errors for answer in answers] == [None] * len(readers)
    for share in shares:
        rows = await models.AccessRecord.filter(subject_id=share.id)
        assert len(rows) == len(readers)
        assert [row.is_first for row in rows].count(True) == 1


async def test_the_first_is_one_also_when_all_write_before_any_commits(partners: World) -> None:
    who = partners.people["resident"].resident_id, partners.organisations["town"]
    subject_id = uuid7()

    async def write() -> None:
        line = [uuid7(), *who, partners.staff["manager"], None, "SHARE", subject_id, "body"]
        async with transaction():
            await connection().execute_query(resolvers.ledger.WRITE, [[each] for each in line])
            await asyncio.sleep(0.1)

    await asyncio.gather(*(write() for _ in range(4)))
    assert sorted(line[-1] for line in await lines()) == [False, False, False, True]


async def test_each_organisation_has_a_first_of_its_own(
    ask: Ask, act: Act, partners: World
) -> None:
    for persona, to in (("manager", "town"), ("centre_manager", "centre")):
        share = await sharing.share(act, partners, to=to)
        await ask(persona, BODY, id=share.id)
    assert [line[-1] for line in await lines()] == [True, True]


async def test_who_reads_what_is_their_own_leaves_no_line(
    ask: Ask, act: Act, partners: World
) -> None:
    share = await sharing.share(act, partners)
    await sharing.agreed(act, share, await sharing.comment(act, partners))
    mine = "{ viewer { shares { nodes { title body authorName comments { nodes { body } } } } } }"
    answer = await ask("resident", mine)
    assert answer.data is not None
    [node] = answer.data["viewer"]["shares"]["nodes"]
    assert node["comments"]["nodes"] == [{"body": "Ik kom mee."}]
    assert await lines() == []


async def test_a_reading_is_told_to_the_resident_alone(ask: Ask, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    before = await ledger.told(partners.organisations["town"])
    await ask("manager", BODY, id=share.id)
    [event] = await models.Event.filter(kind="ACCESS_RECORDED")
    [row] = await models.AccessRecord.all()
    assert (event.stream_id, event.subject_id) == (share.resident_id, row.id)
    assert await ledger.told(partners.organisations["town"]) == before


async def test_what_cannot_be_written_is_not_answered(ask: Ask, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    before = await models.Event.all().count()
    async with without_a_ledger():
        answer = await ask("manager", sharing.ONE, id=share.id)
    assert answer.data is None
    assert answer.errors is not None
    [error] = answer.errors
    assert error.extensions is not None
    assert error.extensions.keys() == {"code", "requestId"}
    assert error.extensions["code"] == "INTERNAL"
    assert "Body for" not in str(answer)
    assert "access_record" not in str(answer)
    assert await models.Event.all().count() == before
    assert await sharing.read(ask, "manager", share) is not None
    assert [line[-1] for line in await lines()] == [True]


async def listen(context: Context, world: World) -> Any:
    """The first share that the organisation hears of, from the beginning of its stream."""
    town = world.organisations["town"]
    after = await beginning.cursor(context.token, town)
    stream: Any = await schema.api.subscribe(GRANTS, {"id": str(town), "after": after}, context)
    async with asyncio.timeout(5):
        async for result in stream:
            if result.errors or result.data["organisationEvents"]:
                await stream.aclose()
                return result
    raise AssertionError("the stream ended")


async def test_words_in_an_event_are_a_reading_too(hub: Hub, act: Act, partners: World) -> None:
    share = await sharing.share(act, partners)
    context = Context(hub, partners.people["token shares:read"].token)
    result = await listen(context, partners)
    assert result.data == {"organisationEvents": {"share": {"body": "Body for NEIGHBOURHOOD"}}}
    assert await lines() == [(SHARE, share.id, ["body"], True)]


async def test_an_event_that_cannot_be_written_down_is_not_told(
    hub: Hub, act: Act, partners: World
) -> None:
    await sharing.share(act, partners)
    context = Context(hub, partners.people["token shares:read"].token)
    async with without_a_ledger():
        try:
            told = str(await listen(context, partners))
        except Exception as error:
            told = repr(error)
    assert "Body for" not in told
    assert await lines() == []
