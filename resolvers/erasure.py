"""Erasing a person: whoever holds something is told first, then no word is left."""

from datetime import datetime
from uuid import UUID

import models
from models.database import connection
from resolvers import comment, membership, picture_end, post, reaction, share_end
from resolvers.personal_data import PERSONAL_DATA, Person
from resolvers.work import Work

GONE = "@erased.invalid"
ACTIVE = models.MembershipState.ACTIVE

# a note stands in a case without its author: one of the same words as the reporter's goes
UNSAY = """
update moderation_case c set notes = array_remove(c.notes, r.note::text)
from content_report r where r.case_id = c.id and r.resident_id = $1 and r.note <> ''
"""


def is_erased(account: models.Resident) -> bool:
    """Whether nothing is left of an account but its place."""
    return account.email.endswith(GONE)


async def erase(work: Work, account: models.Resident, now: datetime) -> None:
    """Erase a locked account, in the caller's transaction."""
    memberships = await models.Membership.filter(resident_id=account.id).select_for_update()
    for member in memberships:
        await _withdraw(work.as_member(member), member, now)
    await picture_end.discard_of_members([member.id for member in memberships])
    person = Person(account.id, [member.id for member in memberships])
    await connection().execute_query(UNSAY, [account.id])
    for model, held in PERSONAL_DATA.items():
        if held.by and (held.delete or held.empty):
            rows = model.filter(held.of(model, person))
            await (rows.delete() if held.delete else rows.update(**held.emptied(now)))
    left = {"email": f"{account.id}{GONE}", "phone": None, "age_band": None}
    await models.Resident.filter(id=account.id).update(**left)
    await models.Erasure.get_or_create(resident_id=account.id)
    work.recheck(account.id)


async def _withdraw(work: Work, member: models.Membership, now: datetime) -> None:
    """Take back what a member gave and wrote, by the verbs that tell of it."""
    shares = await models.PostShare.filter(author_id=member.id, revoked_at=None).select_for_update()
    await share_end.end(work, shares, now)
    for each in await models.Reaction.filter(author_id=member.id):
        subject = await _subject(work, each)
        if subject is not None:
            await reaction.unreact(work, subject_id=subject)
    standing = models.Comment.filter(author_id=member.id, deleted_at=None, removed_at=None)
    for written in await standing:
        if await work.visible(models.Comment).filter(id=written.id).exists():
            await comment.delete_comment(work, comment_id=written.id)
    for published in await models.Post.filter(author_id=member.id, removed_at=None):
        await post.delete_post(work, post_id=published.id)
    if member.state is ACTIVE:
        await membership.end(work, member)


async def _subject(work: Work, row: models.Reaction) -> UUID | None:
    """What was reacted to, if it still stands for the member."""
    model = models.Post if row.comment_id is None else models.Comment
    id = row.comment_id or row.post_id
    return id if await work.visible(model).filter(id=id).exists() else None
