"""The world of the matrix: partners, and one of each thing that a resident lets them read.

All is done by those who would do it, by the verbs of the doors: counters, events and lines of the
ledger are as they would be. The ids are in `World.things`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.announcement
import resolvers.case_answer
import resolvers.case_assignment
import resolvers.case_note
import resolvers.comment
import resolvers.comment_share
import resolvers.help_offer
import resolvers.post
import resolvers.reaction
import resolvers.referral
import resolvers.staff
import resolvers.volunteer_consent
import resolvers.volunteer_contact
import resolvers.worker
from auth.scope import PARTNER
from realtime.hub import Hub
from resolvers.staff_invitation import invited
from tests import partners
from tests.access import help_world, life_world, moderation_world, notice_world
from tests.inside import Act, Ask
from tests.resolvers import announcing, caseload, counting, hook, sharing
from tests.world import NOW, World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
DAY = timedelta(days=1)
SKILLS = ["reading-aloud", "groceries"]
READ_REPLIES = """
query ($id: ID!) { announcement(id: $id) { replies { nodes { displayName body } } } }
"""
READ_VOLUNTEERS = """
query ($id: ID!) { volunteers(organisationId: $id) { nodes { displayName skills { slug } } } }
"""


async def build(world: World, hub: Hub, act: Act, ask: Ask) -> None:
    """Add the partners of the matrix, and what they may read, to the small world."""
    await partners.build(world)
    await _club(world)
    await _tokens(world)
    await _staff(world, act)
    await _told(world, act)
    await life_world.build(world, hub, act)
    await _announcements(world, act)
    await _ended(world, act)
    await _standing(world, act)
    await _held(world, act)
    await _volunteers(world, act)
    await help_world.build(world, hub, act)
    await moderation_world.build(world, act)
    await notice_world.build(world)
    await _webhooks(world)
    await _figures(world)
    await _readings(world, ask)


async def _club(world: World) -> None:
    """A third organisation that covers home, to which a case may be referred."""
    row = await models.Organisation.create(
        slug="club", name="Club", kind=models.OrganisationKind.ASSOCIATION
    )
    await models.Stream.create(id=row.id, kind=models.StreamKind.ORGANISATION)
    await models.Coverage.create(
        organisation_id=row.id, neighbourhood_id=world.home, since=partners.SINCE
    )
    world.organisations["club"] = row.id


async def _tokens(world: World) -> None:
    """Those of every and of no scope; three to manage, the last of them with all its columns."""
    await partners.token(world, "token full", PARTNER)
    await partners.token(world, "token none", ())
    fresh, spare, complete = [
        await partners.token(world, f"token {name}", PARTNER, places=("home",))
        for name in ("fresh", "spare", "complete")
    ]
    await models.ApiToken.filter(id=complete.id).update(
        unit_id=world.units["care"], replaces_id=spare.id, revoked_at=NOW, last_used_at=NOW
    )
    world.things |= {"spare": spare.id, "fresh": fresh.id}


async def _staff(world: World, act: Act) -> None:
    """Who left, who was invited, who was sent; the worker of the small world is the centre's."""
    await partners.staff(world, "left", "town", models.StaffRole.CASE_WORKER)
    await act("manager", resolvers.staff.end_staff, staff_id=world.staff["left"])
    town = world.organisations["town"]
    invitation = await invited(town, "Invited", models.StaffRole.EDITOR, world.units["care"])
    world.things["code of staff"] = invitation.code
    await partners.staff(world, "sent", "town", models.StaffRole.ANALYST, "roads")
    given = {"staff_id": world.staff["sent"], "neighbourhood_id": world.home}
    await act("manager", resolvers.worker.assign_worker, **given)
    worker = models.Membership.filter(id=world.people["worker"].membership_id)
    await worker.update(organisation_id=world.organisations["centre"])


