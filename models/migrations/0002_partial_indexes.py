"""Indexes that the models cannot say: a condition, and an absent column that counts as a value."""

from typing import ClassVar

from tortoise import migrations
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """One reaction of one author per target; the live posts of a feed, newest first."""

    dependencies: ClassVar = [("models", "0001_initial")]

    operations: ClassVar = [
        operations.RunSQL(
            sql="create unique index reaction_once on reaction "
            "(post_id, comment_id, author_id) nulls not distinct",
            reverse_sql="drop index reaction_once",
        ),
        operations.RunSQL(
            sql="create index post_live on post (neighbourhood_id, id desc) "
            "where removed_at is null",
            reverse_sql="drop index post_live",
        ),
        operations.RunSQL(
            sql="create index post_nearby on post (neighbourhood_id, id desc) "
            "where audience = 'NEIGHBOURS_NEARBY' and removed_at is null",
            reverse_sql="drop index post_nearby",
        ),
    ]
