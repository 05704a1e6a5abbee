"""Whatever is reported becomes a case, with decisions; house rules by version, and mutes."""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

from models.base import uuid7
from models.content_report import ReportOutcome
from models.event import EventKind
from models.moderation_case import ReportSubject
from models.moderation_decision import DecisionState, ModerationMeasure

ASIDE = (
    "create table older_report as select * from content_report",
    "create table older_message as select * from reported_message",
    "delete from content_report",
)
BACK = (
    """
    insert into moderation_case (id, created_at, neighbourhood_id, resident_id, accused_id, subject,
        subject_id, body, reasons, notes)
    select distinct on (r.message_id) r.id, r.created_at, r.neighbourhood_id, m.resident_id,
        r.accused_id, 'MESSAGE', r.message_id,
        coalesce((select o.body from older_message o
                  where o.report_id = r.id and o.message_id = r.message_id), ''),
        array(select distinct o.reason::text from older_report o
              where o.message_id = r.message_id order by 1),
        array(select o.note::text from older_report o
              where o.message_id = r.message_id and o.note <> '' order by 1)
    from older_report r join membership m on m.id = r.accused_id
    order by r.message_id, r.id
    """,
    """
    insert into content_report (id, created_at, neighbourhood_id, resident_id, accused_id, case_id,
        reason, note, outcome, answer)
    select r.id, r.created_at, r.neighbourhood_id, r.resident_id, r.accused_id, c.id, r.reason,
        r.note, 'WAITING', ''
    from older_report r join moderation_case c on c.subject_id = r.message_id
    """,
    """
    insert into reported_message (id, created_at, neighbourhood_id, case_id, resident_id,
        message_id, author_id, body, sent_at)
    select o.id, o.created_at, o.neighbourhood_id, c.id, c.resident_id, o.message_id, o.author_id,
        o.body, o.sent_at
    from older_message o join moderation_case c on c.id = o.report_id
    """,
    "drop table older_message",
    "drop table older_report",
    """
    create unique index moderation_case_open on moderation_case (subject_id)
    where decided_at is null
    """,
    """
    create index moderation_decision_appealed on moderation_decision (appealed_at)
    where state = 'APPEALED'
    """,
)


