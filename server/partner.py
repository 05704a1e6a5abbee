"""A new organisation, founded by an operator: its stream, what it covers, and its first manager."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from tortoise.context import TortoiseContext

import models
import models.database
from models.transaction import transaction
from resolvers import staff_invitation
from resolvers.text import checked_line

SLUG, NAME = 60, 80
MANAGER = models.StaffRole.MANAGER


class PartnerError(Exception):
    """Why there is no new organisation, in one sentence."""


async def found(
    database_url: str,
    *,
    name: str,
    kind: models.OrganisationKind,
    cover: Sequence[str],
    manager: str,
) -> str:
    """Found an organisation that covers the neighbourhoods of these slugs from today.

    Gives the code by which the first manager joins: it is shown once. Raises `PartnerError`, and
    `Refusal` for a name that may not be.
    """
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        async with transaction():
            places = await _places(cover)
            organisation = await _organisation(checked_line(name, "name", NAME), kind)
            await models.Coverage.bulk_create(
                models.Coverage(
                    organisation_id=organisation.id,
                    neighbourhood_id=place.id,
                    since=datetime.now(UTC).date(),
                )
                for place in places
            )
            clean = checked_line(manager, "manager", SLUG)
            new = await staff_invitation.invited(organisation.id, clean, MANAGER)
            return new.code


def slug_of(name: str) -> str:
    """A name as part of an address: `Zorg & Co` becomes `zorg-co`. Raises `PartnerError`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG].strip("-")
    if not slug:
        raise PartnerError("The name needs a letter or a digit.")
    return slug


async def _organisation(name: str, kind: models.OrganisationKind) -> models.Organisation:
    slug = slug_of(name)
    if await models.Organisation.filter(slug=slug).exists():
        raise PartnerError(f"There is an organisation {slug} already.")
    organisation = await models.Organisation.create(slug=slug, name=name, kind=kind)
    await models.Stream.create(id=organisation.id, kind=models.StreamKind.ORGANISATION)
    return organisation


async def _places(cover: Sequence[str]) -> list[models.Neighbourhood]:
    if not cover:
        raise PartnerError("Say at least one neighbourhood that it covers.")
    places = await models.Neighbourhood.filter(slug__in=cover)
    for slug in cover:
        if slug not in {place.slug for place in places}:
            raise PartnerError(f"There is no neighbourhood {slug}.")
    return places
