"""Who is told of what happens in a conversation: those who take part, on streams of their own."""

from uuid import UUID

import models
from models.base import Private
from resolvers import person
from resolvers.personal import to_resident
from resolvers.work import Work

CHANGED = models.EventKind.CONVERSATION_CHANGED


async def tell(
    work: Work,
    author_id: UUID | None,
    *conversations: models.Conversation,
    kind: models.EventKind = CHANGED,
    row: Private | None = None,
) -> None:
    """Tell all who take part, `author_id` too, what that member did there, or to `row` in it;
    None: nobody who takes part did it.

    Whom a block stands between hears nothing: not even a number that is missing from the stream.
    """
    is_own = author_id in work.viewer.membership_ids
    deaf = work.viewer.blocked if is_own else frozenset()
    hearing = [sorted(set(each.participant_ids) - deaf) for each in conversations]
    residents = await person.residents_of({id for ids in hearing for id in ids})
    work.announce(
        *(
            to_resident(residents[id], kind, row or conversation, author_id=author_id)
            for conversation, ids in zip(conversations, hearing, strict=True)
            for id in ids
        )
    )


def own_seat(work: Work, conversation: models.Conversation) -> UUID:
    """The membership by which the viewer takes part in a visible conversation."""
    return min(work.viewer.membership_ids.intersection(conversation.participant_ids))
