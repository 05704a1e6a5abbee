from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base import uuid7
from models.event import EventKind
from models.household import InvitationKind
from models.membership import MembershipRole, MembershipState, Verification
from models.post import Audience, PostKind
from models.reaction import ReactionKind
from models.resident import Language, TokenKind
from models.stream import StreamKind
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Neighbourhood',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('slug', fields.CharField(unique=True, max_length=60)),
                ('name', fields.CharField(max_length=80)),
                ('place', fields.CharField(max_length=80)),
                ('opened_on', fields.DateField()),
                ('household_count', fields.IntField()),
                ('registered_household_count', fields.IntField(default=0)),
            ],
            options={'table': 'neighbourhood', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A village or quarter whose residents share one feed.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Adjacency',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('adjacent', fields.ForeignKeyField('models.Neighbourhood', source_field='adjacent_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
            ],
            options={'table': 'adjacency', 'app': 'models', 'unique_together': (('neighbourhood_id', 'adjacent_id'),), 'pk_attr': 'id', 'table_description': 'One direction of "lies beside"; both directions are stored.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Household',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('street', fields.CharField(max_length=80)),
                ('house_number', fields.CharField(max_length=20)),
                ('registered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'household', 'app': 'models', 'unique_together': (('neighbourhood_id', 'street', 'house_number'),), 'pk_attr': 'id', 'table_description': 'One front door: a street and a house number; several residents may live behind it.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Resident',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('email', fields.CharField(unique=True, max_length=254)),
                ('phone', fields.CharField(null=True, max_length=30)),
                ('language', fields.CharEnumField(default=Language.NL, description='NL: NL\nFR: FR\nDE: DE\nEN: EN', enum_type=Language, max_length=2)),
            ],
            options={'table': 'resident', 'app': 'models', 'pk_attr': 'id', 'table_description': "A person's account. Neighbours never see it: they see the Membership."},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Credential',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.OneToOneField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('password_hash', fields.CharField(max_length=200)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'credential', 'app': 'models', 'pk_attr': 'id', 'table_description': "A resident's password as an argon2id hash."},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Membership',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('household', fields.ForeignKeyField('models.Household', source_field='household_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.SET_NULL)),
                ('display_name', fields.CharField(max_length=60)),
                ('street', fields.CharField(null=True, max_length=80)),
                ('about', fields.CharField(default='', max_length=1000)),
                ('role', fields.CharEnumField(default=MembershipRole.RESIDENT, description='RESIDENT: RESIDENT\nMODERATOR: MODERATOR\nNEIGHBOURHOOD_WORKER: NEIGHBOURHOOD_WORKER', enum_type=MembershipRole, max_length=30)),
                ('state', fields.CharEnumField(default=MembershipState.PENDING, description='PENDING: PENDING\nACTIVE: ACTIVE\nENDED: ENDED', enum_type=MembershipState, max_length=10)),
                ('verification', fields.CharEnumField(null=True, description='LETTER: LETTER\nHOUSEHOLD: HOUSEHOLD\nSTAFF: STAFF', enum_type=Verification, max_length=20)),
                ('verified_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('nearby_count', fields.IntField(default=0)),
            ],
            options={'table': 'membership', 'app': 'models', 'constraints': [UniqueConstraint(fields=('resident_id', 'neighbourhood_id'), name='membership_once', condition="state <> 'ENDED'")], 'indexes': [Index(fields=['neighbourhood_id', 'state', 'id'], name='membership_members'), Index(fields=['resident_id']), Index(fields=['household_id'])], 'pk_attr': 'id', 'table_description': "A resident's place in a neighbourhood: display name and street, never the house number."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='InvitationCode',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('household', fields.ForeignKeyField('models.Household', source_field='household_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='LETTER: LETTER\nHOUSEHOLD: HOUSEHOLD', enum_type=InvitationKind, max_length=20)),
                ('hash', fields.CharField(unique=True, max_length=64)),
                ('issued_by', fields.ForeignKeyField('models.Membership', source_field='issued_by_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.SET_NULL)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'invitation_code', 'app': 'models', 'indexes': [Index(fields=['issued_by_id', 'id']), Index(fields=['household_id'])], 'pk_attr': 'id', 'table_description': 'A single-use code for one household; only its SHA-256 is stored.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='MutationKey',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=64)),
                ('door', fields.CharField(max_length=60)),
                ('fingerprint', fields.CharField(max_length=64)),
                ('object_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'mutation_key', 'app': 'models', 'unique_together': (('resident_id', 'key'),), 'indexes': [Index(fields=['created_at'])], 'pk_attr': 'id', 'table_description': "A key that a resident's client chose, the door it was used at, and the object it answered."},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Post',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('thanks_count', fields.IntField(default=0)),
                ('like_count', fields.IntField(default=0)),
                ('care_count', fields.IntField(default=0)),
                ('clap_count', fields.IntField(default=0)),
                ('sad_count', fields.IntField(default=0)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='MESSAGE: MESSAGE\nHELP_REQUEST: HELP_REQUEST\nCLASSIFIED: CLASSIFIED\nIDEA: IDEA\nALERT: ALERT\nEVENT: EVENT\nPOLL: POLL\nINTRODUCTION: INTRODUCTION\nANNOUNCEMENT: ANNOUNCEMENT', enum_type=PostKind, max_length=20)),
                ('audience', fields.CharEnumField(default=Audience.NEIGHBOURHOOD, description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('title', fields.CharField(null=True, max_length=120)),
                ('body', fields.TextField(unique=False)),
                ('comment_count', fields.IntField(default=0)),
                ('solved_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('edited_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'post', 'app': 'models', 'indexes': [Index(fields=['neighbourhood_id', 'id'], name='post_feed'), Index(fields=['neighbourhood_id', 'kind', 'id'], name='post_feed_kind'), Index(fields=['author_id', 'id'], name='post_author')], 'pk_attr': 'id', 'table_description': 'A post. `removed_at` makes it a tombstone: no words, in no feed.'},
            bases=['Reactable'],
        ),
        ops.CreateModel(
            name='Comment',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('thanks_count', fields.IntField(default=0)),
                ('like_count', fields.IntField(default=0)),
                ('care_count', fields.IntField(default=0)),
                ('clap_count', fields.IntField(default=0)),
                ('sad_count', fields.IntField(default=0)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('parent', fields.ForeignKeyField('models.Comment', source_field='parent_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('body', fields.TextField(unique=False)),
                ('reply_count', fields.IntField(default=0)),
                ('edited_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('deleted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'comment', 'app': 'models', 'indexes': [Index(fields=['post_id', 'id'], name='comment_post'), Index(fields=['parent_id', 'id'], name='comment_parent'), Index(fields=['author_id', 'id'], name='comment_author')], 'pk_attr': 'id', 'table_description': "A comment. `audience` repeats the post's, so that its rule reads its own columns."},
            bases=['Reactable'],
        ),
        ops.CreateModel(
            name='PostRevision',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('title', fields.CharField(null=True, max_length=120)),
                ('body', fields.TextField(unique=False)),
            ],
            options={'table': 'post_revision', 'app': 'models', 'indexes': [Index(fields=['post_id', 'id'], name='post_revision_post')], 'pk_attr': 'id', 'table_description': 'The words of a post as they stood before an edit.'},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Reaction',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('neighbourhood', fields.ForeignKeyField('models.Neighbourhood', source_field='neighbourhood_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('post', fields.ForeignKeyField('models.Post', source_field='post_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('comment', fields.ForeignKeyField('models.Comment', source_field='comment_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.Membership', source_field='author_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('audience', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('kind', fields.CharEnumField(description='THANKS: THANKS\nLIKE: LIKE\nCARE: CARE\nCLAP: CLAP\nSAD: SAD', enum_type=ReactionKind, max_length=10)),
            ],
            options={'table': 'reaction', 'app': 'models', 'indexes': [Index(fields=['comment_id']), Index(fields=['author_id', 'id'])], 'pk_attr': 'id', 'table_description': "A member's one reaction on a post (`comment_id` null) or on a comment under it."},
            bases=['Private'],
        ),
        ops.CreateModel(
            name='Session',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('resident', fields.ForeignKeyField('models.Resident', source_field='resident_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('client', fields.CharField(max_length=200)),
                ('last_used_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'session', 'app': 'models', 'indexes': [Index(fields=['resident_id', 'id'])], 'pk_attr': 'id', 'table_description': 'One signed-in device: a family of rotating tokens that ends as a whole.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='SessionToken',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('session', fields.ForeignKeyField('models.Session', source_field='session_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='ACCESS: ACCESS\nREFRESH: REFRESH', enum_type=TokenKind, max_length=10)),
                ('hash', fields.CharField(unique=True, max_length=64)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'session_token', 'app': 'models', 'indexes': [Index(fields=['session_id']), Index(fields=['expires_at'])], 'pk_attr': 'id', 'table_description': 'One opaque token of a session; only its SHA-256 is stored. A refresh token is used once.'},
            bases=['Base'],
        ),
        ops.CreateModel(
            name='Stream',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharEnumField(description='NEIGHBOURHOOD: NEIGHBOURHOOD\nRESIDENT: RESIDENT\nORGANISATION: ORGANISATION', enum_type=StreamKind, max_length=20)),
                ('last_sequence', fields.BigIntField(default=0)),
                ('trimmed_sequence', fields.BigIntField(default=0)),
            ],
            options={'table': 'stream', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A counter, raised as the last statement of a writing transaction: gapless, in commit order.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Event',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ('stream', fields.ForeignKeyField('models.Stream', source_field='stream_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('sequence', fields.BigIntField()),
                ('kind', fields.CharEnumField(description='POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED', enum_type=EventKind, max_length=30)),
                ('neighbourhood_id', fields.UUIDField(null=True)),
                ('audience', fields.CharEnumField(null=True, description='NEIGHBOURHOOD: NEIGHBOURHOOD\nNEIGHBOURS_NEARBY: NEIGHBOURS_NEARBY\nNEIGHBOURS_ONLY: NEIGHBOURS_ONLY', enum_type=Audience, max_length=20)),
                ('author_id', fields.UUIDField(null=True)),
                ('post_id', fields.UUIDField(null=True)),
                ('comment_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'event', 'app': 'models', 'unique_together': (('stream_id', 'sequence'),), 'pk_attr': 'id', 'table_description': 'One line of the outbox, written in the transaction of the change it tells of.'},
            bases=['Base'],
        ),
    ]
