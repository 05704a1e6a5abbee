"""Exports and erasures of accounts; the words of enums as they are now."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base import uuid7
from models.data_export import DataExportState
from models.event import EventKind
from models.notification import Reason
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0013_moderation')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AccountDeletion',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.OneToOneField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('due_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'account_deletion', 'app': 'models', 'indexes': [Index(fields=['due_at'])], 'pk_attr': 'id', 'table_description': 'That a resident wants to be erased at `due_at`; taking it back removes the row.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='DataExport',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('state', fields.CharEnumField(default=DataExportState.ASKED, description='ASKED: ASKED\nREADY: READY\nEXPIRED: EXPIRED', enum_type=DataExportState, max_length=10)),
                ('bytes', fields.IntField(null=True)),
                ('ready_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'data_export', 'app': 'models', 'indexes': [Index(fields=['resident_id', 'id']), Index(fields=['expires_at'])], 'pk_attr': 'id', 'table_description': 'An export. It can be fetched, by the resident alone, until `expires_at`.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='DataArchive',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('export', fields.OneToOneField('models.DataExport', source_field='export_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('content', fields.BinaryField()),
            ],
            options={'table': 'data_archive', 'app': 'models', 'pk_attr': 'id', 'table_description': 'The zip file of an export, apart from it so that no list reads it.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Erasure',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident_id', fields.UUIDField(unique=True)),
            ],
            options={'table': 'erasure', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That an account was erased. The id is drawn, names nobody any more, and is kept on purpose:'},
            bases=['Base'],
        ),
        ops.AlterField(
            model_name='Event',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED', enum_type=EventKind, max_length=30),
        ),
        ops.AlterField(
            model_name='Notification',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED', enum_type=EventKind, max_length=30),
        ),
        ops.AlterField(
            model_name='Notification',
            name='reason',
            field=fields.CharEnumField(description='POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING\nMODERATION: MODERATION', enum_type=Reason, max_length=20),
        ),
        ops.AlterField(
            model_name='NotificationSwitch',
            name='reason',
            field=fields.CharEnumField(description='POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING\nMODERATION: MODERATION', enum_type=Reason, max_length=20),
        ),
        ops.AlterField(
            model_name='WebhookDelivery',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED', enum_type=EventKind, max_length=30),
        ),
    ]
