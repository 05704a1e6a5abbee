"""Who may see a seat, whose talk it is when it is one of two, and what a list of talks is paged by.

Nothing wrote to these tables before.
"""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """Columns of what hangs on a conversation; one DIRECT conversation of a pair."""

    dependencies: ClassVar = [("models", "0009_hushed_matches")]

    operations: ClassVar = [
        operations.AddField(
            model_name="Conversation",
            name="pair_ids",
            field=ArrayField(null=True, element_type="uuid"),
        ),
        operations.AddField(
            model_name="ChatMessage",
            name="pair_ids",
            field=ArrayField(null=True, element_type="uuid"),
        ),
        operations.AddField(
            model_name="Participant",
            name="reader_ids",
            field=ArrayField(element_type="uuid"),
        ),
        operations.AddField(
            model_name="Participant",
            name="pair_ids",
            field=ArrayField(null=True, element_type="uuid"),
        ),
        operations.AddField(
            model_name="Participant",
            name="last_message_id",
            field=fields.UUIDField(),
        ),
        operations.RemoveIndex(model_name="Participant", name="participant_membership"),
        operations.AddIndex(
            model_name="Participant",
            index=Index(fields=("membership_id", "last_message_id"), name="participant_membership"),
        ),
        operations.RunSQL(
            sql="drop index conversation_participants",
            reverse_sql="create index conversation_participants on conversation "
            "using gin (participant_ids)",
        ),
        operations.RunSQL(
            sql="create unique index conversation_pair on conversation (pair_ids) "
            "where kind = 'DIRECT'",
            reverse_sql="drop index conversation_pair",
        ),
    ]
