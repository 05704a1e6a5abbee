"""A sequence of events that one group of viewers may follow, and its counter."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class StreamKind(StrEnum):
    """Whose stream it is."""

    NEIGHBOURHOOD = "NEIGHBOURHOOD"
    RESIDENT = "RESIDENT"
    ORGANISATION = "ORGANISATION"


class Stream(Model):
    """A counter, raised as the last statement of a writing transaction: gapless, in commit order.

    `id` is the id of the neighbourhood, resident or organisation. Events up to and including
    `trimmed_sequence` are no longer kept.
    """

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharEnumField(StreamKind, max_length=20)
    last_sequence = fields.BigIntField(default=0)
    trimmed_sequence = fields.BigIntField(default=0)

    class Meta:
        table = "stream"
