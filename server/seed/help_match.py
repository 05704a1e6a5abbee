"""A requester and a neighbour brought together: proposed, answered, done, and thanked for."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, help_request, identity, phrase, roster, village

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN, COMPLETED = models.HelpMatchState
THANKED, THANKED_BACK = 0.7, 0.35
THANKS_AFTER = 6 * calendar.HOUR


@dataclass(slots=True)
class HelpMatch:
    """The columns of a match; the request, the one who helps, and `accepted` and `ended` (ms, 0 if
    they never came) serve what follows.
    """

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    requester_id: UUID
    helper_id: UUID
    proposed_by_id: UUID
    note: str
    at: int
    request: help_request.HelpRequest
    member: roster.Member
    state: models.HelpMatchState = PROPOSED
    requester_accepted_at: datetime | None = None
    helper_accepted_at: datetime | None = None
    address: str | None = None
    ended_at: datetime | None = None
    requester_thanked_at: datetime | None = None
    requester_thanks: str = ""
    helper_thanked_at: datetime | None = None
    helper_thanks: str = ""
    accepted: int = 0
    ended: int = 0

    @property
    def words(self) -> phrase.Words:
        """The names of the two, for what they write."""
        return {"requester": self.request.post.author.first, "helper": self.member.first}

    def accept(self, at: int) -> None:
        """Let whoever has not yet said yes do so: from then on the two are together."""
        self.requester_accepted_at = self.requester_accepted_at or calendar.moment(at)
        self.helper_accepted_at = self.helper_accepted_at or calendar.moment(at)
        self.state, self.accepted = ACCEPTED, at

    def end(self, state: models.HelpMatchState, at: int) -> None:
        """Close it in a state; with that the address has served."""
        self.state, self.ended, self.ended_at, self.address = state, at, calendar.moment(at), None

    def thank(self, random: Random) -> None:
        """Let the two thank each other, some with words, some not at all."""
        if random.random() < THANKED:
            at = calendar.later(self.ended, THANKS_AFTER, random)
            self.requester_thanked_at = calendar.moment(at)
            self.requester_thanks = say("thanks", "requester", self.words, random)
        if random.random() < THANKED_BACK:
            at = calendar.later(self.ended, THANKS_AFTER, random)
            self.helper_thanked_at = calendar.moment(at)
            self.helper_thanks = say("thanks", "helper", self.words, random)


def propose(
    request: help_request.HelpRequest, member: roster.Member, by: UUID, at: int, random: Random
) -> HelpMatch:
    """What the membership `by` proposes: who proposes for oneself has accepted with that."""
    made = HelpMatch(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=request.neighbourhood_id,
        post_id=request.post_id,
        requester_id=request.author_id,
        helper_id=member.id,
        proposed_by_id=by,
        note="",
        at=at,
        request=request,
        member=member,
    )
    own = {request.author_id: "requester", member.id: "helper"}.get(by, "worker")
    made.note = say("note", own, made.words, random)
    if own != "worker":
        setattr(made, f"{own}_accepted_at", made.created_at)
    return made


def say(what: str, whose: str, words: phrase.Words, random: Random) -> str:
    """One of the sentences of the file, or none."""
    text = random.choice(village.read("help_match")[what][whose])
    return phrase.capitalise(phrase.fill(text, words, random))
