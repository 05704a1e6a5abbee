"""What neighbours of the matrix offer, ask for, agree on, say in private, and do not want to see.

All by the verbs of the doors. Two who are no personas live beside them: a minor and a quarreller.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.block
import resolvers.chat_message
import resolvers.content_report
import resolvers.conversation
import resolvers.guardian_leave_grant
import resolvers.help_match_answer
import resolvers.help_match_proposal
import resolvers.help_offer
import resolvers.help_request
import resolvers.help_request_edit
import resolvers.participant
import resolvers.post
import resolvers.seat
from realtime.hub import Hub
from tests.inside import Act
from tests.neighbours import move_in, whose
from tests.world import NOW, World

ANSWER = resolvers.help_match_answer
DAY = timedelta(days=1)
OF_AGE = ("resident", "neighbour", "moderator", "nearby")
DETAILS: dict[str, Any] = {
    "skill": "bicycle-repair",
    "wanted_from": datetime.now(UTC) + DAY,
    "wanted_until": datetime.now(UTC) + 2 * DAY,
    "minutes": 30,
    "people": 2,
}


async def build(world: World, hub: Hub, act: Act) -> None:
    """Help, matches, talk, a block, a report and a guardian's leave, in the world of the matrix."""
    await _people(world, act)
    await _offers(world, act)
    await _matches(world, act)
    await _talk(world, act)
    await _groups(world, act)
    await resolvers.help_request.ask_due(hub, NOW + 99 * DAY)
    await act("resident", resolvers.block.block_member, membership_id=whose(world, "quarreller"))


async def _people(world: World, act: Act) -> None:
    """Those who may be matched, a minor of the resident's who may, and one to be blocked."""
    ids = [world.people[persona].resident_id for persona in OF_AGE]
    await models.Resident.filter(id__in=ids).update(age_band=models.AgeBand.ADULT)
    for name in ("minor", "quarreller"):
        await move_in(world, name, models.MembershipRole.RESIDENT)
    child = world.people["minor"]
    await models.Resident.filter(id=child.resident_id).update(age_band=models.AgeBand.UNDER_18)
    await models.Membership.filter(id=child.membership_id).update(household_id=world.household_id)
    verb = resolvers.guardian_leave_grant.give_guardian_leave
    leave = await act("resident", verb, membership_id=child.membership_id)
    world.things["leave of guardian"] = leave.id


async def _offers(world: World, act: Act) -> None:
    """Two who mend bicycles, one of whom wants to hear of it; and all that an offer may say."""
    for persona, hears in (("neighbour", True), ("moderator", False)):
        given = {"membership_id": whose(world, persona), "skills": ["bicycle-repair"]}
        await act(persona, resolvers.help_offer.offer_help, **given, hears_requests=hears)
    said = {
        "note": "Ook 's avonds.",
        "availability": [models.Availability.MONDAY_MORNING],
        "ends_on": (NOW + 9 * DAY).date(),
    }
    resident = whose(world, "resident")
    await act("resident", resolvers.help_offer.edit_offer, membership_id=resident, **said)


async def _matches(world: World, act: Act) -> None:
    """Two that a worker brought about are over; one stands, two wait for an answer, one is gone."""
    helping = {"helper_id": whose(world, "neighbour"), "note": "Zaterdag?"}
    done, brought = [await _completed(world, act, **helping) for _ in range(2)]
    for persona in ("neighbour", "resident"):
        await act(persona, ANSWER.thank, match_id=brought, words="Dank u!")
    agreed, post = await _proposed(world, act, "resident", **helping)
    await act("neighbour", ANSWER.accept_match, match_id=agreed)
    await act("resident", ANSWER.share_address, match_id=agreed, address="Bij de molen")
    world.things |= {"match done": done, "match brought": brought}
    world.things |= {"match agreed": agreed, "post of match": post}
    for name, persona, given in (
        ("match asked", "worker", helping),
        ("match offered", "neighbour", {}),
        ("match gone", "resident", helping),
    ):
        world.things[name], post = await _proposed(world, act, persona, **given)
    await act("resident", resolvers.post.delete_post, post_id=post)
    request = await _request(world, act)
    world.things |= {"request": request.id, "post of request": request.post_id}


async def _completed(world: World, act: Act, **given: Any) -> UUID:
    """A match that a worker proposed, both accepted, and the resident says is done."""
    match_id, _ = await _proposed(world, act, "worker", **given)
    for persona in ("neighbour", "resident"):
        await act(persona, ANSWER.accept_match, match_id=match_id)
    await act("resident", ANSWER.complete_match, match_id=match_id)
    return match_id


async def _proposed(world: World, act: Act, persona: str, **given: Any) -> tuple[UUID, UUID]:
    """A match for a request of the resident's, and the post of it."""
    post_id = (await _request(world, act)).post_id
    made = await act(persona, resolvers.help_match_proposal.propose_match, post_id=post_id, **given)
    return made.id, post_id


async def _request(world: World, act: Act) -> models.HelpRequest:
    """A request of the resident's, with all that it may say, confirmed."""
    given = {"neighbourhood_id": world.home, "body": "Mijn ketting ligt eraf.", **DETAILS}
    made = await act("resident", resolvers.help_request_edit.request_help, **given)
    confirm = resolvers.help_request_edit.confirm_help_request
    confirmed: models.HelpRequest = await act("resident", confirm, help_request_id=made.id)
    return confirmed


async def _talk(world: World, act: Act) -> None:
    """What the two of a match say to each other; one message is erased, one is reported."""
    talk = await models.Conversation.get(match_id=world.things["match agreed"])
    send = resolvers.chat_message.send_message
    own, erased = [
        await act("resident", send, conversation_id=talk.id, body=body) for body in ("Dag.", "Oei.")
    ]
    await act("resident", resolvers.chat_message.delete_message, message_id=erased.id)
    theirs = await act("neighbour", send, conversation_id=talk.id, body="Wat een lelijke fiets.")
    read = {"conversation_id": talk.id, "message_id": theirs.id}
    await act("resident", resolvers.participant.mark_read, **read)
    report = {"reason": models.ReportReason.HARASSMENT, "note": "Dat is niet aardig."}
    report |= {"subject": models.ReportSubject.MESSAGE, "subject_id": theirs.id}
    await act("resident", resolvers.content_report.report_content, **report)
    last = await act("neighbour", send, conversation_id=talk.id, body="Tot zaterdag.")
    world.things |= {"talk": talk.id, "message": own.id, "their message": last.id}


async def _groups(world: World, act: Act) -> None:
    """A talk of several that stands, and one that the resident has left."""
    ids = {"membership_ids": [whose(world, name) for name in ("neighbour", "minor")]}
    for name in ("group", "left group"):
        begin = resolvers.conversation.start_conversation
        world.things[name] = (await act("resident", begin, **ids, title="Straatfeest")).id
    leave = resolvers.seat.leave_conversation
    await act("resident", leave, conversation_id=world.things["left group"])
