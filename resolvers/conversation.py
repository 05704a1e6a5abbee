"""Conversations: the talk inside a match."""

import models
from models.base import uuid7
from resolvers.work import Work


async def open_for_match(_work: Work, match: models.HelpMatch) -> None:
    """Let the two whom a match brought together talk."""
    members = [match.requester_id, match.helper_id]
    id = uuid7()
    await models.Conversation.create(
        id=id,
        neighbourhood_id=match.neighbourhood_id,
        kind=models.ConversationKind.MATCH,
        match_id=match.id,
        participant_ids=members,
        last_message_id=id,
    )
    for membership_id in members:
        await models.Participant.create(
            neighbourhood_id=match.neighbourhood_id, conversation_id=id, membership_id=membership_id
        )
