"""Moderation in the world of the matrix: house rules, a case that waits, and one decided."""

import models
import resolvers.content_report
import resolvers.house_rule
import resolvers.moderation_case
import resolvers.mute
import resolvers.pin
from tests.inside import Act
from tests.neighbours import whose
from tests.world import World

NEARBY = models.Audience.NEIGHBOURS_NEARBY


async def build(world: World, act: Act) -> None:
    """The resident accepted the rules, mutes a minor, and was warned for a post."""
    rules = resolvers.house_rule
    where = {"neighbourhood_id": world.home}
    await act("moderator", rules.set_house_rules, **where, body="Wees aardig.")
    await act("resident", rules.accept_house_rules, **where, version=1)
    await act("resident", resolvers.mute.mute_member, membership_id=whose(world, "minor"))
    await act("moderator", resolvers.pin.pin_post, post_id=world.posts[NEARBY])
    waiting = await models.ModerationCase.get(decided_at=None)
    about = {"subject": models.ReportSubject.POST, "subject_id": world.posts[NEARBY]}
    report = resolvers.content_report.report_content
    made = await act("neighbour", report, **about, reason=models.ReportReason.OTHER, note="Tja.")
    given = {"measures": [models.ModerationMeasure.WARN], "reason": "Let op je woorden."}
    decide = resolvers.moderation_case.decide_case
    await act("moderator", decide, case_id=made.case_id, **given, answer="Dank u.")
    decision = await models.ModerationDecision.get()
    world.things |= {"case reported": waiting.id, "decision": decision.id}
