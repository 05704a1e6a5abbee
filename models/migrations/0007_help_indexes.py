"""What the models of neighbourly help cannot say: conditions, arrays, and what older rows lack."""

from typing import ClassVar

from tortoise import migrations
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """A request behind each post that asks for help; one standing match each; fast look-ups."""

    dependencies: ClassVar = [("models", "0006_neighbourly_help")]

    operations: ClassVar = [
        operations.RunSQL(
            sql="create extension if not exists pg_trgm",
            reverse_sql="select 1",
        ),
        operations.RunSQL(
            sql="insert into help_request "
            "(id, created_at, neighbourhood_id, post_id, author_id, audience, urgency, people, "
            "state) "
            "select uuidv7(), created_at, neighbourhood_id, id, author_id, audience, 'NO_HURRY', "
            "1, case when solved_at is null then 'OPEN' else 'SOLVED' end from post "
            "where kind = 'HELP_REQUEST' and removed_at is null and author_id is not null",
            reverse_sql="delete from help_request",
        ),
        operations.RunSQL(
            sql="create unique index help_match_once on help_match (post_id, helper_id) "
            "where state <> 'WITHDRAWN'",
            reverse_sql="drop index help_match_once",
        ),
        operations.RunSQL(
            sql="create unique index guardian_leave_once on guardian_leave (membership_id) "
            "where revoked_at is null",
            reverse_sql="drop index guardian_leave_once",
        ),
        operations.RunSQL(
            sql="create index help_request_unasked on help_request (created_at) "
            "where state = 'OPEN' and asked_at is null",
            reverse_sql="drop index help_request_unasked",
        ),
        operations.RunSQL(
            sql="create index help_offer_skills on help_offer using gin (skills)",
            reverse_sql="drop index help_offer_skills",
        ),
        operations.RunSQL(
            sql="create index conversation_participants on conversation "
            "using gin (participant_ids)",
            reverse_sql="drop index conversation_participants",
        ),
    ]
