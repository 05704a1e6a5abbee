"""Every mutation a partner may call, done by whoever may on what is granted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import models
import resolvers.budget_idea
import resolvers.post
from tests.marker.scene import Scene

Call = tuple[str, str, dict[str, Any]]
WORDS = {"body": "words"}
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
THEN = (datetime.now(UTC) + timedelta(days=2)).isoformat()


async def calls(scene: Scene) -> AsyncIterator[Call]:
    """The mutation, who calls it, and its input; each is worked out when its turn comes."""
    for part in (_of_cases, _of_announcements, _of_polls, _of_webhooks, _of_staff, _of_tokens):
        async for call in part(scene):
            yield call


async def _of_cases(scene: Scene) -> AsyncIterator[Call]:
    world = scene.world
    beside = await _case(scene, "beside")
    yield "addCaseNote", "token full", {"caseId": beside["caseId"], **WORDS}
    yield "startCase", "manager", beside
    given = {"staffId": world.staff["case_worker"], "dueOn": TOMORROW[:10]}
    yield "assignCase", "token full", {**await _case(scene, "nameless"), **given}
    to_centre = {"organisationId": world.organisations["centre"], "reason": "words"}
    yield "askReferral", "token full", {**await _case(scene, "roads"), **to_centre}
    yield "answerCase", "manager", {**await _case(scene, "roads"), "answer": "words"}
    to_care = {"unitId": world.units["care"]}
    yield "referCase", "manager", {**await _case(scene, "referred"), **to_care}
    volunteer = await models.VolunteerConsent.get(
        membership_id=scene.membership("volunteer_beside"), revoked_at=None
    )
    yield "contactVolunteer", "editor", {"volunteerId": volunteer.id, **WORDS}


async def _of_announcements(scene: Scene) -> AsyncIterator[Call]:
    which = {"announcementId": scene.announcement["town"]}
    given = {"organisationId": scene.world.organisations["town"], "purpose": "COHESION"}
    yield "createAnnouncement", "token full", {**given, "title": "words", **WORDS}
    yield "editAnnouncement", "editor", {**which, "title": "words", **WORDS}
    yield "withdrawAnnouncement", "manager", which


async def _of_polls(scene: Scene) -> AsyncIterator[Call]:
    given = {"organisationId": scene.world.organisations["town"], "title": "words", **WORDS}
    poll = {"method": "FOR_OR_AGAINST", "closesAt": TOMORROW}
    yield "announcePoll", "token full", {**given, **poll}
    times = {"ideasUntil": TOMORROW, "voteFrom": TOMORROW, "voteUntil": THEN}
    money = {"neighbourhoodId": scene.world.home, "amount": 100, "supportNeeded": 1, **times}
    yield "announceBudget", "editor", {**given, **money}
    idea = await _idea(scene)
    yield "judgeIdea", "manager", {"ideaId": idea.id, "admitted": True, "reason": "words"}


async def _idea(scene: Scene) -> models.BudgetIdea:
    """An idea for the newest budget, that somebody supports."""
    budget = await models.Budget.all().order_by("-id").first()
    assert budget is not None
    words = {
        "neighbourhood_id": scene.world.home,
        "kind": models.PostKind.IDEA,
        "body": "Een bank.",
    }
    post = await scene.act("bystander", resolvers.post.create_post, **words)
    given = {"budget_id": budget.id, "post_id": post.id, "cost": 10}
    idea: models.BudgetIdea = await scene.act(
        "bystander", resolvers.budget_idea.propose_idea, **given
    )
    await scene.act("asked", resolvers.budget_idea.support_idea, idea_id=idea.id)
    return idea


async def _of_webhooks(scene: Scene) -> AsyncIterator[Call]:
    town = scene.world.organisations["town"]
    hook = await models.Webhook.get(organisation_id=town, paused_at=None)
    delivery = await models.WebhookDelivery.filter(webhook_id=hook.id).first()
    assert delivery is not None
    kinds = ["SHARE_GRANTED", "CASE_CHANGED"]
    given = {"organisationId": town, "url": "http://127.0.0.1:9/hook", "kinds": kinds}
    yield "createWebhook", "token full", given
    yield "rotateWebhookSecret", "manager", {"webhookId": hook.id}
    yield "resumeWebhook", "manager", {"webhookId": hook.id}
    yield "redeliver", "token full", {"deliveryId": delivery.id}
    yield "removeWebhook", "manager", {"webhookId": hook.id}


async def _of_staff(scene: Scene) -> AsyncIterator[Call]:
    town, staff = scene.world.organisations["town"], scene.world.staff
    yield "addUnit", "manager", {"organisationId": town, "name": "words"}
    invited = {"organisationId": town, "name": "words", "role": "ANALYST"}
    yield "inviteStaff", "manager", invited
    yield "changeStaff", "manager", {"staffId": staff["analyst"], "role": "EDITOR"}
    place = {"staffId": staff["other_unit"], "neighbourhoodId": scene.world.home}
    yield "assignWorker", "manager", place
    yield "withdrawWorker", "manager", place
    yield "endStaff", "manager", {"staffId": staff["other_unit"]}


async def _of_tokens(scene: Scene) -> AsyncIterator[Call]:
    made = {"name": "words", "scopes": ["shares:read"], "expiresAt": TOMORROW}
    yield "createToken", "manager", {"organisationId": scene.world.organisations["town"], **made}
    tokens = models.ApiToken.filter(scopes__contains=["polls:write"], revoked_at=None)
    token = await tokens.exclude(scopes__contains=["shares:read"]).get()
    yield "rotateToken", "manager", {"tokenId": token.id}
    yield "revokeToken", "manager", {"tokenId": token.id}


async def _case(scene: Scene, person: str) -> dict[str, Any]:
    """The case of what a person shares with the town, and its version now."""
    case = await models.Case.get(
        resident_id=scene.world.people[person].resident_id,
        organisation_id=scene.world.organisations["town"],
    )
    return {"caseId": case.id, "version": case.version}
