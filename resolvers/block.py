"""Blocks: two who do not meet here, for one of them does not want to; each hidden from the other.

The rules hide, from the moment of the commit; here is what is told, and put in order for it.
"""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from models.database import connection
from resolvers import help_match_end, membership
from resolvers.context import Context
from resolvers.personal import to_resident
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import Onward
from resolvers.work import Work

MOST = 200
ADMITTED = (models.MembershipState.ACTIVE, models.MembershipState.ENDED)
Kind = models.EventKind

# The talks of several in which the two are both: each of the two is paged by what it can read now.
# A list that moved for a hidden message would tell that somebody hidden writes there.
REORDER = """
with talk as materialized (
    select c.id from conversation c where c.pair_ids is null and c.id in (
        select p.conversation_id from participant p join membership m on m.id = p.membership_id
        where m.resident_id in ($1, $2) group by 1 having count(distinct m.resident_id) = 2)
    order by c.id for no key update
)
update participant p set last_message_id = coalesce((
    select written.id from chat_message written
    join membership author on author.id = written.author_id
    where written.conversation_id = p.conversation_id and p.membership_id = any(written.reader_ids)
    and not exists (select from block b where (b.resident_id, b.blocked_id) in
        ((reader.resident_id, author.resident_id), (author.resident_id, reader.resident_id)))
    order by written.id desc limit 1), p.id)
from talk, membership reader
where p.conversation_id = talk.id and reader.id = p.membership_id
and reader.resident_id in ($1, $2) and p.left_at is null
"""

Whom = Annotated[UUID, Doc("The person, by a membership.")]


of_residents = Onward(
    "Whom the person blocks, newest first. Who is blocked never reads it.",
    models.Block,
    "resident_id",
)


async def display_names(blocks: Sequence[models.Block], _context: Context) -> list[str]:
    """The name by which the viewer knew them."""
    names = await membership.names_of([block.membership_id for block in blocks])
    return [names[block.membership_id].display_name for block in blocks]


async def block_member(work: Work, *, membership_id: Whom) -> models.Block:
    """Meet a person here no more: you vanish for each other everywhere, both ways, at once."""
    standing = await _of(work, membership_id).get_or_none()
    if standing is not None:
        return standing
    member = await work.visible(models.Membership).get_or_none(id=membership_id)
    if member is None:
        raise not_found("member")
    [resident_id] = work.viewer.myself
    if member.resident_id == resident_id:
        raise Refusal(RefusalCode.INVALID, "You cannot block yourself.", "membership_id")
    if await work.visible(models.Block).count() >= MOST:
        words = f"You block {MOST} persons; let one of them go first."
        raise Refusal(RefusalCode.CONFLICT, words)
    return await _block(work, resident_id, member)


async def unblock_member(work: Work, *, membership_id: Whom) -> models.Block:
    """Let a person meet the viewer again; all that was hidden by it comes back."""
    block = await _of(work, membership_id).select_for_update().get_or_none()
    if block is None:
        raise not_found("member")
    await block.delete()
    await _settle(work, block)
    return block


async def _block(work: Work, resident_id: UUID, member: models.Membership) -> models.Block:
    talks = await _talks_with(work, member.resident_id)
    block = await models.Block.create(
        neighbourhood_id=member.neighbourhood_id,
        resident_id=resident_id,
        blocked_id=member.resident_id,
        membership_id=member.id,
    )
    await _tell_hidden(work, block)
    await help_match_end.withdraw_between(work, block.resident_id, block.blocked_id)
    await _settle(work, block)
    for talk in talks:
        for person in (block.resident_id, block.blocked_id):
            work.announce(to_resident(person, Kind.CONVERSATION_CHANGED, talk))
    return block


async def _settle(work: Work, block: models.Block) -> None:
    """Have open sockets look at the rights of both again, and their lists put in order."""
    await connection().execute_query(REORDER, [block.resident_id, block.blocked_id])
    work.recheck(block.resident_id)
    work.recheck(block.blocked_id)


def _of(work: Work, membership_id: UUID) -> QuerySet[models.Block]:
    return work.visible(models.Block).filter(membership_id=membership_id)


async def _talks_with(work: Work, resident_id: UUID) -> list[models.Conversation]:
    """The talks of two that the viewer has with a person, as they are seen before the block."""
    theirs = await models.Membership.filter(resident_id=resident_id).values_list("id", flat=True)
    talks = work.visible(models.Conversation).filter(pair_ids__overlap=list(theirs))
    return await talks.order_by("id")


async def _tell_hidden(work: Work, block: models.Block) -> None:
    """Tell each of the two, in every neighbourhood that both know, which member is gone.

    It names nobody who did it. It comes first: an open socket looks at its rights again for it, and
    so reads what follows with those of now.
    """
    both = (block.resident_id, block.blocked_id)
    members = await models.Membership.filter(resident_id__in=both, state__in=ADMITTED).order_by(
        "id"
    )
    for mine in members:
        for theirs in members:
            is_other = theirs.resident_id != mine.resident_id
            is_beside = theirs.neighbourhood_id == mine.neighbourhood_id
            if is_other and is_beside and mine.state is models.MembershipState.ACTIVE:
                work.announce(to_resident(mine.resident_id, Kind.MEMBER_HIDDEN, theirs))
