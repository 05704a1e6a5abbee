"""The keys by which a client repeats a mutation without repeating the change."""

from tortoise import fields

from models.base import Base


class MutationKey(Base):
    """A key that a client chose, the door it was used at, and the object it answered.

    `holder_id` is the resident or the token whose key it is.
    """

    holder_id = fields.UUIDField()
    key = fields.CharField(max_length=64)
    door = fields.CharField(max_length=60)
    fingerprint = fields.CharField(max_length=64)
    object_id = fields.UUIDField(null=True)

    class Meta:
        table = "mutation_key"
        unique_together = (("holder_id", "key"),)
        indexes = (("created_at",),)
