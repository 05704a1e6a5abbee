"""A row of what nobody in the scene makes, so that each private table has something to hide."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

import models
from auth import secrets
from models.base import uuid7
from resolvers.webhook_kind import WebhookKind
from tests.marker import column
from tests.resolvers import hook
from tests.world import World

WHOSE = "silent"
READINGS = (("named", "town", "manager"), ("centred", "centre", "centre_manager"))
# on top of a list of the newest, whatever else is read
LATER = round((datetime.now(UTC).timestamp() + 86_400) * 1000)


async def fill(world: World, webhook_url: str) -> None:
    """The rows of the organisations that no story makes, then one of each table without rows."""
    await models.Staff.create(
        organisation_id=world.organisations["town"],
        role=models.StaffRole.ANALYST,
        name="Colleague",
        invitation_hash=secrets.digest("nobody knows it"),
        invitation_expires_at=datetime.now(UTC),
    )
    kinds = [kind.value for kind in WebhookKind]
    await hook.made(world, url=webhook_url, kinds=kinds)
    paused = await hook.made(world, paused_at=datetime.now(UTC))
    await hook.logged(paused)
    for person, organisation, staff in READINGS:
        await models.AccessRecord.create(
            id=uuid7(LATER),
            resident_id=world.people[person].resident_id,
            organisation_id=world.organisations[organisation],
            staff_id=world.staff[staff],
            subject=models.AccessSubject.SHARE,
            subject_id=uuid7(),
            fields_read=["body"],
            is_first=True,
        )
    for model in column.private():
        if column.of_words(model) and not await model.exists():
            await model.create(**await _values(model, world))


async def _values(model: type[Model], world: World) -> dict[str, Any]:
    """What a row of any model wants: relations to somebody who shares nothing, and any value."""
    values: dict[str, Any] = {}
    for name, field in model._meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance):
            values[f"{name}_id"] = await _related(field, world)
        elif field.reference is None and field.required:
            values[name] = _any(field)
    return values


async def _related(field: ForeignKeyFieldInstance[Any], world: World) -> UUID | None:
    person = world.people[WHOSE]
    known = {
        models.Resident: person.resident_id,
        models.Membership: person.membership_id,
        models.Neighbourhood: world.home,
        models.Organisation: world.organisations["town"],
    }
    related: Any = field.related_model
    if related in known:
        return known[related]
    row = await related.all().first()
    if row is None and not field.null:
        row = await related.create(**await _values(related, world))
    return None if row is None else row.pk


def _any(field: Any) -> Any:
    if hasattr(field, "enum_type"):
        return next(iter(field.enum_type))
    made: dict[type, Any] = {
        fields.UUIDField: uuid7(),
        fields.DateField: date(2019, 1, 1),
        fields.DatetimeField: datetime.now(UTC),
        fields.CharField: "words",
        fields.TextField: "words",
        ArrayField: [],
    }
    return next((value for kind, value in made.items() if isinstance(field, kind)), 0)
