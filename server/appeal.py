"""Appeals against what moderators decided, as an operator reads and answers them."""

from uuid import UUID

from tortoise.context import TortoiseContext

import models
import models.database
from auth.viewer import SIGNED_OUT
from models.transaction import transaction
from realtime import outbox
from resolvers import moderation_decision
from resolvers.work import Work

MOST = 100


async def waiting(database_url: str) -> list[str]:
    """The appeals that wait, oldest first, each in a few lines; they name nobody."""
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        return [_told(each) for each in await moderation_decision.appealed(MOST)]


async def answer(database_url: str, *, decision_id: UUID, is_lifted: bool, words: str) -> None:
    """Lift or uphold a decision that was appealed. Raises `Refusal`.

    Whoever is let in again by it is so at the next request, and within half a minute on a socket
    that is open.
    """
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        work = Work(SIGNED_OUT)
        async with transaction():
            await moderation_decision.answer_appeal(
                work, decision_id=decision_id, is_lifted=is_lifted, answer=words
            )
            await outbox.announce_all(work.events)


def _told(decision: models.ModerationDecision) -> str:
    lines = (
        f"{decision.id}  {decision.measure.value} of a {decision.subject.value}",
        f"words: {decision.body}",
        f"reason: {decision.reason}",
        f"appeal: {decision.appeal}",
    )
    return "\n  ".join(lines)
