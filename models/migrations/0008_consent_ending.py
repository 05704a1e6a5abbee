"""That an organisation was told of the end of a consent, and which consents are to end next."""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """What has ended before is not told any more."""

    dependencies: ClassVar = [("models", "0007_help_indexes")]

    operations: ClassVar = [
        operations.AddField(
            model_name="VolunteerConsent",
            name="told_end",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        operations.RunSQL(
            sql="update volunteer_consent set told_end = true "
            "where revoked_at is not null or expires_at <= now()",
            reverse_sql="",
        ),
        operations.RunSQL(
            sql="create index volunteer_consent_ending on volunteer_consent (expires_at) "
            "where not told_end",
            reverse_sql="drop index volunteer_consent_ending",
        ),
    ]
