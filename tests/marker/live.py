"""What residents do while everybody listens, in words that are markers."""

import asyncio
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import httpx

import models
from tests.marker import document
from tests.marker.column import Markers
from tests.marker.ear import Ear
from tests.marker.scene import Scene
from tests.marker.walk import Asker

SECONDS = 15.0


@dataclass
class Stage:
    """Where it happens: `expected` says which of the new words each persona is to hear."""

    scene: Scene
    client: httpx.AsyncClient
    markers: Markers
    ears: Mapping[str, Ear]
    expected: Mapping[str, Set[str]]

    async def do(self, person: str, door: str, **given: Any) -> dict[str, Any]:
        """What a mutation answers to a person, with the object's id and more."""
        asker = Asker(self.client, self.scene.world.people[person].token)
        form = {key: str(id) if key.endswith("Id") else id for key, id in given.items()}
        answer = await asker.ask(document.mutation(door), input=form)
        payload: dict[str, Any] = answer["data"][door]
        assert payload["errors"] == []
        return payload

    def say(self, meaning: str) -> str:
        """A new word, that nobody has read yet."""
        return self.markers.new(f"new-{meaning}")

    async def heard(self, meaning: str) -> None:
        """Wait until each who is to hear of it has: what is taken back next was told before."""
        [word] = [w for w, m in self.markers.meanings.items() if m == f"new-{meaning}"]
        waiting = [self.ears[p] for p, words in self.expected.items() if f"new-{meaning}" in words]
        async with asyncio.timeout(SECONDS):
            while not all(any(word in text for text in ear.heard) for ear in waiting):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def happen(stage: Stage) -> None:
    """Everything that is told live, by those who may."""
    await _share(stage)
    await _reply(stage)
    await _volunteer(stage)


async def _share(stage: Stage) -> None:
    """Shared with the town, commented, answered, closed, and taken back; and with the centre."""
    organisations = stage.scene.world.organisations
    shared = {"purpose": "IDEA", "withName": True}
    await _post(stage, "late_silent")
    for person, organisation in (("late_centre", "centre"), ("late", "town")):
        post_id = await _post(stage, person)
        to = {"postId": post_id, "organisationId": organisations[organisation]}
        share = (await stage.do(person, "sharePost", **to, **shared))["share"]
        await stage.heard(f"post.body of {person}")
    await _comment(stage, post_id, share["id"])
    case = await models.Case.get(share_id=share["id"])
    given = {"caseId": case.id, "version": case.version}
    await stage.do("manager", "answerCase", **given, answer="words")
    word = stage.say("case.satisfaction_word of late")
    await stage.do("late", "closeCase", caseId=case.id, satisfaction=4, word=word)
    await stage.heard("case.satisfaction_word of late")
    await stage.do("late", "revokeShare", shareId=share["id"])
    await stage.do("late", "editPost", postId=post_id, body=stage.say("post.body-after of late"))


async def _post(stage: Stage, person: str) -> str:
    title, body = stage.say(f"post.title of {person}"), stage.say(f"post.body of {person}")
    given = {"neighbourhoodId": stage.scene.world.home, "kind": "MESSAGE"}
    made = await stage.do(person, "createPost", **given, title=title, body=body)
    id: str = made["post"]["id"]
    return id


async def _comment(stage: Stage, post_id: str, share_id: str) -> None:
    """One comment that goes along for a while, and one that nobody asks for."""
    bystander = stage.say("comment.body of bystander")
    await stage.do("bystander", "addComment", postId=post_id, body=bystander)
    words = stage.say("comment.body of late_comment")
    made = await stage.do("late_comment", "addComment", postId=post_id, body=words)
    asked = await stage.do(
        "late", "askCommentShare", shareId=share_id, commentId=made["comment"]["id"]
    )
    which = {"commentShareId": asked["commentShare"]["id"]}
    await stage.do("late_comment", "answerCommentShare", **which, agree=True)
    await stage.heard("comment.body of late_comment")
    await stage.do("late_comment", "withdrawCommentShare", **which)


async def _reply(stage: Stage) -> None:
    """Written under the town's announcement, changed, and erased."""
    scene = stage.scene
    post = await models.Post.get(
        announcement_id=scene.announcement["town"], neighbourhood_id=scene.world.home
    )
    words = stage.say("comment.body of replying")
    made = await stage.do("replying", "addComment", postId=post.id, body=words)
    await stage.heard("comment.body of replying")
    which = {"commentId": made["comment"]["id"]}
    after = stage.say("comment.body-after of replying")
    await stage.do("replying", "editComment", **which, body=after)
    await stage.heard("comment.body-after of replying")
    await stage.do("replying", "deleteComment", **which)


async def _volunteer(stage: Stage) -> None:
    """A volunteer is asked and answers; another takes the consent back."""
    consents = models.VolunteerConsent.filter(revoked_at=None)
    volunteer = await consents.get(membership_id=stage.scene.membership("volunteer"))
    asked = await stage.do("editor", "contactVolunteer", volunteerId=volunteer.id, body="words")
    answer = stage.say("volunteer_contact.answer of volunteer")
    which = {"contactId": asked["contact"]["id"]}
    await stage.do("volunteer", "answerContact", **which, answer=answer)
    await stage.heard("volunteer_contact.answer of volunteer")
    gone = await consents.get(membership_id=stage.scene.membership("volunteer_centre"))
    await stage.do("volunteer_centre", "withdrawVolunteerConsent", consentId=gone.id)
