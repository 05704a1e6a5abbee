"""The end of an account: asked for with the password, taken back in time, carried out when due."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth.viewer import SIGNED_OUT
from auth.visibility import visible
from models.transaction import transaction
from realtime import outbox
from realtime.hub import Hub
from resolvers import erasure
from resolvers.context import Context
from resolvers.password import Password, check_password
from resolvers.refusal import not_found
from resolvers.work import Work, perform

TO_THINK = timedelta(days=14)


async def of_residents(
    residents: Sequence[models.Resident], context: Context
) -> list[datetime | None]:
    """When the account is erased, if that was asked for."""
    rows = await visible(models.AccountDeletion, context.viewer)
    due = {row.resident_id: row.due_at for row in rows}
    return [due.get(each.id) for each in residents]


async def delete_my_account(context: Context, *, password: Password) -> models.Resident:
    """Have the account erased everywhere in 14 days; until then all goes on, and it can be undone.

    A post goes with what is under it, as ever; a comment becomes an empty place, and what others
    wrote around it stays. It cannot be undone then.
    """
    await check_password(context, password)
    account: models.Resident = await perform(context, _ask, {}, None)
    return account


async def cancel_deletion(work: Work) -> models.Resident:
    """Stay after all."""
    account = await work.visible(models.Resident).get()
    asked = await work.visible(models.AccountDeletion).select_for_update().get_or_none()
    if asked is None:
        raise not_found("deletion")
    await asked.delete()
    return account


async def erase_due(hub: Hub, now: datetime) -> int:
    """Erase the accounts whose time has come, a transaction each; gives how many."""
    done = 0
    while await _erase_next(hub, now):
        done += 1
    return done


async def erase(hub: Hub, resident_id: UUID, now: datetime) -> bool:
    """Erase one account at once, also one that a restored backup brought back."""
    work = Work(SIGNED_OUT)
    async with transaction():
        account = await models.Resident.filter(id=resident_id).select_for_update().get_or_none()
        if account is None or erasure.is_erased(account):
            return False
        await erasure.erase(work, account, now)
        bells = await outbox.announce_all(work.events)
    for holder_id in work.rechecked:
        await hub.recheck(holder_id)
    await hub.ring(*bells)
    return True


async def erased() -> list[UUID]:
    """The accounts that were erased, oldest first."""
    return [each.resident_id for each in await models.Erasure.all().order_by("id")]


async def _ask(work: Work) -> models.Resident:
    account = await work.visible(models.Resident).select_for_update().get()
    if not await work.visible(models.AccountDeletion).exists():
        due_at = datetime.now(UTC) + TO_THINK
        await models.AccountDeletion.create(resident_id=account.id, due_at=due_at)
    return account


async def _erase_next(hub: Hub, now: datetime) -> bool:
    due = await models.AccountDeletion.filter(due_at__lte=now).order_by("due_at").first()
    return due is not None and await erase(hub, due.resident_id, now)
