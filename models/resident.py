"""The account of a person and how that person proves to be it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class Language(StrEnum):
    """The languages the platform speaks."""

    NL = "NL"
    FR = "FR"
    DE = "DE"
    EN = "EN"


class AgeBand(StrEnum):
    """How old a person is, as far as it is asked: nobody's date of birth is."""

    UNDER_18 = "UNDER_18"
    ADULT = "ADULT"


class Resident(Base):
    """A person's account. Neighbours never see it: they see the Membership.

    `age_band` is null until it is said; before that nobody is matched.
    """

    email = fields.CharField(max_length=254, unique=True)
    phone = fields.CharField(max_length=30, null=True)
    language = fields.CharEnumField(Language, max_length=2, default=Language.NL)
    age_band = fields.CharEnumField(AgeBand, max_length=10, null=True)

    class Meta:
        table = "resident"


class Credential(Base):
    """A resident's password as an argon2id hash."""

    resident_id: UUID
    resident: Any = fields.OneToOneField("models.Resident", related_name=False, on_delete=CASCADE)
    password_hash = fields.CharField(max_length=200)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "credential"


class Session(Base):
    """One signed-in device: a family of rotating tokens that ends as a whole."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    client = fields.CharField(max_length=200)
    last_used_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "session"
        indexes = (("resident_id", "id"),)


class TokenKind(StrEnum):
    """What a session token opens."""

    ACCESS = "ACCESS"
    REFRESH = "REFRESH"


class SessionToken(Base):
    """One opaque token of a session; only its SHA-256 is stored. A refresh token is used once."""

    session_id: UUID
    session: Any = fields.ForeignKeyField("models.Session", related_name=False, on_delete=CASCADE)
    kind = fields.CharEnumField(TokenKind, max_length=10)
    hash = fields.CharField(max_length=64, unique=True)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "session_token"
        indexes = (("session_id",), ("expires_at",))
