"""Neighbourhood workers: the professionals whom an organisation sends, and calls back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth.viewer import Office
from resolvers import moderation_decision, seat
from resolvers.context import Context
from resolvers.office import managed_staff
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.work import Work

ACTIVE, ENDED = models.MembershipState.ACTIVE, models.MembershipState.ENDED

Whom = Annotated[UUID, Doc("Which member of the staff.")]
Where = Annotated[UUID, Doc("In which neighbourhood.")]


async def of_staff(
    staff: Sequence[models.Staff],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Membership]]:
    """The neighbourhoods the person is sent to as a professional, by the organisation itself."""
    window = Window(first, after, newest_first=False)
    by_organisation: dict[UUID, list[models.Staff]] = defaultdict(list)
    for each in staff:
        by_organisation[each.organisation_id].append(each)
    pages: dict[UUID, Page[models.Membership]] = {}
    for organisation_id, people in by_organisation.items():
        sent = _sent_by(organisation_id)
        ids = [each.resident_id or each.id for each in people]  # who has not joined is nowhere
        found = await pages_of(sent, window, "resident_id", ids)
        pages |= {each.id: page for each, page in zip(people, found, strict=True)}
    return [pages[each.id] for each in staff]


async def assign_worker(work: Work, *, staff_id: Whom, neighbourhood_id: Where) -> models.Staff:
    """Send somebody to a covered neighbourhood; its members see that a professional is present."""
    staff, office = await managed_staff(work, staff_id)
    _check_covers(office, neighbourhood_id)
    if staff.resident_id is None:
        raise Refusal(RefusalCode.CONFLICT, "This person has not joined yet.", "staff_id")
    person = models.Membership.filter(resident_id=staff.resident_id)
    places = person.filter(neighbourhood_id=neighbourhood_id).exclude(state=ENDED)
    was_removed = await moderation_decision.was_removed(staff.resident_id, neighbourhood_id)
    if was_removed or await places.exists():
        words = "This person cannot be assigned to this neighbourhood."
        raise Refusal(RefusalCode.CONFLICT, words, "neighbourhood_id")
    await models.Membership.create(
        neighbourhood_id=neighbourhood_id,
        resident_id=staff.resident_id,
        organisation_id=staff.organisation_id,
        display_name=staff.name,
        role=models.MembershipRole.NEIGHBOURHOOD_WORKER,
        state=ACTIVE,
        verification=models.Verification.STAFF,
        verified_at=datetime.now(UTC),
    )
    work.recheck(staff.resident_id)
    return staff


async def withdraw_worker(work: Work, *, staff_id: Whom, neighbourhood_id: Where) -> models.Staff:
    """Call somebody back from a neighbourhood, at once and on open sockets too."""
    staff, _ = await managed_staff(work, staff_id)
    sent = _sent_by(staff.organisation_id).filter(resident_id=staff.resident_id or staff.id)
    if not await _end(work, sent.filter(neighbourhood_id=neighbourhood_id)):
        raise not_found("assignment")
    if staff.resident_id is not None:
        work.recheck(staff.resident_id)
    return staff


async def withdraw_all(work: Work, staff: models.Staff) -> None:
    """Call somebody back from wherever the organisation sent them."""
    if staff.resident_id is not None:
        await _end(work, _sent_by(staff.organisation_id).filter(resident_id=staff.resident_id))


def _sent_by(organisation_id: UUID) -> QuerySet[models.Membership]:
    """The professionals of an organisation: of their memberships it may read where and when."""
    workers = models.Membership.filter(role=models.MembershipRole.NEIGHBOURHOOD_WORKER)
    return workers.filter(organisation_id=organisation_id, state=ACTIVE)


async def _end(work: Work, memberships: QuerySet[models.Membership]) -> int:
    ids = [each.id for each in await memberships.order_by("id")]
    ended = models.Membership.filter(id__in=ids)
    await ended.update(state=ENDED, ended_at=datetime.now(UTC))
    for id in ids:
        await seat.end_of_member(work, id)
    return len(ids)


def _check_covers(office: Office, neighbourhood_id: UUID) -> None:
    if neighbourhood_id not in office.covers:
        raise not_found("neighbourhood")
