"""The end of an account: with the password, after two weeks, and then at once for everybody."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

import models
import resolvers.account_deletion
import resolvers.comment
import resolvers.data_export
import resolvers.post_share
from models.base import uuid7
from realtime.hub import Hub
from resolvers import account_deletion, data_export
from server import archive, erasure
from server.settings import Settings
from tests.inside import Ask
from tests.notifying import done, notifying
from tests.resolvers import sharing, talking
from tests.resolvers.conftest import Act
from tests.resolvers.talking import begin, write
from tests.world import PASSWORD, World

DELETE = """
mutation ($password: String!) {
  deleteMyAccount(input: {password: $password}) { account { deletedOn } errors { code field } }
}
"""
EXPORT = """
mutation ($password: String!) {
  exportMyData(input: {password: $password}) { export { id state } errors { code } }
}
"""
CANCEL = "mutation { cancelDeletion(input: {}) { account { deletedOn } errors { code } } }"
POST = """
query ($id: ID!) { post(id: $id) { comments { nodes { body author { displayName } } } } }
"""
LATER = datetime.now(UTC) + timedelta(days=15)


async def asked(ask: Ask, document: str, **given: Any) -> Any:
    answer = await ask("resident", document, **given)
    assert answer.data is not None, answer.errors
    [payload] = answer.data.values()
    return payload


async def test_nothing_is_erased_before_two_weeks_and_without_the_password(
    ask: Ask, hub: Hub, world: World
) -> None:
    refused = await asked(ask, DELETE, password="wrong password")
    assert refused["errors"] == [{"code": "LOGIN_REFUSED", "field": "password"}]
    assert await models.AccountDeletion.all().count() == 0
    due = datetime.fromisoformat(
        (await asked(ask, DELETE, password=PASSWORD))["account"]["deletedOn"]
    )
    left = due - datetime.now(UTC)
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    assert await account_deletion.erase_due(hub, datetime.now(UTC)) == 0
    assert (await asked(ask, CANCEL))["account"] == {"deletedOn": None}
    assert await account_deletion.erase_due(hub, LATER) == 0
    assert (await asked(ask, CANCEL))["errors"] == [{"code": "NOT_FOUND"}]


async def test_when_it_is_due_conversations_stay_readable_without_the_words(
    act: Act, ask: Ask, hub: Hub, world: World
) -> None:
    post = await models.Post.create(
        neighbourhood_id=world.home,
        author_id=world.people["neighbour"].membership_id,
        kind=models.PostKind.MESSAGE,
        body="Van een ander.",
    )
    verb = resolvers.comment.add_comment
    for persona, body in (("resident", "Van mij."), ("neighbour", "Een antwoord.")):
        await act(persona, verb, post_id=post.id, body=body)
    talk = await begin(act, world, "neighbour")
    await write(act, talk, "Ook van mij.", "resident")
    await asked(ask, DELETE, password=PASSWORD)
    assert await account_deletion.erase_due(hub, LATER) == 1
    assert await account_deletion.erase_due(hub, LATER) == 0
    found = await talking.asked(ask, "neighbour", POST, id=post.id)
    assert found["post"]["comments"]["nodes"] == [
        {"body": None, "author": None},
        {"body": "Een antwoord.", "author": {"displayName": "Neighbour"}},
    ]
    assert [row.body for row in await models.ChatMessage.all()] == [""]
    assert (await ask("resident", "{ viewer { id } }")).data == {"viewer": None}
    assert await models.Erasure.filter(resident_id=world.people["resident"].resident_id).exists()


async def test_partners_are_told_that_a_share_is_over(
    act: Act, ask: Ask, hub: Hub, partners: World
) -> None:
    share = await sharing.share(act, partners)
    await asked(ask, DELETE, password=PASSWORD)
    await account_deletion.erase_due(hub, LATER)
    told = models.Event.filter(stream_id=partners.organisations["town"])
    kinds = [event.kind.value for event in await told.order_by("sequence")]
    assert kinds[-1] == "SHARE_ENDED"
    assert (await models.PostShare.get(id=share.id)).revoked_at is not None


async def test_an_erasure_that_fails_half_way_changes_nothing_and_goes_well_later(
    ask: Ask, hub: Hub, world: World, monkeypatch: Any
) -> None:
    await asked(ask, DELETE, password=PASSWORD)
    before = (await models.Post.all().count(), await models.Event.all().count())
    words = await models.Post.exclude(body="").count()

    async def fail(*_: Any) -> None:
        raise RuntimeError("the process ends here")

    with monkeypatch.context() as patched:
        patched.setattr("resolvers.membership.end", fail)
        with pytest.raises(RuntimeError):
            await account_deletion.erase_due(hub, LATER)
    assert (await models.Post.all().count(), await models.Event.all().count()) == before
    assert await models.Post.exclude(body="").count() == words
    assert await account_deletion.erase_due(hub, LATER) == 1


async def test_an_export_is_built_by_the_worker_once_a_day_and_thrown_away_after_a_week(
    act: Act, ask: Ask, hub: Hub, world: World, settings: Settings
) -> None:
    talk = await begin(act, world, "neighbour")
    await write(act, talk, "Van een ander.", "neighbour")
    made = (await asked(ask, EXPORT, password=PASSWORD))["export"]
    assert made["state"] == "ASKED"
    assert (await asked(ask, EXPORT, password=PASSWORD))["errors"] == [{"code": "CONFLICT"}]
    async with notifying(settings, hub):
        await done()
    export = await models.DataExport.get()
    assert export.state is models.DataExportState.READY
    file = await models.DataArchive.get(export_id=export.id)
    with zipfile.ZipFile(io.BytesIO(file.content)) as opened:
        names = set(opened.namelist())
        talked = orjson.loads(opened.read("conversation_of_mine.json"))
        [account] = orjson.loads(opened.read("resident.json"))
    assert {"README.txt", "post.json", "session.json", "membership.json"} <= names
    assert [row["body"] for row in talked] == ["Van een ander."]
    assert account["email"] == "resident@noaber.example"
    await archive.build(None, export.id)
    assert await models.DataArchive.all().count() == 1
    assert await data_export.expire_due(LATER) == 1
    assert await models.DataArchive.all().count() == 0
    assert (await models.DataExport.get()).state is models.DataExportState.EXPIRED
    await archive.build(None, uuid7())


async def test_a_restored_backup_forgets_again_whoever_was_erased(
    ask: Ask, hub: Hub, world: World, settings: Settings
) -> None:
    resident_id = world.people["resident"].resident_id
    assert resident_id is not None
    before = await models.Resident.get(id=resident_id)
    assert await account_deletion.erase(hub, resident_id, LATER)
    kept = [UUID(line) for line in await erasure.listed(settings.database_url)]
    # as a dump from before the erasure brings it back
    await before.save(update_fields=["email"])
    assert await erasure.again(settings, [*kept, uuid7()]) == 1
    assert (await models.Resident.get(id=resident_id)).email.endswith("@erased.invalid")
