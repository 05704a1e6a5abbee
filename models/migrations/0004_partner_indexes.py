"""Indexes of the partners' tables that the models cannot say: a condition, or an absent column."""

from typing import ClassVar

from tortoise import migrations
from tortoise.migrations import operations


class Migration(migrations.Migration):
    """One standing share, consent and appointment each; what is due; what is read by a partner."""

    dependencies: ClassVar = [("models", "0003_partners")]

    operations: ClassVar = [
        operations.RunSQL(
            sql="create unique index post_share_once on post_share (post_id, organisation_id) "
            "where revoked_at is null",
            reverse_sql="drop index post_share_once",
        ),
        operations.RunSQL(
            sql="create unique index volunteer_consent_once on volunteer_consent "
            "(membership_id, organisation_id) where revoked_at is null",
            reverse_sql="drop index volunteer_consent_once",
        ),
        operations.RunSQL(
            sql="create unique index staff_once on staff (organisation_id, resident_id) "
            "where ended_at is null and resident_id is not null",
            reverse_sql="drop index staff_once",
        ),
        operations.RunSQL(
            sql="create unique index referral_open on referral (case_id, to_organisation_id) "
            "where state = 'ASKED'",
            reverse_sql="drop index referral_open",
        ),
        operations.RunSQL(
            sql="create index announcement_due on announcement (publish_at) "
            "where published_at is null and withdrawn_at is null",
            reverse_sql="drop index announcement_due",
        ),
        operations.RunSQL(
            sql="create index post_share_ending on post_share (expires_at) where not told_end",
            reverse_sql="drop index post_share_ending",
        ),
        operations.RunSQL(
            sql="create index post_announcement on post (announcement_id) "
            "where announcement_id is not null",
            reverse_sql="drop index post_announcement",
        ),
        operations.RunSQL(
            sql="create index comment_announcer on comment (announcer_id, id) "
            "where announcer_id is not null",
            reverse_sql="drop index comment_announcer",
        ),
        operations.RunSQL(
            sql="create index webhook_delivery_due on webhook_delivery (next_attempt_at) "
            "where state = 'PENDING'",
            reverse_sql="drop index webhook_delivery_due",
        ),
        operations.RunSQL(
            sql="create unique index access_record_first on access_record "
            "(subject_id, organisation_id) where is_first",
            reverse_sql="drop index access_record_first",
        ),
        operations.RunSQL(
            sql="create unique index figure_once on figure "
            "(period, starts_on, place, neighbourhood_id, measure, organisation_id) "
            "nulls not distinct",
            reverse_sql="drop index figure_once",
        ),
        operations.RunSQL(
            sql="create index figure_of_neighbourhood on figure "
            "(neighbourhood_id, period, measure, id) where neighbourhood_id is not null",
            reverse_sql="drop index figure_of_neighbourhood",
        ),
        operations.RunSQL(
            sql="create index figure_of_place on figure "
            "(place, period, measure, starts_on) where neighbourhood_id is null",
            reverse_sql="drop index figure_of_place",
        ),
    ]
