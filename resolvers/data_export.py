"""Exports: everything the platform holds of a resident, for the resident."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.models import Model

import models
from auth import recipient
from auth.viewer import Viewer
from auth.visibility import visible
from models.transaction import transaction
from realtime import job
from realtime.job import JobKind
from resolvers.context import Context
from resolvers.password import Password, check_password
from resolvers.personal_data import PERSONAL_DATA, Held, Person
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import Onward
from resolvers.work import Work, perform

LASTS, BETWEEN = timedelta(days=7), timedelta(days=1)
AT_ONCE = 500
State = models.DataExportState


of_residents = Onward(
    "The exports that the person asked for, newest first.", models.DataExport, "resident_id"
)


async def export_my_data(context: Context, *, password: Password) -> models.DataExport:
    """Have everything put together that is held of the viewer, at most once a day.

    It is ready when `state` says so, to be fetched at `/export/ID` with the bearer token for seven
    days: a zip file of JSON.
    """
    await check_password(context, password)
    made: models.DataExport = await perform(context, _ask, {}, None)
    return made


async def gather(resident_id: UUID) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """The name of each table and the rows in it that are of a resident, as the resident sees them.

    Also the talk that the resident takes part in, as far as it may be read.
    """
    viewer = (await recipient.viewers_of([resident_id])).get(resident_id)
    if viewer is None:
        return
    memberships = await visible(models.Membership, viewer).filter(resident_id=resident_id)
    person = Person(resident_id, [each.id for each in memberships], viewer.household_ids)
    for model, held in PERSONAL_DATA.items():
        if rows := await _rows(model, held, person, viewer):
            yield model._meta.db_table, [_told(row, held) for row in rows]
    talk = await _all(models.ChatMessage, viewer)
    yield "conversation_of_mine", [_told(row, Held()) for row in talk]


async def whose(export_id: UUID) -> UUID | None:
    """Whose export is asked for and not there yet."""
    found = await models.DataExport.get_or_none(id=export_id, state=State.ASKED)
    return None if found is None else found.resident_id


async def finish(export_id: UUID, content: bytes, now: datetime) -> None:
    """Keep the file of an export for seven days, unless another worker was first."""
    async with transaction():
        waiting = models.DataExport.filter(id=export_id, state=State.ASKED).select_for_update()
        if await waiting.get_or_none() is None:
            return
        await models.DataArchive.create(export_id=export_id, content=content)
        await models.DataExport.filter(id=export_id).update(
            state=State.READY, bytes=len(content), ready_at=now, expires_at=now + LASTS
        )


async def fetch(viewer: Viewer, export_id: UUID, now: datetime) -> bytes | None:
    """The file of an export of the viewer's own; None when there is none to be had."""
    ready = visible(models.DataExport, viewer).filter(expires_at__gt=now, state=State.READY)
    if not await ready.filter(id=export_id).exists():
        return None
    archive = await models.DataArchive.get_or_none(export_id=export_id)
    return None if archive is None else bytes(archive.content)


async def expire_due(now: datetime) -> int:
    """Throw away the files that were kept long enough; gives how many."""
    async with transaction():
        over = models.DataExport.filter(expires_at__lte=now, state=State.READY)
        ids = [each.id for each in await over.limit(AT_ONCE).select_for_update(skip_locked=True)]
        await models.DataArchive.filter(export_id__in=ids).delete()
        await models.DataExport.filter(id__in=ids).update(state=State.EXPIRED)
    return len(ids)


async def _ask(work: Work) -> models.DataExport:
    account = await work.visible(models.Resident).select_for_update().get()
    newest = await work.visible(models.DataExport).order_by("-id").first()
    if newest is not None and newest.created_at > datetime.now(UTC) - BETWEEN:
        raise Refusal(RefusalCode.CONFLICT, "You asked for an export less than a day ago.")
    export = await models.DataExport.create(resident_id=account.id)
    await job.enqueue(JobKind.EXPORT, export.id)
    return export


async def _rows(model: type[Model], held: Held, person: Person, viewer: Viewer) -> list[Model]:
    if not held.by:
        return []
    return await _all(model, viewer, held.of(model, person))


async def _all(model: type[Model], viewer: Viewer, *conditions: Any) -> list[Model]:
    """Every visible row, read so many at a time."""
    found: list[Model] = []
    while True:
        more = visible(model, viewer).filter(*conditions).order_by("id").limit(AT_ONCE)
        rows = await (more.filter(id__gt=found[-1].pk) if found else more)
        found += rows
        if len(rows) < AT_ONCE:
            return found


def _told(row: Model, held: Held) -> dict[str, Any]:
    """The columns of a row, but those that are keys to something."""
    names = row._meta.db_fields
    return {name: getattr(row, name) for name in sorted(names) if name not in held.secret}
