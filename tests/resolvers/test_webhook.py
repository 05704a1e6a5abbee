"""Webhooks are made, rotated, resumed and removed by those who may, and shown to them alone."""

import pytest

import models
from auth.scope import PARTNER, Scope
from realtime.hub import Hub
from resolvers import webhook
from resolvers.context import Context
from resolvers.grant import SCOPES
from resolvers.refusal import Refusal
from resolvers.webhook_kind import WebhookKind
from tests import partners as organisations
from tests.inside import Ask
from tests.resolvers.hook import (
    CREATE,
    KEY,
    LIST,
    MANAGE,
    REDELIVER,
    REMOVE,
    RESUME,
    ROTATE,
    URL,
    created,
    done,
    logged,
    made,
)
from tests.world import NOW, World


async def test_the_secret_is_shown_once_and_stored_nowhere(ask: Ask, partners: World) -> None:
    payload = await created(ask, partners)
    assert payload["errors"] == []
    told = payload["webhook"]["webhook"]
    row = await models.Webhook.get()
    assert told == {
        "id": str(row.id),
        "url": URL,
        "kinds": ["SHARE_GRANTED"],
        "pausedAt": None,
        "failureCount": 0,
        "issuedBy": {"name": "Manager"},
    }
    secret = payload["webhook"]["secret"]
    assert secret == webhook.secret_of(KEY, row)
    assert secret.startswith("whsec_")
    assert len(secret) == 70
    [stored] = await models.Webhook.all().values()
    assert secret.removeprefix("whsec_") not in str(stored)


async def test_each_webhook_and_each_rotation_has_a_secret_of_its_own(
    ask: Ask, partners: World
) -> None:
    first = (await created(ask, partners))["webhook"]
    second = (await created(ask, partners))["webhook"]
    given = {"webhookId": first["webhook"]["id"]}
    third = (await done(ask, "manager", ROTATE, **given))["webhook"]
    assert third["webhook"]["id"] == first["webhook"]["id"]
    assert len({first["secret"], second["secret"], third["secret"]}) == 3


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.1/", "INVALID"),
        ("https://169.254.169.254/latest/meta-data", "INVALID"),
        ("https://user:word@partner.example/", "INVALID"),
        ("ftp://127.0.0.1/", "INVALID"),
        (f"https://127.0.0.1/{'x' * 500}", "TOO_LONG"),
    ],
)
async def test_an_address_that_may_not_be_called_is_refused(
    ask: Ask, partners: World, url: str, code: str
) -> None:
    payload = await created(ask, partners, url=url)
    [error] = payload["errors"]
    assert (payload["webhook"], error["code"], error["field"]) == (None, code, "url")
    assert await models.Webhook.all().count() == 0


async def test_it_has_to_be_told_of_something(ask: Ask, partners: World) -> None:
    [error] = (await created(ask, partners, kinds=[]))["errors"]
    assert (error["code"], error["field"]) == ("INVALID", "kinds")
    assert await models.Webhook.all().count() == 0


@pytest.mark.parametrize("kind", list(WebhookKind))
async def test_each_kind_asks_for_its_scope_and_names_it(
    ask: Ask, partners: World, kind: WebhookKind
) -> None:
    await organisations.token(partners, "narrow", PARTNER - {SCOPES[kind]})
    await organisations.token(partners, "wide", {MANAGE, SCOPES[kind]})
    refused = await created(ask, partners, "narrow", kinds=[kind])
    assert refused["errors"] == [
        {
            "code": "FORBIDDEN",
            "field": None,
            "message": f"This needs the scope {SCOPES[kind].value}.",
        }
    ]
    assert await models.Webhook.all().count() == 0
    assert (await created(ask, partners, "wide", kinds=[kind]))["errors"] == []


async def test_another_organisation_is_not_found(ask: Ask, partners: World) -> None:
    payload = await created(ask, partners, "centre_manager")
    assert payload["errors"][0]["code"] == "NOT_FOUND"
    answer = await ask("centre_manager", LIST, id=partners.organisations["town"])
    assert answer.errors is not None
    assert answer.errors[0].extensions == {"code": "NOT_FOUND"}
    assert await models.Webhook.all().count() == 0


@pytest.mark.parametrize("persona", ["editor", "case_worker", "resident", "token shares:read"])
async def test_without_the_scope_the_door_is_shut_and_names_it(
    ask: Ask, partners: World, persona: str
) -> None:
    given = {"organisationId": str(partners.organisations["town"]), "url": URL}
    answer = await ask(persona, CREATE, input=given | {"kinds": ["SHARE_GRANTED"]})
    assert answer.errors is not None
    assert answer.errors[0].extensions == {"code": "FORBIDDEN", "scope": "webhooks:manage"}
    assert await models.Webhook.all().count() == 0


async def test_an_organisation_has_ten_at_most_and_a_removed_one_makes_room(
    ask: Ask, partners: World
) -> None:
    hooks = [await made(partners) for _ in range(10)]
    assert (await created(ask, partners))["errors"][0]["code"] == "CONFLICT"
    assert await models.Webhook.all().count() == 10
    removed = await done(ask, "manager", REMOVE, webhookId=hooks[0].id)
    assert removed == {"deletedId": str(hooks[0].id), "errors": []}
    assert (await created(ask, partners))["errors"] == []


