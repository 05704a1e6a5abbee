"""Private talk: a conversation with the seats of those who take part, and what they write."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, identity, roster

MATCH, DIRECT, GROUP = models.ConversationKind
READ = 0.85


@dataclass(slots=True)
class Conversation:
    """The columns of a conversation."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    kind: models.ConversationKind
    match_id: UUID | None
    title: str | None
    participant_ids: list[UUID]
    pair_ids: list[UUID] | None
    last_message_id: UUID


@dataclass(slots=True)
class Participant:
    """The columns of a seat; `member` serves what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    conversation_id: UUID
    membership_id: UUID
    reader_ids: list[UUID]
    pair_ids: list[UUID] | None
    last_message_id: UUID
    member: roster.Member
    read_to_id: UUID | None = None
    left_at: datetime | None = None


@dataclass(slots=True)
class ChatMessage:
    """The columns of a message; `at` (ms) serves what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    conversation_id: UUID
    author_id: UUID
    body: str
    at: int
    reader_ids: list[UUID]
    pair_ids: list[UUID] | None


class Talk:
    """One conversation, from the moment it is opened; whoever comes first opened it.

    `readers` is one list for all rows: whoever leaves reads nothing of it any more.
    """

    def __init__(
        self,
        kind: models.ConversationKind,
        at: int,
        members: list[roster.Member],
        random: Random,
        *,
        neighbourhood_id: UUID | None = None,
        match_id: UUID | None = None,
        title: str | None = None,
    ) -> None:
        self.at = at
        self.random = random
        self.readers = [member.id for member in members]
        self.pair = None if kind is GROUP else sorted(self.readers)
        self.messages: list[ChatMessage] = []
        id = identity.identify(at, random)
        self.conversation = Conversation(
            id=id,
            created_at=calendar.moment(at),
            neighbourhood_id=neighbourhood_id or members[0].neighbourhood_id,
            kind=kind,
            match_id=match_id,
            title=title,
            participant_ids=self.readers,
            pair_ids=self.pair,
            last_message_id=id,
        )
        self.seats = [self.seat(member, place) for place, member in enumerate(members)]

    def seat(self, member: roster.Member, place: int) -> Participant:
        """The seat of a member; ids tell in which order they sat down."""
        at = self.at + place
        id = identity.identify(at, self.random)
        return Participant(
            id=id,
            created_at=calendar.moment(at),
            neighbourhood_id=self.conversation.neighbourhood_id,
            conversation_id=self.conversation.id,
            membership_id=member.id,
            reader_ids=self.readers,
            pair_ids=self.pair,
            last_message_id=id,
            member=member,
        )

    def say(self, place: int, body: str, at: int) -> ChatMessage:
        """What the member in a seat writes, after all that stands there."""
        seat = self.seats[place]
        said = ChatMessage(
            id=identity.identify(at, self.random),
            created_at=calendar.moment(at),
            neighbourhood_id=seat.neighbourhood_id,
            conversation_id=seat.conversation_id,
            author_id=seat.membership_id,
            body=body,
            at=at,
            reader_ids=self.readers,
            pair_ids=self.pair,
        )
        self.messages.append(said)
        self.conversation.last_message_id = seat.read_to_id = said.id
        for each in self.seats:
            each.last_message_id = each.last_message_id if each.left_at else said.id
        return said

    def read(self) -> None:
        """Let those who are still there read on: most have read all."""
        for seat in self.seats:
            if seat.left_at is None and self.messages and self.random.random() < READ:
                seat.read_to_id = self.messages[-1].id

    def leave(self, place: int, at: int) -> None:
        """Let the member in a seat go."""
        seat = self.seats[place]
        seat.left_at = calendar.moment(at)
        self.readers.remove(seat.membership_id)