async def _told(world: World, act: Act) -> None:
    """Posts of the moderator, one for neighbours nearby with all that happens in a feed."""
    verb = resolvers.post.create_post
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.HELP_REQUEST}
    await act("moderator", verb, **given, body="for neighbours", audience=ONLY)
    for name in ("told", "removed"):
        post = await act("moderator", verb, **given, body=name, audience=NEARBY)
        comment = await act("moderator", resolvers.comment.add_comment, post_id=post.id, body=name)
        world.things[name] = post.id
    await act("moderator", resolvers.comment.delete_comment, comment_id=comment.id)
    await act("moderator", resolvers.post.delete_post, post_id=post.id)
    told = world.things["told"]
    await act("moderator", resolvers.post.edit_post, post_id=told, body="edited")
    await act("moderator", resolvers.post.mark_solved, post_id=told)
    comment = await act("moderator", resolvers.comment.add_comment, post_id=told, body="more")
    edited = {"comment_id": comment.id, "body": "edited"}
    await act("moderator", resolvers.comment.edit_comment, **edited)
    clap = {"subject_id": told, "kind": models.ReactionKind.CLAP}
    await act("moderator", resolvers.reaction.react, **clap)


async def _announcements(world: World, act: Act) -> None:
    """An alert with a reply under it, one that waits, and one that was withdrawn."""
    alert = await announcing.announce(
        act, world, purpose=announcing.ALERT, urgent_until=datetime.now(UTC) + DAY
    )
    words = {"announcement_id": alert.id, "title": "Vorst", "body": "Strooi zout."}
    await act("editor", resolvers.announcement.edit_announcement, **words)
    post = await models.Post.get(announcement_id=alert.id, neighbourhood_id=world.home)
    reply, erased = [
        await act(persona, resolvers.comment.add_comment, post_id=post.id, body="Goed.")
        for persona in ("neighbour", "moderator")
    ]
    edited = {"comment_id": reply.id, "body": "Heel goed."}
    await act("neighbour", resolvers.comment.edit_comment, **edited)
    await act("moderator", resolvers.comment.delete_comment, comment_id=erased.id)
    thanks = {"subject_id": post.id, "kind": models.ReactionKind.THANKS}
    await act("resident", resolvers.reaction.react, **thanks)
    await announcing.announce(act, world, publish_at=datetime.now(UTC) + DAY)
    withdrawn = await announcing.announce(act, world)
    verb = resolvers.announcement.withdraw_announcement
    await act("editor", verb, announcement_id=withdrawn.id)
    world.things |= {"alert": alert.id, "alert post": post.id, "reply": reply.id}


async def _ended(world: World, act: Act) -> None:
    """A share that was taken back, with all that hung on it, and one that has expired."""
    comment = await sharing.comment(act, world)
    world.things["comment"] = comment.id
    share = await sharing.share(act, world)
    await sharing.agreed(act, share, comment)
    case = await _opened(share)
    await act("manager", resolvers.case_note.add_case_note, case_id=case.id, body="Bel eens.")
    await sharing.revoke(act, share)
    world.things |= {"taken back": share.id, "case taken back": case.id}
    given = {"kind": models.PostKind.IDEA, "body": "Een bank"}
    verb = resolvers.post.create_post
    post = await act("neighbour", verb, neighbourhood_id=world.home, **given)
    share = await sharing.share(act, world, persona="neighbour", post_id=post.id)
    world.things |= {"expired": share.id, "case expired": (await _opened(share)).id}
    await sharing.expire(share)


async def _held(world: World, act: Act) -> None:
    """A share with the name that the unit `care` holds, and its case, which went all the way."""
    share = await sharing.share(act, world, with_name=True)
    comment = await models.Comment.get(id=world.things["comment"])
    leave = await sharing.agreed(act, share, comment)
    case = await _opened(share)
    to_care = {"case_id": case.id, "version": 1, "unit_id": world.units["care"]}
    await act("manager", resolvers.referral.refer_case, **to_care)
    given = {"staff_id": world.staff["case_worker"], "due_on": (NOW + DAY).date()}
    await caseload.assign(act, await caseload.again(case), **given)
    await act("case_worker", resolvers.case_note.add_case_note, case_id=case.id, body="Gebeld.")
    referral = await _ask_referral(world, act, await caseload.again(case))
    answer = {"referral_id": referral.id, "agree": False}
    await act("resident", resolvers.referral.answer_referral, **answer)
    await _answer(act, await caseload.again(case))
    closing = {"case_id": case.id, "satisfaction": 4, "word": "Dank u."}
    await act("resident", resolvers.case_answer.close_case, **closing)
    world.things |= {"held": share.id, "case held": case.id, "leave": leave.id}


