"""Gatherings, polls, pictures, budgets, mentions, followed places and calendar feeds."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base import uuid7
from models.budget import BudgetIdeaState
from models.event import EventKind
from models.gathering import AttendanceState
from models.notification import Reason
from models.picture import PictureState
from models.poll import PollMethod, PollResults, PollVoice
from models.post import Audience
from orjson import loads
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0016_drafts_and_pins')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Budget',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('organisation', fields.ForeignKeyField('models.Organisation', source_field='organisation_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('post', fields.OneToOneField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('amount', fields.IntField()),
                ('support_needed', fields.IntField()),
                ('most_choices', fields.SmallIntField()),
                ('voice', fields.CharEnumField(description='RESIDENT: RESIDENT\nHOUSEHOLD: HOUSEHOLD', enum_type=PollVoice, max_length=10)),
                ('ideas_until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('vote_from', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('vote_until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ballot_count', fields.IntField(default=0)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'budget', 'app': 'models', 'indexes': [Index(fields=['neighbourhood_id', 'id']), Index(fields=['organisation_id', 'id']), Index(fields=['vote_until'])], 'pk_attr': 'id', 'table_description': 'An amount, in whole euros, that residents spend: ideas until a moment, then a secret vote.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='BudgetBallot',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('budget', fields.ForeignKeyField('models.Budget', source_field='budget_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('membership', fields.ForeignKeyField('models.Membership', source_field='membership_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('voice_id', fields.UUIDField()),
            ],
            options={'table': 'budget_ballot', 'app': 'models', 'unique_together': (('budget_id', 'voice_id'),), 'indexes': [Index(fields=['membership_id'])], 'pk_attr': 'id', 'table_description': 'That a voice was given in a vote; for what, nobody can tell any more.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='BudgetIdea',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('budget', fields.ForeignKeyField('models.Budget', source_field='budget_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('organisation', fields.ForeignKeyField('models.Organisation', source_field='organisation_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('post', fields.OneToOneField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('cost', fields.IntField()),
                ('state', fields.CharEnumField(default=BudgetIdeaState.PROPOSED, description='PROPOSED: PROPOSED\nADMITTED: ADMITTED\nTURNED_DOWN: TURNED_DOWN\nCHOSEN: CHOSEN\nNOT_CHOSEN: NOT_CHOSEN', enum_type=BudgetIdeaState, max_length=15)),
                ('reason', fields.CharField(default='', max_length=1000)),
                ('support_count', fields.IntField(default=0)),
                ('vote_count', fields.IntField(default=0)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'budget_idea', 'app': 'models', 'indexes': [Index(fields=['budget_id', 'id']), Index(fields=['author_id'])], 'pk_attr': 'id', 'table_description': 'An idea for a budget, whose words stand in a post of kind IDEA; `cost` is in whole euros.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='BudgetSupport',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('idea', fields.ForeignKeyField('models.BudgetIdea', source_field='idea_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('membership', fields.ForeignKeyField('models.Membership', source_field='membership_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
            ],
            options={'table': 'budget_support', 'app': 'models', 'unique_together': (('idea_id', 'membership_id'),), 'indexes': [Index(fields=['membership_id'])], 'pk_attr': 'id', 'table_description': 'That a member supports an idea; nobody else reads it.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.OneToOneField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('hash', fields.CharField(unique=True, max_length=64)),
                ('only_mine', fields.BooleanField(default=False)),
            ],
            options={'table': 'calendar_feed', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One address, of which only the hash is kept. `only_mine`: what its owner said to come to.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Follow',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
            ],
            options={'table': 'follow', 'app': 'models', 'unique_together': (('resident_id', 'neighbourhood_id'),), 'pk_attr': 'id', 'table_description': 'That a resident follows a neighbourhood: it opens nothing that was not open before.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Gathering',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.OneToOneField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('starts_key', fields.UUIDField(unique=True)),
                ('place', fields.CharField(max_length=200)),
                ('capacity', fields.IntField(null=True)),
                ('going_count', fields.IntField(default=0)),
                ('maybe_count', fields.IntField(default=0)),
                ('waiting_count', fields.IntField(default=0)),
                ('cancelled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'gathering', 'app': 'models', 'indexes': [Index(fields=['neighbourhood_id', 'starts_key'], name='gathering_calendar'), Index(fields=['author_id'])], 'pk_attr': 'id', 'table_description': "The gathering behind a post, one each; `audience` repeats the post's."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Attendance',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('gathering', fields.ForeignKeyField('models.Gathering', source_field='gathering_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('membership', fields.ForeignKeyField('models.Membership', source_field='membership_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('state', fields.CharEnumField(description='GOING: GOING\nMAYBE: MAYBE\nNOT_GOING: NOT_GOING\nWAITING: WAITING', enum_type=AttendanceState, max_length=10)),
                ('waits_since_id', fields.UUIDField(null=True)),
                ('remind_minutes', fields.IntField(null=True)),
                ('remind_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('reminded_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'attendance', 'app': 'models', 'unique_together': (('gathering_id', 'membership_id'),), 'indexes': [Index(fields=['gathering_id', 'state', 'id'], name='attendance_list'), Index(fields=['post_id']), Index(fields=['membership_id']), Index(fields=['resident_id', 'id']), Index(fields=['remind_at'])], 'pk_attr': 'id', 'table_description': "That a member comes, perhaps comes, or does not; `audience` repeats the post's."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Mention',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('comment', fields.ForeignKeyField('models.Comment', source_field='comment_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('membership', fields.ForeignKeyField('models.Membership', source_field='membership_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
            ],
            options={'table': 'mention', 'app': 'models', 'indexes': [Index(fields=['post_id']), Index(fields=['comment_id']), Index(fields=['resident_id', 'id']), Index(fields=['author_id']), Index(fields=['membership_id'])], 'pk_attr': 'id', 'table_description': "That `membership_id` is mentioned by `author_id`; `audience` repeats the post's."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Picture',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('audience', fields.CharEnumField(default=Audience.NEIGHBOURHOOD, description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('state', fields.CharEnumField(default=PictureState.AWAITED, description='AWAITED: AWAITED\nUPLOADED: UPLOADED\nREADY: READY\nREFUSED: REFUSED', enum_type=PictureState, max_length=10)),
                ('alt', fields.CharField(max_length=500)),
                ('place', fields.SmallIntField(default=0)),
                ('width', fields.IntField(null=True)),
                ('height', fields.IntField(null=True)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'picture', 'app': 'models', 'indexes': [Index(fields=['post_id', 'place']), Index(fields=['author_id', 'id']), Index(fields=['created_at'])], 'pk_attr': 'id', 'table_description': 'A picture of `author_id`; with a post, its `place` among the pictures of that.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Poll',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.OneToOneField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('organisation', fields.ForeignKeyField('models.Organisation', source_field='organisation_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('announcement', fields.ForeignKeyField('models.Announcement', source_field='announcement_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('method', fields.CharEnumField(description='FOR_OR_AGAINST: FOR_OR_AGAINST\nCHOICE: CHOICE\nSCORE: SCORE', enum_type=PollMethod, max_length=20)),
                ('options', ArrayField(element_type='TEXT')),
                ('most_choices', fields.SmallIntField(default=1)),
                ('is_secret', fields.BooleanField()),
                ('voice', fields.CharEnumField(description='RESIDENT: RESIDENT\nHOUSEHOLD: HOUSEHOLD', enum_type=PollVoice, max_length=10)),
                ('results', fields.CharEnumField(description='AFTER_VOTING: AFTER_VOTING\nAFTER_CLOSING: AFTER_CLOSING', enum_type=PollResults, max_length=15)),
                ('closes_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ballot_count', fields.IntField(default=0)),
                ('counts', ArrayField(element_type='INT')),
                ('sums', ArrayField(element_type='INT')),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'poll', 'app': 'models', 'indexes': [Index(fields=['author_id']), Index(fields=['announcement_id']), Index(fields=['closes_at'])], 'pk_attr': 'id', 'table_description': "The question behind a post, one each; `audience` repeats the post's."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Ballot',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('poll', fields.ForeignKeyField('models.Poll', source_field='poll_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('membership', fields.ForeignKeyField('models.Membership', source_field='membership_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('voice_id', fields.UUIDField()),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('is_secret', fields.BooleanField()),
                ('values', ArrayField(null=True, element_type='INT')),
            ],
            options={'table': 'ballot', 'app': 'models', 'unique_together': (('poll_id', 'voice_id'),), 'indexes': [Index(fields=['poll_id', 'id']), Index(fields=['post_id']), Index(fields=['resident_id', 'id']), Index(fields=['membership_id'])], 'pk_attr': 'id', 'table_description': 'That a voice was given, and how, unless the poll is secret: then nobody can tell any more.'},
            bases=['Private'],
        ),
        ops.AddField(
            model_name='Announcement',
            name='poll',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AlterField(
            model_name='Event',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED\nATTENDANCE_CHANGED: ATTENDANCE_CHANGED\nGATHERING_CHANGED: GATHERING_CHANGED\nREMINDER_DUE: REMINDER_DUE\nMENTIONED: MENTIONED\nPICTURE_CHANGED: PICTURE_CHANGED', enum_type=EventKind, max_length=30),
        ),
        ops.AlterField(
            model_name='Notification',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED\nATTENDANCE_CHANGED: ATTENDANCE_CHANGED\nGATHERING_CHANGED: GATHERING_CHANGED\nREMINDER_DUE: REMINDER_DUE\nMENTIONED: MENTIONED\nPICTURE_CHANGED: PICTURE_CHANGED', enum_type=EventKind, max_length=30),
        ),
        ops.AlterField(
            model_name='Notification',
            name='reason',
            field=fields.CharEnumField(description='POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nMENTION: MENTION\nEVENT: EVENT\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING\nMODERATION: MODERATION', enum_type=Reason, max_length=20),
        ),
        ops.AlterField(
            model_name='NotificationSwitch',
            name='reason',
            field=fields.CharEnumField(description='POST: POST\nANNOUNCEMENT: ANNOUNCEMENT\nALERT: ALERT\nCOMMENT: COMMENT\nTHREAD: THREAD\nMENTION: MENTION\nEVENT: EVENT\nHELP: HELP\nMESSAGE: MESSAGE\nSHARE: SHARE\nVOLUNTEERING: VOLUNTEERING\nMODERATION: MODERATION', enum_type=Reason, max_length=20),
        ),
        ops.AlterField(
            model_name='WebhookDelivery',
            name='kind',
            field=fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED\nHELP_WANTED: HELP_WANTED\nHELP_REQUEST_ASKED: HELP_REQUEST_ASKED\nHELP_MATCH_CHANGED: HELP_MATCH_CHANGED\nGUARDIAN_LEAVE_CHANGED: GUARDIAN_LEAVE_CHANGED\nCONVERSATION_CHANGED: CONVERSATION_CHANGED\nMESSAGE_SENT: MESSAGE_SENT\nMESSAGE_REMOVED: MESSAGE_REMOVED\nMEMBER_HIDDEN: MEMBER_HIDDEN\nCONTENT_REPORTED: CONTENT_REPORTED\nNOTIFICATION_ADDED: NOTIFICATION_ADDED\nCASE_DECIDED: CASE_DECIDED\nREPORT_ANSWERED: REPORT_ANSWERED\nDECISION_CHANGED: DECISION_CHANGED\nATTENDANCE_CHANGED: ATTENDANCE_CHANGED\nGATHERING_CHANGED: GATHERING_CHANGED\nREMINDER_DUE: REMINDER_DUE\nMENTIONED: MENTIONED\nPICTURE_CHANGED: PICTURE_CHANGED', enum_type=EventKind, max_length=30),
        ),
    ]
