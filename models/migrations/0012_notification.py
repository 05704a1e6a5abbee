"""Notifications: whom they tell, how soon, and the letters and devices that they go to."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from models.base import uuid7
from models.event import EventKind
from models.notification import Frequency, LetterState, Reason


class Migration(migrations.Migration):
    dependencies = [("models", "0011_epoch")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
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
                    "frequency",
                    fields.CharEnumField(
                        description="NONE: NONE\nDIRECT: DIRECT\nHOURLY: HOURLY\nDAILY: DAILY\nWEEKLY: WEEKLY",
                        enum_type=Frequency,
                        max_length=10,
                    ),
                ),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("told_id", fields.UUIDField()),
            ],
            options={
                "table": "digest",
                "app": "models",
                "unique_together": (("resident_id", "frequency"),),
                "indexes": [Index(fields=["due_at"])],
                "pk_attr": "id",
                "table_description": "When a resident's next digest of a frequency is due, and up to which post all was told.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
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
                    "frequency",
                    fields.CharEnumField(
                        description="NONE: NONE\nDIRECT: DIRECT\nHOURLY: HOURLY\nDAILY: DAILY\nWEEKLY: WEEKLY",
                        enum_type=Frequency,
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=LetterState.QUEUED,
                        description="QUEUED: QUEUED\nSENT: SENT\nDROPPED: DROPPED\nFAILED: FAILED",
                        enum_type=LetterState,
                        max_length=10,
                    ),
                ),
                ("after_id", fields.UUIDField(null=True)),
                ("through_id", fields.UUIDField(null=True)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "letter",
                "app": "models",
                "indexes": [Index(fields=["resident_id", "id"]), Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "An e-mail to a resident, without its words: these are read when it is sent, and never kept.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Notification",
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
                    "reason",
                    fields.CharEnumField(
                        description="POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING",
                        enum_type=Reason,
                        max_length=20,
                    ),
                ),
                ("event_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED",
                        enum_type=EventKind,
                        max_length=30,
                    ),
                ),
                ("author_id", fields.UUIDField(null=True)),
                ("post_id", fields.UUIDField(null=True)),
                ("comment_id", fields.UUIDField(null=True)),
                ("subject_id", fields.UUIDField(null=True)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "letter",
                    fields.ForeignKeyField(
                        "models.Letter",
                        source_field="letter_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "notification",
                "app": "models",
                "unique_together": (("resident_id", "event_id"),),
                "indexes": [
                    Index(fields=["resident_id", "id"]),
                    Index(fields=["letter_id"]),
                    Index(fields=["created_at"]),
                ],
                "pk_attr": "id",
                "table_description": "That a resident is told of an event, for one reason. It has ids, and never words.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="NotificationHours",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "resident",
                    fields.OneToOneField(
                        "models.Resident",
                        source_field="resident_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("quiet_from", fields.SmallIntField(null=True)),
                ("quiet_until", fields.SmallIntField(null=True)),
                ("digest_at", fields.SmallIntField(default=480)),
            ],
            options={
                "table": "notification_hours",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The hours of a resident's day, in minutes since midnight by the clocks of the Low Countries.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="NotificationSwitch",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
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
                    "reason",
                    fields.CharEnumField(
                        description="POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING",
                        enum_type=Reason,
                        max_length=20,
                    ),
                ),
                (
                    "frequency",
                    fields.CharEnumField(
                        description="NONE: NONE\nDIRECT: DIRECT\nHOURLY: HOURLY\nDAILY: DAILY\nWEEKLY: WEEKLY",
                        enum_type=Frequency,
                        max_length=10,
                    ),
                ),
            ],
            options={
                "table": "notification_switch",
                "app": "models",
                "unique_together": (("resident_id", "reason"),),
                "pk_attr": "id",
                "table_description": "How soon a resident wants to be told for one reason; without a row, what is usual.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="PushDevice",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
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
                ("client", fields.CharField(max_length=200)),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("endpoint", fields.CharField(max_length=1000)),
                ("public_key", fields.CharField(max_length=100)),
                ("auth_secret", fields.CharField(max_length=40)),
                ("failure_count", fields.IntField(default=0)),
            ],
            options={
                "table": "push_device",
                "app": "models",
                "indexes": [Index(fields=["resident_id", "id"])],
                "pk_attr": "id",
                "table_description": "A browser that takes web push: its address at a push service and the keys it reads with.",
            },
            bases=["Base"],
        ),
        ops.AlterField(
            model_name="Event",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
        ops.AlterField(
            model_name="WebhookDelivery",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
    ]
