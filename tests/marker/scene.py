"""The town in which the markers are planted: for each way of granting a word, a person who did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.announcement
import resolvers.case_answer
import resolvers.case_note
import resolvers.comment
import resolvers.comment_share
import resolvers.help_offer
import resolvers.post
import resolvers.post_share
import resolvers.referral
import resolvers.volunteer_consent
import resolvers.volunteer_contact
from auth.scope import PARTNER
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from tests import partners as organisations
from tests import world as worlds
from tests.marker import filling
from tests.resolvers import sharing
from tests.world import World

SOON = timedelta(days=30)
# who shares a post, with which organisation, and whether by name
SHARING = {
    "named": ("town", True),
    "nameless": ("town", False),
    "roads": ("town", True),
    "beside": ("town", True),
    "centred": ("centre", True),
    "referred": ("town", True),
    "revoking": ("town", True),
    "expiring": ("town", True),
    "removing": ("town", True),
}
# who comments on whose post; `agreeing...` let it go along
COMMENTING = {
    "agreeing": "named",
    "agreeing_revoked": "revoking",
    "agreeing_expired": "expiring",
    "asked": "named",
    "refusing": "named",
    "withdrawing": "named",
    "bystander": "named",
}
# who writes under which announcement
REPLYING = {"replying": "town", "erasing": "town", "replying_withdrawn": "gone", "other": "centre"}
# who agrees to be asked for volunteering, and by which organisation
VOLUNTEERING = {
    "volunteer": "town",
    "volunteer_beside": "town",
    "volunteer_centre": "centre",
    "volunteer_gone": "town",
    "volunteer_expired": "town",
}
BESIDE = {"beside", "volunteer_beside"}
OTHERS = ("silent", "late", "late_comment", "late_centre", "late_silent")


@dataclass
class Scene:
    """The world, and the ids of what its people did: posts, shares, comments... by person."""

    hub: Hub
    world: World
    post: dict[str, UUID] = field(default_factory=dict)
    share: dict[str, models.PostShare] = field(default_factory=dict)
    comment: dict[str, UUID] = field(default_factory=dict)
    announcement: dict[str, UUID] = field(default_factory=dict)
    contact: dict[str, UUID] = field(default_factory=dict)

    async def act(self, persona: str, verb: Callable[..., Any], **given: Any) -> Any:
        """Run a verb as a persona."""
        context = await Context(self.hub, self.world.people[persona].token, "tests").fresh()
        return await perform(context, verb, given, None)

    def membership(self, person: str) -> UUID:
        """The membership of a person who lives there."""
        id = self.world.people[person].membership_id
        assert id is not None
        return id

    def place(self, person: str) -> UUID:
        """The neighbourhood of a person."""
        return self.world.neighbourhoods["beside" if person in BESIDE else "home"]


async def build(hub: Hub, world: World, webhook_url: str) -> Scene:
    """Everything that can be granted, as real people would: granted, and some of it taken back."""
    await organisations.build(world)
    await organisations.token(world, "token full", PARTNER)
    await _centre_token(world)
    for person in (*SHARING, *COMMENTING, *REPLYING, *VOLUNTEERING, *OTHERS):
        world.people[person] = await worlds._person(
            world, person, "beside" if person in BESIDE else "home", *worlds.PLACES["resident"][1:]
        )
    scene = Scene(hub, world)
    for part in (_announce, _post, _share, _comment, _follow_up, _refer, _volunteer):
        await part(scene)
    await _end(scene)
    await filling.fill(world, webhook_url)
    return scene


async def owners(scene: Scene) -> dict[UUID, str]:
    """The name of the person or the organisation behind each id."""
    found = {id: name for name, id in scene.world.organisations.items()}
    for name, person in scene.world.people.items():
        for id in (person.resident_id, person.membership_id, person.session_id):
            if id is not None:
                found[id] = name
    for member in await models.Membership.all():
        if member.household_id is not None:
            found[member.household_id] = found[member.id]
    return found


async def _centre_token(world: World) -> None:
    """A token of another organisation, with every scope."""
    row = await organisations.token(world, "token centre", PARTNER)
    await models.ApiToken.filter(id=row.id).update(
        organisation_id=world.organisations["centre"], issued_by_id=world.staff["centre_manager"]
    )


async def _post(scene: Scene) -> None:
    """A post of everybody who shares one, and of some who do not; each was edited once."""
    for person in (*SHARING, *OTHERS[:2]):
        given = {"neighbourhood_id": scene.place(person), "kind": models.PostKind.MESSAGE}
        made = await scene.act(person, resolvers.post.create_post, body="Eerst.", **given)
        scene.post[person] = made.id
        words = {"title": "Titel", "body": "Daarna."}
        await scene.act(person, resolvers.post.edit_post, post_id=made.id, **words)


async def _share(scene: Scene) -> None:
    for person, (organisation, with_name) in SHARING.items():
        scene.share[person] = await scene.act(
            person,
            resolvers.post_share.share_post,
            post_id=scene.post[person],
            organisation_id=scene.world.organisations[organisation],
            purpose=models.SharePurpose.CARE_QUESTION,
            with_name=with_name,
        )


async def _comment(scene: Scene) -> None:
    """Comments under what is shared, and whether they go along."""
    module = resolvers.comment_share
    for person, author in COMMENTING.items():
        given = {"post_id": scene.post[author], "body": "Ik help."}
        made = await scene.act(person, resolvers.comment.add_comment, **given)
        scene.comment[person] = made.id
        if person == "bystander":
            continue
        which = {"share_id": scene.share[author].id, "comment_id": made.id}
        row = await scene.act(author, module.ask_comment_share, **which)
        asked = {"comment_share_id": row.id}
        if person != "asked":
            agree = person != "refusing"
            await scene.act(person, module.answer_comment_share, **asked, agree=agree)
        if person == "withdrawing":
            await scene.act(person, module.withdraw_comment_share, **asked)


async def _announce(scene: Scene) -> None:
    """Announcements of both, one to be taken back, and what is written under them."""
    for key, staff, organisation in (
        ("town", "editor", "town"),
        ("gone", "editor", "town"),
        ("centre", "centre_manager", "centre"),
    ):
        made = await scene.act(
            staff,
            resolvers.announcement.create_announcement,
            organisation_id=scene.world.organisations[organisation],
            purpose=models.AnnouncementPurpose.COHESION,
            title="Buurtfeest",
            body="Wie komt?",
        )
        scene.announcement[key] = made.id
    for person, under in REPLYING.items():
        post = await models.Post.get(
            announcement_id=scene.announcement[under], neighbourhood_id=scene.world.home
        )
        given = {"post_id": post.id, "body": "Wij komen."}
        made = await scene.act(person, resolvers.comment.add_comment, **given)
        scene.comment[person] = made.id


async def _follow_up(scene: Scene) -> None:
    """Notes on every case; one is answered and closed."""
    for person, share in scene.share.items():
        case = await models.Case.get(share_id=share.id)
        staff = "centre_manager" if SHARING[person][0] == "centre" else "manager"
        note = resolvers.case_note.add_case_note
        await scene.act(staff, note, case_id=case.id, body="Bellen.")
    case = await models.Case.get(share_id=scene.share["named"].id)
    answer = resolvers.case_answer.answer_case
    await scene.act("manager", answer, case_id=case.id, version=case.version, answer="Dat kan.")
    close = resolvers.case_answer.close_case
    await scene.act("named", close, case_id=case.id, satisfaction=5, word="Dank.")


async def _refer(scene: Scene) -> None:
    """To another unit; and to another organisation, once agreed and once not answered."""
    module, world = resolvers.referral, scene.world
    case = await models.Case.get(share_id=scene.share["roads"].id)
    given = {"case_id": case.id, "version": case.version, "unit_id": world.units["roads"]}
    await scene.act("manager", module.refer_case, **given)
    for person in ("referred", "nameless"):
        case = await models.Case.get(share_id=scene.share[person].id)
        given = {"case_id": case.id, "version": case.version, "reason": "Zij kennen dit."}
        asked = await scene.act(
            "manager", module.ask_referral, organisation_id=world.organisations["centre"], **given
        )
    agreed = await models.Referral.get(resident_id=world.people["referred"].resident_id)
    assert agreed.id != asked.id
    await scene.act("referred", module.answer_referral, referral_id=agreed.id, agree=True)


async def _volunteer(scene: Scene) -> None:
    """Consents, a question under each, and its answer; and offers to the neighbours alone."""
    for person in ("named", *VOLUNTEERING):
        given = {"membership_id": scene.membership(person), "skills": ["groceries"]}
        await scene.act(person, resolvers.help_offer.offer_help, **given)
    for person, organisation in VOLUNTEERING.items():
        given = {"membership_id": scene.membership(person), "skills": ["groceries"]}
        consent = await scene.act(
            person,
            resolvers.volunteer_consent.consent_to_volunteering,
            organisation_id=scene.world.organisations[organisation],
            **given,
        )
        contact = await scene.act(
            "editor" if organisation == "town" else "centre_manager",
            resolvers.volunteer_contact.contact_volunteer,
            volunteer_id=consent.id,
            body="Rijdt u mee?",
        )
        scene.contact[person] = contact.id
        answer = resolvers.volunteer_contact.answer_contact
        await scene.act(person, answer, contact_id=contact.id, answer="Ja.")


async def _end(scene: Scene) -> None:
    """What was granted and is no more: taken back, expired, or gone with its post."""
    acts, past = scene.act, datetime.now(UTC) - timedelta(minutes=1)
    share_id = scene.share["revoking"].id
    await acts("revoking", resolvers.post_share.revoke_share, share_id=share_id)
    await acts("removing", resolvers.post.delete_post, post_id=scene.post["removing"])
    await sharing.expire(scene.share["expiring"])
    resident_id = scene.world.people["expiring"].resident_id
    await models.CaseNote.filter(resident_id=resident_id).update(expires_at=past)
    await acts("erasing", resolvers.comment.delete_comment, comment_id=scene.comment["erasing"])
    withdraw = resolvers.announcement.withdraw_announcement
    await acts("editor", withdraw, announcement_id=scene.announcement["gone"])
    consent = await models.VolunteerConsent.get(
        membership_id=scene.membership("volunteer_gone"), revoked_at=None
    )
    take_back = resolvers.volunteer_consent.withdraw_volunteer_consent
    await acts("volunteer_gone", take_back, consent_id=consent.id)
    resident_id = scene.world.people["volunteer_expired"].resident_id
    for model in (models.VolunteerConsent, models.VolunteerContact):
        await model.filter(resident_id=resident_id).update(expires_at=past)
