"""The neighbourhood worker of a village, and the organisation that sends one."""

from random import Random

import models
from server.seed import calendar, identity, organisation, person, roster, village

NEAREST = "de-bosrank"


def employ(people: roster.Roster, random: Random) -> list[organisation.Staff]:
    """Give the village its worker, if it has one: a member, and the staff of an organisation."""
    home = people.home
    if not home.worker:
        return []
    names = person.cast(home, models.MembershipRole.NEIGHBOURHOOD_WORKER)
    who = names[0] if names else person.name(random)
    at = calendar.midnight(home.opened_on) + 8 * calendar.HOUR
    member = people.admit(who, at, None)
    to = sender(home)
    member.organisation_id = to.id
    member.role = models.MembershipRole.NEIGHBOURHOOD_WORKER
    member.verification = models.Verification.STAFF
    return [appoint(to, who, member)]


def sender(home: village.Village) -> organisation.Organisation:
    """Whose worker goes round in a village."""
    partners = organisation.every(home.copy)
    nearest = partners[NEAREST]
    return nearest if nearest.covers(home.root) else partners[organisation.ALL_VILLAGES]


def appoint(
    to: organisation.Organisation, who: person.Name, member: roster.Member
) -> organisation.Staff:
    """The appointment of a worker, who follows up what comes in as well."""
    return organisation.Staff(
        id=identity.identify(member.joined, identity.source("worker", member.id)),
        created_at=member.created_at,
        organisation_id=to.id,
        unit_id=None,
        resident_id=member.resident_id,
        role=models.StaffRole.CASE_WORKER,
        name=f"{who.first} {who.family}",
    )