async def test_a_removed_one_is_gone_and_what_waited_is_not_sent(ask: Ask, partners: World) -> None:
    hook = await made(partners)
    waiting = await logged(hook, state=models.DeliveryState.PENDING)
    await done(ask, "manager", REMOVE, webhookId=hook.id)
    await waiting.refresh_from_db()
    assert waiting.state is models.DeliveryState.WITHDRAWN
    for document, given in [
        (ROTATE, {"webhookId": hook.id}),
        (RESUME, {"webhookId": hook.id}),
        (REMOVE, {"webhookId": hook.id}),
        (REDELIVER, {"deliveryId": waiting.id}),
    ]:
        assert (await done(ask, "manager", document, **given))["errors"][0]["code"] == "NOT_FOUND"
    answer = await ask("manager", LIST, id=partners.organisations["town"])
    assert answer.data == {"webhooks": {"nodes": []}}


async def test_who_may_not_read_what_it_tells_may_not_rotate_resume_or_redeliver(
    ask: Ask, partners: World
) -> None:
    hook = await made(partners, paused_at=NOW)
    delivery = await logged(hook)
    for document, given in [
        (ROTATE, {"webhookId": hook.id}),
        (RESUME, {"webhookId": hook.id}),
        (REDELIVER, {"deliveryId": delivery.id}),
    ]:
        payload = await done(ask, "token webhooks:manage", document, **given)
        message = "This needs the scope shares:read."
        assert payload["errors"] == [{"code": "FORBIDDEN", "message": message}]
    await hook.refresh_from_db()
    assert (hook.secret_version, hook.paused_at) == (1, NOW)


async def test_the_log_shows_the_kinds_that_the_viewer_may_read(ask: Ask, partners: World) -> None:
    hook = await made(partners)
    share, case = await logged(hook), await logged(hook, "CASE_CHANGED")
    await organisations.token(partners, "cases", {MANAGE, Scope.CASES_READ})
    seen = {}
    for persona in ("manager", "cases", "token webhooks:manage"):
        answer = await ask(persona, LIST, id=partners.organisations["town"])
        assert answer.data is not None
        [node] = answer.data["webhooks"]["nodes"]
        seen[persona] = [each["subjectId"] for each in node["deliveries"]["nodes"]]
    assert seen == {
        "manager": [str(case.subject_id), str(share.subject_id)],
        "cases": [str(case.subject_id)],
        "token webhooks:manage": [],
    }


async def test_a_token_of_next_door_reads_nothing_of_home_in_the_log(
    ask: Ask, partners: World
) -> None:
    delivery = await logged(await made(partners))
    await organisations.token(partners, "of home", PARTNER, places=("home",))
    shown = {}
    for persona in ("of home", "token elsewhere"):
        answer = await ask(persona, LIST, id=partners.organisations["town"])
        assert answer.data is not None
        [node] = answer.data["webhooks"]["nodes"]
        shown[persona] = len(node["deliveries"]["nodes"])
    assert shown == {"of home": 1, "token elsewhere": 0}
    payload = await done(ask, "token elsewhere", REDELIVER, deliveryId=delivery.id)
    assert payload["errors"] == [{"code": "NOT_FOUND", "message": "There is no such delivery."}]
    await delivery.refresh_from_db()
    assert delivery.state is models.DeliveryState.FAILED


async def test_a_manager_of_another_unit_reads_nothing_of_it_in_the_log(
    ask: Ask, partners: World
) -> None:
    delivery = await logged(await made(partners))
    await models.Event.filter(id=delivery.event_id).update(unit_id=partners.units["care"])
    answers = []
    for unit in ("care", "roads"):
        staff = models.Staff.filter(id=partners.staff["manager"])
        await staff.update(unit_id=partners.units[unit])
        answer = await ask("manager", LIST, id=partners.organisations["town"])
        assert answer.data is not None
        answers.append(len(answer.data["webhooks"]["nodes"][0]["deliveries"]["nodes"]))
    assert answers == [1, 0]


async def test_redelivery_tries_anew_unless_the_webhook_is_paused(
    ask: Ask, partners: World
) -> None:
    hook = await made(partners)
    delivery = await logged(hook)
    payload = await done(ask, "manager", REDELIVER, deliveryId=delivery.id)
    assert payload["delivery"] == {"id": str(delivery.id), "state": "PENDING", "attempts": 0}
    await models.Webhook.all().update(paused_at=NOW)
    payload = await done(ask, "manager", REDELIVER, deliveryId=delivery.id)
    assert payload["errors"][0]["code"] == "CONFLICT"
    payload = await done(ask, "centre_manager", REDELIVER, deliveryId=delivery.id)
    assert payload["errors"][0]["code"] == "NOT_FOUND"


async def test_without_a_secret_of_the_server_there_is_no_webhook(
    hub: Hub, partners: World
) -> None:
    from_nowhere = Context(hub, partners.people["manager"].token)
    context = await from_nowhere.fresh()
    with pytest.raises(Refusal) as refused:
        await webhook.create_webhook(
            context,
            organisation_id=partners.organisations["town"],
            url=URL,
            kinds=[WebhookKind.SHARE_GRANTED],
        )
    assert refused.value.code == "FORBIDDEN"
    assert await models.Webhook.all().count() == 0
