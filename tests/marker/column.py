"""The private columns of words, as the models have them, and a marker in each row of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import Field
from tortoise.models import Model

import models
from auth import rules
from auth.visibility import VISIBLE
from models.database import connection

MARKER = re.compile(r"qk\d{4}qk|[0-9a-f]{64}|\$argon2id\$[\w$,=+/]+")
# table.column: the value as it stands is a secret of its own, and is looked for as it stands
KEPT = {
    "session_token.hash": "by this a persona of the test signs in",
    "api_token.hash": "by this a token of the test is let in",
    "credential.password_hash": "a password that cannot be read is an error",
}
# table.column: the value goes on meaning something, and the marker stands behind it
BEHIND = {
    "webhook.url": "the receiver of the test listens there",
    "api_token.scopes": "the token of the test has these",
}
# table.column: why no marker stands in it
EXEMPT = {
    "announcement.poll": "JSON of what is asked, whose words poll.options has too",
    "event.scope": "one of the scopes: by another word the event is told to nobody",
    "moderation_case.reasons": "words of an enum of the SDL: with another it cannot be read",
    "webhook.kinds": "words of an enum of the SDL: with another the webhook cannot be read",
    "help_offer.availability": "words of an enum of the SDL: with another it cannot be read",
    "api_token.last_four": "four letters are too few for a marker; `token(s)` alone print it",
}
# columns that name skills: a word that is none is never shown, so the marker becomes a skill
SKILLS = {"help_offer.skills", "help_request.skill", "volunteer_consent.skills"}
# by which column of a row its owner is found, in this order
OWNED = (
    *("author_id", "resident_id", "membership_id", "requester_id", "session_id", "household_id"),
    *("holder_id", "id", "organisation_id", "issued_by_id"),
)


@dataclass
class Markers:
    """Every marker, and what it is: the column and whose the row is."""

    meanings: dict[str, str] = field(default_factory=dict)

    def new(self, meaning: str) -> str:
        """One more marker."""
        return self.keep(f"qk{len(self.meanings):04}qk", meaning)

    def keep(self, word: str, meaning: str) -> str:
        """A word that is a marker by itself."""
        self.meanings[word] = meaning
        return word

    def found(self, text: str) -> set[str]:
        """What the markers in a text mean."""
        seen = set(MARKER.findall(text))
        return {self.meanings[word] for word in seen & self.meanings.keys()}


def private() -> list[type[Model]]:
    """The models that not everybody may read."""
    return [model for model, rule in VISIBLE.items() if rule is not rules.EVERYONE]


def readable() -> list[type[Model]]:
    """The models of which rows are asked for by their ids."""
    return [*private(), models.Organisation, models.Neighbourhood]


def of_words(model: type[Model]) -> list[str]:
    """The columns of a model in which words may stand: texts, and lists of them."""
    return [name for name, column in model._meta.fields_map.items() if _holds_words(column)]


def planted() -> Iterator[tuple[type[Model], str]]:
    """Each private column of words that is to have markers."""
    for model in private():
        for column in of_words(model):
            if name(model, column) not in EXEMPT:
                yield model, column


def name(model: type[Model], column: str) -> str:
    """The column as this test calls it: table.column."""
    return f"{model._meta.db_table}.{column}"


async def plant(owners: dict[UUID, str]) -> Markers:
    """A marker in each row of each private column of words. Raises for a model without rows."""
    markers = Markers()
    for model, column in planted():
        called = name(model, column)
        rows = await model.all()
        assert rows, f"there is no row with a {called}: have one made in scene.py"
        for row in rows:
            meaning = f"{called} of {owner(row, owners)}"
            if called in KEPT:
                markers.keep(getattr(row, column), meaning)
            else:
                await _write(row, column, called, markers.new(meaning))
    return markers


def owner(row: Any, owners: dict[UUID, str]) -> str:
    """Whose a row is, and with which organisation it is shared, if it is."""
    ids = (getattr(row, column, None) for column in OWNED)
    found = next((owners[id] for id in ids if id in owners), "nobody")
    office = owners.get(getattr(row, "organisation_id", None) or row.pk, found)
    return found if office == found else f"{found} at {office}"


async def _write(row: Any, column: str, called: str, marker: str) -> None:
    kept = getattr(row, column) if called in BEHIND else None
    if isinstance(row._meta.fields_map[column], ArrayField):
        value: Any = [*(kept or ()), marker]
    else:
        value = f"{kept}{marker}" if kept else marker
    if called in SKILLS:
        names: dict[str, Any] = dict.fromkeys(("slug", "name_nl", "name_fr", "name_en"), marker)
        await models.Skill.create(group=models.SkillGroup.REPAIRS, **names)
    table = f'update "{row._meta.db_table}" set "{column}" = $1 where id = $2'
    await connection().execute_query(table, [value, row.pk])


def _holds_words(column: Field[Any]) -> bool:
    if isinstance(column, ArrayField):
        return column.element_type == "TEXT"
    is_text = isinstance(column, fields.CharField | fields.TextField | fields.JSONField)
    return is_text and not hasattr(column, "enum_type")