async def _standing(world: World, act: Act) -> None:
    """Shares without the name that no unit holds yet: new, answered, and with the centre."""
    share = await sharing.share(act, world, post_id=world.posts[ONLY])
    case = await _opened(share)
    comments = [
        await act(persona, resolvers.comment.add_comment, post_id=share.post_id, body="Ik ook.")
        for persona in ("neighbour", "moderator")
    ]
    asked = {"share_id": share.id, "comment_id": comments[0].id}
    question = await act("resident", sharing.ASK, **asked)
    referral = await _ask_referral(world, act, case)
    answered = await sharing.share(act, world, post_id=world.posts[NEARBY])
    answered_case = await _opened(answered)
    await _answer(act, answered_case)
    centre = await sharing.share(act, world, post_id=world.posts[NEARBY], to="centre")
    version = (await caseload.again(case)).version
    world.things |= {"open": share.id, "case open": case.id, "question": question.id}
    world.things |= {"referral": referral.id, "unasked": comments[1].id}
    world.things |= {"case answered": answered_case.id, "version": version}
    world.things |= {"centre's": centre.id, "centre's case": (await _opened(centre)).id}


async def _volunteers(world: World, act: Act) -> None:
    """A consent with an answer and a question, one taken back, and what neighbours are offered."""
    resident = world.people["resident"].membership_id
    offer = {"membership_id": resident, "skills": SKILLS}
    await act("resident", resolvers.help_offer.offer_help, **offer)
    consent = await _consent(world, act, "resident", "town")
    taken_back = await _consent(world, act, "neighbour", "town")
    verb = resolvers.volunteer_consent.withdraw_volunteer_consent
    await act("neighbour", verb, consent_id=taken_back.id)
    centre = await _consent(world, act, "moderator", "centre")
    waiting, contact = [
        await act(
            "editor",
            resolvers.volunteer_contact.contact_volunteer,
            volunteer_id=consent.id,
            body="Help je?",
        )
        for _ in range(2)
    ]
    answer = {"contact_id": contact.id, "answer": "Graag."}
    await act("resident", resolvers.volunteer_contact.answer_contact, **answer)
    world.things |= {"consent": consent.id, "waiting": waiting.id}
    world.things |= {"consent taken back": taken_back.id, "centre's consent": centre.id}


async def _webhooks(world: World) -> None:
    """One that stands and one that is paused, each with a delivery that failed."""
    for name, paused_at in (("webhook", None), ("paused", NOW)):
        made = await hook.made(world, paused_at=paused_at)
        logged = await hook.logged(made, delivered_at=NOW)
        world.things |= {name: made.id, f"delivery of {name}": logged.id}


async def _figures(world: World) -> None:
    """What three villages did in a month of which the figures are counted."""
    for place, households in (("home", 11), ("beside", 12), ("far", 7)):
        members = await counting.settle(world, place, households, "2020-03-20")
        await counting.publish(members, "2020-03-21")
    await counting.count_until("2020-04-02")


async def _readings(world: World, ask: Ask) -> None:
    """What a person and a program read, so that it stands in the ledger."""
    for persona in ("manager", "token full"):
        for document, thing in (
            (sharing.WHOLE, world.things["held"]),
            (READ_REPLIES, world.things["alert"]),
            (READ_VOLUNTEERS, world.organisations["town"]),
        ):
            answer = await ask(persona, document, id=thing)
            assert answer.errors is None


async def _opened(share: models.PostShare) -> models.Case:
    return await models.Case.get(share_id=share.id)


async def _ask_referral(world: World, act: Act, case: models.Case) -> models.Referral:
    to = {"organisation_id": world.organisations["centre"], "reason": "Zij kunnen dit."}
    verb = resolvers.referral.ask_referral
    asked: models.Referral = await act("manager", verb, case_id=case.id, version=case.version, **to)
    return asked


async def _answer(act: Act, case: models.Case) -> None:
    given: dict[str, Any] = {"version": case.version, "answer": "Wij komen langs."}
    await act("manager", resolvers.case_answer.answer_case, case_id=case.id, **given)


async def _consent(world: World, act: Act, persona: str, to: str) -> models.VolunteerConsent:
    membership: UUID | None = world.people[persona].membership_id
    given = {"membership_id": membership, "organisation_id": world.organisations[to]}
    verb = resolvers.volunteer_consent.consent_to_volunteering
    made: models.VolunteerConsent = await act(persona, verb, skills=SKILLS, **given)
    return made
