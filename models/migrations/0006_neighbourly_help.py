"""The tables of neighbourly help: requests, matches, talk, blocks, reports and guardians."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from models.base import uuid7
from models.content_report import ReportReason
from models.conversation import ConversationKind
from models.event import EventKind
from models.help_match import HelpMatchState
from models.help_offer import HelpReach
from models.help_request import HelpRequestState, Urgency
from models.post import Audience
from models.resident import AgeBand


class Migration(migrations.Migration):
    dependencies = [("models", "0005_skill_catalogue")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Block",
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
                    "blocked",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="blocked_id",
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
                "table": "block",
                "app": "models",
                "unique_together": (("resident_id", "blocked_id"),),
                "indexes": [Index(fields=["blocked_id"]), Index(fields=["membership_id"])],
                "pk_attr": "id",
                "table_description": "`resident_id` blocks the person `blocked_id`, met as `membership_id` in a neighbourhood.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="ContentReport",
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
                ("message_id", fields.UUIDField()),
                (
                    "reason",
                    fields.CharEnumField(
                        description="HARASSMENT: HARASSMENT\nDISCRIMINATION: DISCRIMINATION\nPRIVACY: PRIVACY\nFRAUD: FRAUD\nADVERTISING: ADVERTISING\nOTHER: OTHER",
                        enum_type=ReportReason,
                        max_length=20,
                    ),
                ),
                ("note", fields.CharField(default="", max_length=1000)),
            ],
            options={
                "table": "content_report",
                "app": "models",
                "unique_together": (("resident_id", "message_id"),),
                "indexes": [
                    Index(fields=["neighbourhood_id", "id"], name="content_report_neighbourhood"),
                    Index(fields=["accused_id"]),
                ],
                "pk_attr": "id",
                "table_description": "A report by `resident_id`, whom nobody else is ever told, about what `accused_id` wrote.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="GuardianLeave",
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
                (
                    "guardian",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="guardian_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "guardian_leave",
                "app": "models",
                "indexes": [
                    Index(fields=["membership_id"]),
                    Index(fields=["guardian_id"]),
                    Index(fields=["resident_id"]),
                ],
                "pk_attr": "id",
                "table_description": "`guardian_id`, an adult member of the household, lets the minor `membership_id` be matched.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="HelpMatch",
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
                    "post",
                    fields.ForeignKeyField(
                        "models.Post",
                        source_field="post_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "requester",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="requester_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "helper",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="helper_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "proposed_by",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="proposed_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=HelpMatchState.PROPOSED,
                        description="PROPOSED: PROPOSED\nACCEPTED: ACCEPTED\nDECLINED: DECLINED\nWITHDRAWN: WITHDRAWN\nCOMPLETED: COMPLETED",
                        enum_type=HelpMatchState,
                        max_length=10,
                    ),
                ),
                ("note", fields.CharField(default="", max_length=500)),
                (
                    "requester_accepted_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "helper_accepted_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("address", fields.CharField(null=True, max_length=200)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "requester_thanked_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("requester_thanks", fields.CharField(default="", max_length=500)),
                (
                    "helper_thanked_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("helper_thanks", fields.CharField(default="", max_length=500)),
            ],
            options={
                "table": "help_match",
                "app": "models",
                "indexes": [
                    Index(fields=["post_id", "id"], name="help_match_post"),
                    Index(fields=["requester_id", "id"], name="help_match_requester"),
                    Index(fields=["helper_id", "id"], name="help_match_helper"),
                    Index(fields=["proposed_by_id", "id"], name="help_match_proposer"),
                ],
                "pk_attr": "id",
                "table_description": "A match for the request behind `post_id`, in the neighbourhood of that post.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="Conversation",
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
                    "kind",
                    fields.CharEnumField(
                        description="MATCH: MATCH\nDIRECT: DIRECT\nGROUP: GROUP",
                        enum_type=ConversationKind,
                        max_length=10,
                    ),
                ),
                (
                    "match",
                    fields.OneToOneField(
                        "models.HelpMatch",
                        source_field="match_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("title", fields.CharField(null=True, max_length=60)),
                ("participant_ids", ArrayField(element_type="UUID")),
                ("last_message_id", fields.UUIDField()),
            ],
            options={
                "table": "conversation",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A conversation; `participant_ids` are the memberships that take part at this moment.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="ChatMessage",
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
                    "conversation",
                    fields.ForeignKeyField(
                        "models.Conversation",
                        source_field="conversation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "author",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="author_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reader_ids", ArrayField(element_type="UUID")),
                ("body", fields.TextField(unique=False)),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "chat_message",
                "app": "models",
                "indexes": [
                    Index(fields=["conversation_id", "id"], name="chat_message_conversation"),
                    Index(fields=["author_id", "id"], name="chat_message_author"),
                ],
                "pk_attr": "id",
                "table_description": "What a participant wrote. `reader_ids`: who took part then, and has not left since.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="HelpRequest",
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
                    "post",
                    fields.OneToOneField(
                        "models.Post",
                        source_field="post_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "author",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="author_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "audience",
                    fields.CharEnumField(
                        description="NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY",
                        enum_type=Audience,
                        max_length=20,
                    ),
                ),
                ("skill", fields.CharField(null=True, max_length=40)),
                (
                    "urgency",
                    fields.CharEnumField(
                        default=Urgency.NO_HURRY,
                        description="TODAY: TODAY\nTHIS_WEEK: THIS_WEEK\nNO_HURRY: NO_HURRY",
                        enum_type=Urgency,
                        max_length=10,
                    ),
                ),
                (
                    "wanted_from",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "wanted_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("minutes", fields.IntField(null=True)),
                ("people", fields.IntField(default=1)),
                (
                    "state",
                    fields.CharEnumField(
                        default=HelpRequestState.OPEN,
                        description="OPEN: OPEN\nMATCHED: MATCHED\nSOLVED: SOLVED\nWITHDRAWN: WITHDRAWN",
                        enum_type=HelpRequestState,
                        max_length=10,
                    ),
                ),
                ("asked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "confirmed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "help_request",
                "app": "models",
                "indexes": [
                    Index(fields=["neighbourhood_id", "skill", "id"], name="help_request_skill"),
                    Index(fields=["author_id", "id"], name="help_request_author"),
                ],
                "pk_attr": "id",
                "table_description": "The request behind a post, one each; `audience` repeats the post's.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="Participant",
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
                    "conversation",
                    fields.ForeignKeyField(
                        "models.Conversation",
                        source_field="conversation_id",
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
                ("read_to_id", fields.UUIDField(null=True)),
                ("left_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "participant",
                "app": "models",
                "unique_together": (("conversation_id", "membership_id"),),
                "indexes": [Index(fields=["membership_id", "id"], name="participant_membership")],
                "pk_attr": "id",
                "table_description": "One member's seat in a conversation: read up to `read_to_id`, left at `left_at`.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="ReportedMessage",
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
                    "report",
                    fields.ForeignKeyField(
                        "models.ContentReport",
                        source_field="report_id",
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
                ("message_id", fields.UUIDField()),
                (
                    "author",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="author_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
                ("sent_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reported_message",
                "app": "models",
                "indexes": [Index(fields=["report_id", "id"], name="reported_message_report")],
                "pk_attr": "id",
                "table_description": "A message as it stood when it was reported, or one of those around it.",
            },
            bases=["Private"],
        ),
        ops.AlterField(
            model_name="Event",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="asked_count",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="availability",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="ends_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="hears_requests",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="last_asked_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="note",
            field=fields.CharField(default="", db_default="", max_length=500),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="paused",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="HelpOffer",
            name="reach",
            field=fields.CharEnumField(
                default=HelpReach.NEIGHBOURHOOD,
                description="STREET: STREET\nNEIGHBOURHOOD: NEIGHBOURHOOD\nNEARBY: NEARBY",
                db_default=HelpReach.NEIGHBOURHOOD,
                enum_type=HelpReach,
                max_length=15,
            ),
        ),
        ops.AddField(
            model_name="Resident",
            name="age_band",
            field=fields.CharEnumField(
                null=True,
                description="UNDER_18: UNDER_18\nADULT: ADULT",
                enum_type=AgeBand,
                max_length=10,
            ),
        ),
        ops.AlterField(
            model_name="WebhookDelivery",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
    ]
