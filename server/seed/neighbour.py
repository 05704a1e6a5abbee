"""Who of the neighbours may help with a request, and who is found for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

import models
from server.seed import (
    block,
    comment,
    crowd,
    guardian_leave,
    help_offer,
    help_request,
    roster,
    village,
)

HELP_REQUEST = models.PostKind.HELP_REQUEST
WORKER = models.MembershipRole.NEIGHBOURHOOD_WORKER
NEARBY = models.Audience.NEIGHBOURS_NEARBY
NO_PROFESSIONALS = models.Audience.NEIGHBOURS_ONLY
YOUNG, NEXT_DOOR, SKILLED, WILLING = 0.12, 0.25, 0.85, 0.5
PASSERS_BY = 12
# How often it is the requester, the one who helps, or a worker who proposes.
PROPOSERS = (50, 38, 12)


@dataclass(frozen=True, slots=True)
class Hand:
    """A neighbour who may help, and the offer by which that is known, if there is one."""

    member: roster.Member
    offer: help_offer.Offer | None = None


class Circle:
    """Those who may help each other in one village; `guests` offer help from next door."""

    def __init__(
        self,
        people: roster.Roster,
        offers: Sequence[help_offer.Offer],
        comments: Iterable[comment.Comment],
        youth: guardian_leave.Youth,
        blocks: list[block.Block],
        guests: Sequence[help_offer.Offer],
    ) -> None:
        self.people = people
        self.offers = [Hand(offer.member, offer) for offer in offers]
        self.guests = [Hand(offer.member, offer) for offer in guests]
        self.crowd = crowd.Crowd(people.members)
        self.youth = youth
        self.apart = block.pairs(blocks)
        self.worker = next((m for m in people.members if m.role is WORKER), None)
        self.doors = {door.id: door for door in people.households}
        self.talkers: dict[UUID, list[Hand]] = defaultdict(list)
        for said in (each for each in comments if each.post.kind is HELP_REQUEST):
            self.talkers[said.post_id].append(Hand(said.author))

    def find(
        self, request: help_request.HelpRequest, taken: set[UUID], random: Random
    ) -> Hand | None:
        """A neighbour who was not found for the request before; None if there is nobody."""
        for hands in self.choices(request, random):
            able = [hand for hand in hands if self.may(hand, request, taken)]
            if able:
                return random.choice(able)
        return None

    def choices(
        self, request: help_request.HelpRequest, random: Random
    ) -> Iterator[Sequence[Hand]]:
        """Groups of neighbours, the best first: most often somebody who offers just that."""
        if request.skill in village.read("help_match")["young"] and random.random() < YOUNG:
            yield [Hand(minor) for minor in self.youth.allowed(request.at)]
        skilled = [
            hand for hand in self.offers if hand.offer and request.skill in hand.offer.skills
        ]
        if request.audience is NEARBY and random.random() < NEXT_DOOR:
            yield self.guests
        if random.random() < SKILLED:
            yield skilled
        if random.random() < WILLING:
            yield self.offers
        yield self.talkers[request.post_id]
        yield self.offers
        yield [Hand(self.crowd.pick(request.at, random)) for _ in range(PASSERS_BY)]
        yield [Hand(member) for member in self.crowd.members]

    def may(self, hand: Hand, request: help_request.HelpRequest, taken: set[UUID]) -> bool:
        """Whether a neighbour may help: there by then, of another door, at peace, within reach."""
        author, member, offer = request.post.author, hand.member, hand.offer
        if offer and not (self.stands(offer, request) and self.reaches(offer, author)):
            return False
        return (
            member.id not in taken
            and member.joined < request.at
            and member.household_id != author.household_id
            and frozenset((member.id, author.id)) not in self.apart
        )

    def stands(self, offer: help_offer.Offer, request: help_request.HelpRequest) -> bool:
        """Whether an offer stood from a request to its end."""
        return offer.stands(request.at) and offer.stands(request.until)

    def reaches(self, offer: help_offer.Offer, author: roster.Member) -> bool:
        """Whether an offer reaches the author of a request, in this village or next door."""
        if offer.neighbourhood_id != author.neighbourhood_id:
            return offer.reach is help_offer.NEARBY
        return offer.reaches(author)

    def address(self, member: roster.Member) -> str:
        """Where a member lives, as only that member tells it."""
        door = self.doors[member.household_id] if member.household_id else None
        return f"{door.street} {door.house_number}, {self.people.home.name}" if door else ""

    def proposer(self, hand: Hand, request: help_request.HelpRequest, random: Random) -> UUID:
        """Who brings the two together; without an offer here nobody knows whom to ask."""
        if hand.offer is None or hand.offer.neighbourhood_id != request.neighbourhood_id:
            return hand.member.id
        chosen = random.choices((request.author_id, hand.member.id, None), PROPOSERS)[0]
        if chosen is not None:
            return chosen
        is_welcome = self.worker and request.audience is not NO_PROFESSIONALS
        return self.worker.id if self.worker and is_welcome else request.author_id
