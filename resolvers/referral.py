"""Referrals: to another unit at once, to another organisation only if the author agrees."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from resolvers import case_step, grant, organisation, post_share
from resolvers.case import Which
from resolvers.case_answer import check_shared
from resolvers.case_version import Version, handled, keep, locked
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import One, Onward
from resolvers.text import checked
from resolvers.work import Work

REASON = 1_000
REFERRED, Kind = models.CaseState.REFERRED, models.EventKind


of_cases = Onward(
    "The questions to the author whether another organisation may take over, oldest first.",
    models.Referral,
    "case_id",
    newest_first=False,
)


cases = One("The case it was asked for.", models.Case, "case_id")


organisations = One(
    "The organisation that is to take over.", models.Organisation, "to_organisation_id"
)


async def refer_case(
    work: Work,
    *,
    case_id: Which,
    version: Version,
    unit_id: Annotated[UUID, Doc("The unit of the organisation that takes over.")],
) -> models.Case:
    """Hand a case to another unit of the organisation; the unit that had it sees it no more."""
    case = await handled(work, case_id, version)
    units = work.visible(models.Unit).filter(organisation_id=case.organisation_id)
    if await units.get_or_none(id=unit_id) is None:
        raise not_found("unit")
    if unit_id == case.unit_id:
        raise Refusal(RefusalCode.INVALID, "This unit has the case already.", "unit_id")
    case_step.take(case, REFERRED)
    await _hand_over(work, case, unit_id)
    case.assignee_id = None
    await keep(work, case, "state", "unit_id", "assignee_id")
    return case


async def ask_referral(
    work: Work,
    *,
    case_id: Which,
    version: Version,
    organisation_id: Annotated[UUID, Doc("The organisation that could take over.")],
    reason: Annotated[str, Doc("Why, for the author to read; at most 1,000 characters.")],
) -> models.Referral:
    """Ask the author whether another organisation may take over; until then nothing is shared."""
    case = await handled(work, case_id, version)
    case_step.check(case, REFERRED)
    await _check_organisation(work, case, organisation_id)
    referral = await models.Referral.create(
        **case.hanging(),
        case_id=case.id,
        to_organisation_id=organisation_id,
        reason=checked(reason, "reason", REASON),
    )
    await keep(work, case, to_resident=False)
    _announce(work, referral)
    return referral


async def answer_referral(
    work: Work,
    *,
    referral_id: Annotated[UUID, Doc("Which question.")],
    agree: Annotated[bool, Doc("True shares the post with that organisation as well.")],
) -> models.Referral:
    """Agree that another organisation gets what the viewer shared, as it was shared; or refuse."""
    seen = await work.visible(models.Referral).get_or_none(id=referral_id)
    if seen is None:
        raise not_found("referral")
    case = await locked(work, seen.case_id)
    referral = await work.find(models.Referral, referral_id, "referral")
    if not rules.SELF.holds(work.viewer, referral):
        raise forbidden("Only whoever shared the post may answer.")
    if referral.state is not models.ReferralState.ASKED:
        raise Refusal(RefusalCode.CONFLICT, "This was answered before.")
    referral.state = models.ReferralState.AGREED if agree else models.ReferralState.REFUSED
    await referral.save(update_fields=["state"])
    if agree:
        await _share_on(work, case, referral)
    _announce(work, referral)
    return referral


async def _hand_over(work: Work, case: models.Case, unit_id: UUID) -> None:
    """All that hangs on the share goes to the unit; those who had it are told that it is gone."""
    share = await models.PostShare.get(id=case.share_id)
    work.announce(grant.to_organisation(Kind.CASE_CHANGED, case))
    work.announce(grant.to_organisation(Kind.SHARE_ENDED, share))
    case.unit_id = share.unit_id = unit_id
    work.announce(grant.to_organisation(Kind.SHARE_GRANTED, share))
    await models.PostShare.filter(id=share.id).update(unit_id=unit_id)
    await models.CommentShare.filter(share_id=share.id).update(unit_id=unit_id)
    await models.CaseNote.filter(case_id=case.id).update(unit_id=unit_id)
    await models.Referral.filter(case_id=case.id).update(unit_id=unit_id)


async def _check_organisation(work: Work, case: models.Case, organisation_id: UUID) -> None:
    """Raises `Refusal` for one that is not another, does not cover the place, or was asked for."""
    if organisation_id == case.organisation_id:
        raise Refusal(RefusalCode.INVALID, "This is the same organisation.", "organisation_id")
    await organisation.check_covers(work.viewer, organisation_id, case.neighbourhood_id)
    asked = work.visible(models.Referral).filter(
        case_id=case.id, to_organisation_id=organisation_id, state=models.ReferralState.ASKED
    )
    if await asked.exists():
        raise Refusal(RefusalCode.CONFLICT, "The author has been asked, and has not answered.")


async def _share_on(work: Work, case: models.Case, referral: models.Referral) -> None:
    """What was shared with one organisation is shared with the other, in the same terms."""
    check_shared(work, referral)
    case_step.take(case, REFERRED)
    await keep(work, case, "state")
    share = await work.find(models.PostShare, case.share_id, "share")
    post = await work.find(models.Post, case.post_id, "post")
    ends = min(share.expires_at, datetime.now(UTC) + post_share.LONGEST)
    await post_share.grant(
        work, post, referral.to_organisation_id, share.purpose, share.with_name, ends
    )


def _announce(work: Work, referral: models.Referral) -> None:
    work.announce(grant.to_organisation(Kind.REFERRAL_CHANGED, referral))
    work.announce(grant.to_resident(Kind.REFERRAL_CHANGED, referral))
