"""Proposals that tell their maker nothing: those that reach nobody, and one of each proposer."""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """A pair is brought together once; what another proposed for it stands in nobody's way."""

    dependencies: ClassVar = [("models", "0008_consent_ending")]

    operations: ClassVar = [
        operations.AddField(
            model_name="HelpMatch",
            name="hushed",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        operations.RunSQL(
            sql="drop index help_match_once",
            reverse_sql="create unique index help_match_once on help_match (post_id, helper_id) "
            "where state <> 'WITHDRAWN'",
        ),
        operations.RunSQL(
            sql="create unique index help_match_together on help_match (post_id, helper_id) "
            "where state in ('ACCEPTED', 'COMPLETED')",
            reverse_sql="drop index help_match_together",
        ),
        operations.RunSQL(
            sql="create unique index help_match_proposed on help_match "
            "(post_id, helper_id, proposed_by_id) where state <> 'WITHDRAWN'",
            reverse_sql="drop index help_match_proposed",
        ),
    ]