class Migration(migrations.Migration):
    """Reports of before are laid aside, and put back behind the case of the message."""

    dependencies: ClassVar = [("models", "0012_notification")]

    operations: ClassVar = [
        ops.CreateModel(
            name="HouseRules",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("version", fields.IntField()),
                ("body", fields.TextField(unique=False)),
            ],
            options={
                "table": "house_rules",
                "app": "models",
                "unique_together": (("neighbourhood_id", "version"),),
                "pk_attr": "id",
                "table_description": "One version: what stands is the highest, and no version is ever changed.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="ModerationCase",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "resident",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="resident_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "accused",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="accused_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "subject",
                    fields.CharEnumField(
                        description="POST: POST\nCOMMENT: COMMENT\nMESSAGE: MESSAGE\nPROFILE: PROFILE",
                        enum_type=ReportSubject,
                        max_length=10,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                ("post_id", fields.UUIDField(null=True)),
                ("body", fields.TextField(unique=False)),
                ("reasons", ArrayField(default=list, element_type="TEXT")),
                ("notes", ArrayField(default=list, element_type="TEXT")),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "moderation_case",
                "app": "models",
                "indexes": [
                    Index(fields=["neighbourhood_id", "id"], name="moderation_case_neighbourhood"),
                    Index(fields=["accused_id"]),
                    Index(fields=["resident_id"]),
                ],
                "pk_attr": "id",
                "table_description": "A thing as it stood when it was first reported; one undecided case of each.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="ModerationDecision",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "resident",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="resident_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "accused",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="accused_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "case",
                    fields.ForeignKeyField(
                        "models.ModerationCase",
                        source_field="case_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "decided_by",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="decided_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "subject",
                    fields.CharEnumField(
                        description="POST: POST\nCOMMENT: COMMENT\nMESSAGE: MESSAGE\nPROFILE: PROFILE",
                        enum_type=ReportSubject,
                        max_length=10,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                ("post_id", fields.UUIDField(null=True)),
                ("body", fields.TextField(unique=False)),
                (
                    "measure",
                    fields.CharEnumField(
                        description="NOTHING: NOTHING\nHIDE: HIDE\nCLOSE_COMMENTS: CLOSE_COMMENTS\nWARN: WARN\nSUSPEND: SUSPEND\nEND_MEMBERSHIP: END_MEMBERSHIP",
                        enum_type=ModerationMeasure,
                        max_length=20,
                    ),
                ),
                ("reason", fields.CharField(max_length=1000)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("hidden_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "state",
                    fields.CharEnumField(
                        default=DecisionState.STANDING,
                        description="STANDING: STANDING\nAPPEALED: APPEALED\nUPHELD: UPHELD\nLIFTED: LIFTED",
                        enum_type=DecisionState,
                        max_length=10,
                    ),
                ),
                ("appeal", fields.CharField(default="", max_length=2000)),
                (
                    "appealed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("answer", fields.CharField(default="", max_length=1000)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "moderation_decision",
                "app": "models",
                "unique_together": (("case_id", "measure"),),
                "indexes": [
                    Index(fields=["neighbourhood_id", "id"], name="moderation_decision_log"),
                    Index(fields=["resident_id", "id"], name="moderation_decision_resident"),
                    Index(fields=["accused_id"]),
                    Index(fields=["decided_by_id"]),
                ],
                "pk_attr": "id",
                "table_description": "One measure against `resident_id`, who reads it with its `reason`; a line of the log.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="Mute",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "resident",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="resident_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "muted",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="muted_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "membership",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="membership_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "mute",
                "app": "models",
                "unique_together": (("resident_id", "muted_id"),),
                "indexes": [Index(fields=["muted_id"]), Index(fields=["membership_id"])],
                "pk_attr": "id",
                "table_description": "`resident_id` mutes the person `muted_id`, met as `membership_id` in a neighbourhood.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="RulesAcceptance",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "resident",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="resident_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "membership",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="membership_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("version", fields.IntField()),
            ],
            options={
                "table": "rules_acceptance",
                "app": "models",
                "unique_together": (("membership_id", "version"),),
                "indexes": [Index(fields=["resident_id"])],
                "pk_attr": "id",
                "table_description": "That a member accepted a version.",
            },
            bases=["Private"],
        ),
        *(ops.RunSQL(sql=each, reverse_sql="select 1") for each in ASIDE),
        ops.RemoveIndex(
            model_name="ContentReport",
            name="content_report_neighbourhood",
            fields=None,
        ),
        ops.RemoveConstraint(
            model_name="ContentReport",
            name=None,
            fields=["resident_id", "message_id"],
        ),
        ops.AddField(
            model_name="ContentReport",
            name="answer",
            field=fields.CharField(default="", max_length=500),
        ),
        ops.AddField(
            model_name="ContentReport",
            name="answered_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="ContentReport",
            name="case",
            field=fields.ForeignKeyField(
                "models.ModerationCase",
                source_field="case_id",
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.CASCADE,
            ),
        ),
        ops.AddField(
            model_name="ContentReport",
            name="outcome",
            field=fields.CharEnumField(
                default=ReportOutcome.WAITING,
                description="WAITING: WAITING\nACTED: ACTED\nNOT_ACTED: NOT_ACTED",
                enum_type=ReportOutcome,
                max_length=10,
            ),
        ),
        ops.RemoveField(model_name="ContentReport", name="message_id"),
        ops.AddIndex(
            model_name="ContentReport",
            index=Index(fields=["case_id"]),
        ),
        ops.AddConstraint(
            model_name="ContentReport",
            constraint=UniqueConstraint(fields=("resident_id", "case_id"), name=None),
        ),
        ops.AlterField(
            model_name="Event",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
        ops.AddField(
            model_name="Membership",
            name="suspended_until",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Post",
            name="comments_closed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RemoveIndex(
            model_name="ReportedMessage",
            name="reported_message_report",
            fields=None,
        ),
        ops.AddField(
            model_name="ReportedMessage",
            name="case",
            field=fields.ForeignKeyField(
                "models.ModerationCase",
                source_field="case_id",
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.CASCADE,
            ),
        ),
        ops.AddField(
            model_name="ReportedMessage",
            name="resident",
            field=fields.ForeignKeyField(
                "models.Resident",
                source_field="resident_id",
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.CASCADE,
            ),
        ),
        ops.RemoveField(model_name="ReportedMessage", name="accused"),
        ops.RemoveField(model_name="ReportedMessage", name="report"),
        ops.AddIndex(
            model_name="ReportedMessage",
            index=Index(fields=["case_id", "id"], name="reported_message_case"),
        ),
        ops.AlterField(
            model_name="WebhookDelivery",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
        *(ops.RunSQL(sql=each, reverse_sql="select 1") for each in BACK),
    ]
