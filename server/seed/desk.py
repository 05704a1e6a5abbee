"""What the partners did about the shares of a village: cases, notes, referrals, answers."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import models
from server.seed import calendar, case, identity, note, organisation, referral, reply, share

DUE_AFTER = timedelta(days=14)


@dataclass(slots=True)
class Desk:
    """All that was done about the shares of one village."""

    cases: list[case.Case] = field(default_factory=list)
    notes: list[note.Note] = field(default_factory=list)
    referrals: list[referral.Referral] = field(default_factory=list)
    answers: list[reply.Reply] = field(default_factory=list)


def handle(chest: share.Chest, workers: list[organisation.Staff]) -> Desk:
    """A case for each share, in the state that the file names."""
    desk, partners = Desk(), organisation.every(chest.feed.people.home.copy)
    for place, item in enumerate(chest.shares):
        random = identity.source("case", chest.feed.people.home.number, place)
        received = case.receive(item, handler(workers, item), random)
        desk.cases.append(received)
        if received.state is not case.RECEIVED:
            follow_up(desk, received, partners, random)
    return desk


def handler(workers: list[organisation.Staff], item: share.Share) -> organisation.Staff:
    """Who follows a share up: the neighbourhood worker of the partner, or a case worker."""
    for worker in workers:
        if worker.organisation_id == item.organisation_id:
            return worker
    return item.partner.colleague(models.StaffRole.CASE_WORKER, item.unit_id)


def follow_up(
    desk: Desk, item: case.Case, partners: dict[str, organisation.Organisation], random: Random
) -> None:
    """Start a case, and go on with it as far as its state says."""
    item.due_on = calendar.clock(item.share.at)[0] + DUE_AFTER
    item.assignee_id = None if item.state is case.REFERRED else item.handler.id
    desk.notes += note.write(item, random)
    if "refer" in item.share.raw:
        desk.referrals.append(referral.ask(item, partners[item.share.raw["refer"]].id, random))
    if item.state in (case.ANSWERED, case.CLOSED):
        desk.answers.append(case.answer(item, random))
    if item.state is case.CLOSED:
        case.close(item, random)
