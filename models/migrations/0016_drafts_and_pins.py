"""Drafts, and posts that are kept on top."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base import uuid7
from models.post import Audience, PostKind
from models.resident import Language
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0015_search')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Draft',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='MESSAGE: MESSAGE\nHELP_REQUEST: HELP_REQUEST\nCLASSIFIED: CLASSIFIED\nIDEA: IDEA\nALERT: ALERT\nEVENT: EVENT\nPOLL: POLL\nINTRODUCTION: INTRODUCTION\nANNOUNCEMENT: ANNOUNCEMENT', enum_type=PostKind, max_length=20)),
                ('audience', fields.CharEnumField(default=Audience.NEIGHBOURHOOD, description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('language', fields.CharEnumField(null=True, description='NL: NL\nFR: FR\nDE: DE\nEN: EN', enum_type=Language, max_length=2)),
                ('title', fields.CharField(null=True, max_length=120)),
                ('body', fields.TextField(unique=False)),
                ('updated_at', fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={'table': 'draft', 'app': 'models', 'indexes': [Index(fields=['resident_id', 'id']), Index(fields=['updated_at'])], 'pk_attr': 'id', 'table_description': 'A post that is not published yet. It is kept for 90 days after it was last changed.'},
            bases=['Private'],
        ),
        ops.AddField(
            model_name='Post',
            name='pinned_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
