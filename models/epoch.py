"""Which history the streams of this database tell: a number that no other database has."""

from tortoise import fields
from tortoise.models import Model


class Epoch(Model):
    """One row, whose `number` is drawn when the database is made, and anew when told to."""

    id = fields.SmallIntField(primary_key=True, generated=False, default=1)
    number = fields.BigIntField()

    class Meta:
        table = "epoch"
