"""Partners: organisations, tokens, announcements, shares, cases, volunteers, webhooks."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

from models.access_record import AccessSubject
from models.announcement import AnnouncementPurpose
from models.base import uuid7
from models.case import CaseState, ReferralState
from models.event import EventKind
from models.figure import Measure, Period
from models.organisation import OrganisationKind
from models.post_share import CommentShareState, SharePurpose
from models.skill import SkillGroup
from models.staff import StaffRole
from models.webhook import DeliveryState


class Migration(migrations.Migration):
    dependencies = [("models", "0002_partial_indexes")]

    initial = False

    operations = [
        # keys are kept for days only, and a new column cannot say whose the old ones were
        ops.RunSQL('delete from mutation_key'),
        ops.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("place", fields.CharField(max_length=80)),
                (
                    "neighbourhood",
                    fields.ForeignKeyField(
                        "models.Neighbourhood",
                        source_field="neighbourhood_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("organisation_id", fields.UUIDField(null=True)),
                (
                    "period",
                    fields.CharEnumField(
                        description="WEEK: WEEK\nMONTH: MONTH", enum_type=Period, max_length=10
                    ),
                ),
                ("starts_on", fields.DateField()),
                (
                    "measure",
                    fields.CharEnumField(
                        description="REGISTERED_HOUSEHOLDS: REGISTERED_HOUSEHOLDS\nENGAGED_HOUSEHOLDS: ENGAGED_HOUSEHOLDS\nACTIVE_HOUSEHOLDS: ACTIVE_HOUSEHOLDS\nPOSTS: POSTS\nCOMMENTS: COMMENTS\nREACTIONS: REACTIONS\nHELP_OFFERS: HELP_OFFERS\nVOLUNTEERS: VOLUNTEERS\nSHARES: SHARES\nSHARES_CARE_QUESTION: SHARES_CARE_QUESTION\nSHARES_IDEA: SHARES_IDEA\nSHARES_REPORT: SHARES_REPORT\nSHARES_OTHER: SHARES_OTHER\nCASES_RECEIVED: CASES_RECEIVED\nCASES_ANSWERED: CASES_ANSWERED\nCASES_CLOSED: CASES_CLOSED\nHOURS_TO_ANSWER: HOURS_TO_ANSWER",
                        enum_type=Measure,
                        max_length=30,
                    ),
                ),
                ("count", fields.IntField()),
                ("people", fields.IntField()),
                ("hidden", fields.BooleanField()),
                ("settled", fields.BooleanField(default=True)),
            ],
            options={
                "table": "figure",
                "app": "models",
                "pk_attr": "id",
                "table_description": "How many, by how many people, and whether that is told: decided once, with the whole table.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="HelpOffer",
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
                    "membership",
                    fields.OneToOneField(
                        "models.Membership",
                        source_field="membership_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("skills", ArrayField(element_type="TEXT")),
            ],
            options={
                "table": "help_offer",
                "app": "models",
                "indexes": [
                    Index(fields=["neighbourhood_id", "id"], name="help_offer_neighbourhood")
                ],
                "pk_attr": "id",
                "table_description": "What a member offers the own neighbourhood, by the slugs of skills.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("slug", fields.CharField(unique=True, max_length=60)),
                ("name", fields.CharField(max_length=80)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="TOWN: TOWN\nSERVICE_CENTRE: SERVICE_CENTRE\nPOLICE: POLICE\nASSOCIATION: ASSOCIATION\nOTHER: OTHER",
                        enum_type=OrganisationKind,
                        max_length=20,
                    ),
                ),
                ("description", fields.CharField(default="", max_length=1000)),
            ],
            options={
                "table": "organisation",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A partner that residents may share with, and that informs the neighbourhoods it covers.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Coverage",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField()),
            ],
            options={
                "table": "coverage",
                "app": "models",
                "unique_together": (("organisation_id", "neighbourhood_id"),),
                "indexes": [Index(fields=["neighbourhood_id"])],
                "pk_attr": "id",
                "table_description": "That an organisation covers a neighbourhood, and since which day.",
            },
            bases=["Private"],
        ),
        ops.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("slug", fields.CharField(unique=True, max_length=40)),
                (
                    "group",
                    fields.CharEnumField(
                        description="HOUSEHOLD: HOUSEHOLD\nTRANSPORT: TRANSPORT\nDIGITAL: DIGITAL\nGARDEN: GARDEN\nCARE_AND_COMPANY: CARE_AND_COMPANY\nCHILDREN: CHILDREN\nANIMALS: ANIMALS\nREPAIRS: REPAIRS\nADMINISTRATION: ADMINISTRATION\nCULTURE_AND_SPORT: CULTURE_AND_SPORT\nNEIGHBOURHOOD: NEIGHBOURHOOD",
                        enum_type=SkillGroup,
                        max_length=20,
                    ),
                ),
                ("name_nl", fields.CharField(max_length=80)),
                ("name_fr", fields.CharField(max_length=80)),
                ("name_en", fields.CharField(max_length=80)),
            ],
            options={
                "table": "skill",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One skill, by its name in three languages; `slug` is how rows and clients name it.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
            ],
            options={
                "table": "unit",
                "app": "models",
                "unique_together": (("organisation_id", "name"),),
                "pk_attr": "id",
                "table_description": "A part of an organisation to which a case may be referred.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="PostShare",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
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
                    "purpose",
                    fields.CharEnumField(
                        description="CARE_QUESTION: CARE_QUESTION\nIDEA: IDEA\nREPORT: REPORT\nOTHER: OTHER",
                        enum_type=SharePurpose,
                        max_length=20,
                    ),
                ),
                ("with_name", fields.BooleanField()),
                ("told_end", fields.BooleanField(default=False)),
            ],
            options={
                "table": "post_share",
                "app": "models",
                "indexes": [
                    Index(fields=["organisation_id", "id"], name="post_share_organisation"),
                    Index(fields=["resident_id", "id"], name="post_share_resident"),
                    Index(fields=["post_id", "id"], name="post_share_post"),
                ],
                "pk_attr": "id",
                "table_description": "The author's grant of one post to one organisation: the only key to its words.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="CommentShare",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "share",
                    fields.ForeignKeyField(
                        "models.PostShare",
                        source_field="share_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "comment",
                    fields.ForeignKeyField(
                        "models.Comment",
                        source_field="comment_id",
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
                    "asker",
                    fields.ForeignKeyField(
                        "models.Membership",
                        source_field="asker_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=CommentShareState.ASKED,
                        description="ASKED: ASKED\nAGREED: AGREED\nREFUSED: REFUSED\nWITHDRAWN: WITHDRAWN",
                        enum_type=CommentShareState,
                        max_length=10,
                    ),
                ),
            ],
            options={
                "table": "comment_share",
                "app": "models",
                "unique_together": (("share_id", "comment_id"),),
                "indexes": [Index(fields=["resident_id", "id"], name="comment_share_resident")],
                "pk_attr": "id",
                "table_description": "The author's question to a commenter (`resident_id`): may this comment go along?",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "resident",
                    fields.ForeignKeyField(
                        "models.Resident",
                        source_field="resident_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "role",
                    fields.CharEnumField(
                        description="MANAGER: MANAGER\nEDITOR: EDITOR\nCASE_WORKER: CASE_WORKER\nANALYST: ANALYST",
                        enum_type=StaffRole,
                        max_length=20,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("invitation_hash", fields.CharField(null=True, unique=True, max_length=64)),
                (
                    "invitation_expires_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "staff",
                "app": "models",
                "indexes": [Index(fields=["organisation_id", "id"]), Index(fields=["resident_id"])],
                "pk_attr": "id",
                "table_description": "One person in one organisation; `unit_id` null: for the whole of it.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="COHESION: COHESION\nCALL_TO_ACTION: CALL_TO_ACTION\nPRACTICAL_INFO: PRACTICAL_INFO\nAWARENESS: AWARENESS\nINITIATIVE: INITIATIVE\nALERT: ALERT",
                        enum_type=AnnouncementPurpose,
                        max_length=20,
                    ),
                ),
                ("title", fields.CharField(max_length=120)),
                ("body", fields.TextField(unique=False)),
                ("neighbourhood_ids", ArrayField(element_type="UUID")),
                (
                    "urgent_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("publish_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "published_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("edited_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "withdrawn_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "announcement",
                "app": "models",
                "indexes": [Index(fields=["organisation_id", "id"])],
                "pk_attr": "id",
                "table_description": "One announcement; once published it stands as a post in each of `neighbourhood_ids`.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "issued_by",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="issued_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("prefix", fields.CharField(max_length=20)),
                ("last_four", fields.CharField(max_length=4)),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("scopes", ArrayField(element_type="TEXT")),
                ("neighbourhood_ids", ArrayField(null=True, element_type="UUID")),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "last_used_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("use_count", fields.BigIntField(default=0)),
                (
                    "replaces",
                    fields.ForeignKeyField(
                        "models.ApiToken",
                        source_field="replaces_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "api_token",
                "app": "models",
                "indexes": [
                    Index(fields=["organisation_id", "id"]),
                    Index(fields=["issued_by_id"]),
                ],
                "pk_attr": "id",
                "table_description": "An organisation's token; only its SHA-256 is stored, and enough of it to recognise it by.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="AccessRecord",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "token",
                    fields.ForeignKeyField(
                        "models.ApiToken",
                        source_field="token_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "subject",
                    fields.CharEnumField(
                        description="SHARE: SHARE\nCOMMENT: COMMENT\nCASE: CASE\nREPLY: REPLY\nVOLUNTEER: VOLUNTEER",
                        enum_type=AccessSubject,
                        max_length=10,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                ("fields_read", ArrayField(element_type="TEXT")),
                ("is_first", fields.BooleanField()),
            ],
            options={
                "table": "access_record",
                "app": "models",
                "indexes": [
                    Index(fields=["resident_id", "id"], name="access_record_resident"),
                    Index(fields=["organisation_id", "id"], name="access_record_organisation"),
                    Index(fields=["subject_id", "organisation_id"], name="access_record_subject"),
                ],
                "pk_attr": "id",
                "table_description": "One reading, by staff or by a token, of something a resident shared.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="Case",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "share",
                    fields.OneToOneField(
                        "models.PostShare",
                        source_field="share_id",
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
                    "purpose",
                    fields.CharEnumField(
                        description="CARE_QUESTION: CARE_QUESTION\nIDEA: IDEA\nREPORT: REPORT\nOTHER: OTHER",
                        enum_type=SharePurpose,
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=CaseState.RECEIVED,
                        description="RECEIVED: RECEIVED\nIN_PROGRESS: IN_PROGRESS\nREFERRED: REFERRED\nANSWERED: ANSWERED\nCLOSED: CLOSED",
                        enum_type=CaseState,
                        max_length=20,
                    ),
                ),
                (
                    "assignee",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="assignee_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("due_on", fields.DateField(null=True)),
                ("answer", fields.TextField(null=True, unique=False)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("satisfaction", fields.SmallIntField(null=True)),
                ("satisfaction_word", fields.CharField(null=True, max_length=1000)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "case",
                "app": "models",
                "indexes": [
                    Index(fields=["organisation_id", "state", "id"], name="case_organisation"),
                    Index(fields=["resident_id", "id"], name="case_resident"),
                ],
                "pk_attr": "id",
                "table_description": "The follow-up of one share. `version` rises with each change, so that none is overwritten.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="CaseNote",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "case",
                    fields.ForeignKeyField(
                        "models.Case",
                        source_field="case_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
            ],
            options={
                "table": "case_note",
                "app": "models",
                "indexes": [Index(fields=["case_id", "id"], name="case_note_case")],
                "pk_attr": "id",
                "table_description": "A note among the staff who hold the case. The resident never reads it.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="Referral",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "case",
                    fields.ForeignKeyField(
                        "models.Case",
                        source_field="case_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "to_organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="to_organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("reason", fields.CharField(max_length=1000)),
                (
                    "state",
                    fields.CharEnumField(
                        default=ReferralState.ASKED,
                        description="ASKED: ASKED\nAGREED: AGREED\nREFUSED: REFUSED",
                        enum_type=ReferralState,
                        max_length=10,
                    ),
                ),
            ],
            options={
                "table": "referral",
                "app": "models",
                "indexes": [
                    Index(fields=["case_id", "id"], name="referral_case"),
                    Index(fields=["resident_id", "id"], name="referral_resident"),
                ],
                "pk_attr": "id",
                "table_description": "The question to the author whether another organisation may have the share as well.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="VolunteerConsent",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
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
                ("skills", ArrayField(element_type="TEXT")),
            ],
            options={
                "table": "volunteer_consent",
                "app": "models",
                "indexes": [
                    Index(fields=["organisation_id", "id"], name="volunteer_consent_organisation"),
                    Index(fields=["resident_id", "id"], name="volunteer_consent_resident"),
                ],
                "pk_attr": "id",
                "table_description": "The consent: `skills` by their slugs; `revoked_at` is when it was withdrawn.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="VolunteerContact",
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
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "unit",
                    fields.ForeignKeyField(
                        "models.Unit",
                        source_field="unit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
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
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "consent",
                    fields.ForeignKeyField(
                        "models.VolunteerConsent",
                        source_field="consent_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
                ("answer", fields.TextField(null=True, unique=False)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "volunteer_contact",
                "app": "models",
                "indexes": [
                    Index(fields=["consent_id", "id"], name="volunteer_contact_consent"),
                    Index(fields=["resident_id", "id"], name="volunteer_contact_resident"),
                ],
                "pk_attr": "id",
                "table_description": "An organisation's message to a volunteer through the platform, and the answer.",
            },
            bases=["Granted"],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "issued_by",
                    fields.ForeignKeyField(
                        "models.Staff",
                        source_field="issued_by_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "token",
                    fields.ForeignKeyField(
                        "models.ApiToken",
                        source_field="token_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("url", fields.CharField(max_length=500)),
                ("kinds", ArrayField(element_type="TEXT")),
                ("secret_version", fields.IntField(default=1)),
                ("told_sequence", fields.BigIntField()),
                ("failure_count", fields.IntField(default=0)),
                ("paused_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "webhook",
                "app": "models",
                "indexes": [Index(fields=["organisation_id", "id"])],
                "pk_attr": "id",
                "table_description": "An address that is told of `kinds` of event, with the rights of who made it.",
            },
            bases=["Base"],
        ),
        ops.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid7, unique=True, db_index=True),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "webhook",
                    fields.ForeignKeyField(
                        "models.Webhook",
                        source_field="webhook_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "models.Organisation",
                        source_field="organisation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("event_id", fields.UUIDField()),
                ("sequence", fields.BigIntField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED",
                        enum_type=EventKind,
                        max_length=30,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=DeliveryState.PENDING,
                        description="PENDING: PENDING\nDELIVERED: DELIVERED\nFAILED: FAILED\nWITHDRAWN: WITHDRAWN",
                        enum_type=DeliveryState,
                        max_length=10,
                    ),
                ),
                ("attempts", fields.IntField(default=0)),
                ("next_attempt_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("status", fields.IntField(null=True)),
                ("error", fields.CharField(null=True, max_length=200)),
                (
                    "delivered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "webhook_delivery",
                "app": "models",
                "unique_together": (("webhook_id", "event_id"),),
                "indexes": [Index(fields=["webhook_id", "id"], name="webhook_delivery_log")],
                "pk_attr": "id",
                "table_description": "One event on its way to one address: ids only, never words.",
            },
            bases=["Base"],
        ),
        ops.AlterField(
            model_name="Comment",
            name="author",
            field=fields.ForeignKeyField(
                "models.Membership",
                source_field="author_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Comment",
            name="announcer",
            field=fields.ForeignKeyField(
                "models.Organisation",
                source_field="announcer_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Comment",
            name="organisation",
            field=fields.ForeignKeyField(
                "models.Organisation",
                source_field="organisation_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AlterField(
            model_name="Event",
            name="kind",
            field=fields.CharEnumField(
                description="POST_PUBLISHED: POST_PUBLISHED\nPOST_EDITED: POST_EDITED\nPOST_REMOVED: POST_REMOVED\nPOST_SOLVED: POST_SOLVED\nCOMMENT_ADDED: COMMENT_ADDED\nCOMMENT_EDITED: COMMENT_EDITED\nCOMMENT_REMOVED: COMMENT_REMOVED\nREACTION_CHANGED: REACTION_CHANGED\nSHARE_GRANTED: SHARE_GRANTED\nSHARE_ENDED: SHARE_ENDED\nSHARED_COMMENTS_CHANGED: SHARED_COMMENTS_CHANGED\nCOMMENT_SHARE_CHANGED: COMMENT_SHARE_CHANGED\nCASE_CHANGED: CASE_CHANGED\nREFERRAL_CHANGED: REFERRAL_CHANGED\nREPLY_ADDED: REPLY_ADDED\nREPLY_EDITED: REPLY_EDITED\nREPLY_REMOVED: REPLY_REMOVED\nVOLUNTEER_CHANGED: VOLUNTEER_CHANGED\nCONTACT_CHANGED: CONTACT_CHANGED\nACCESS_RECORDED: ACCESS_RECORDED",
                enum_type=EventKind,
                max_length=30,
            ),
        ),
        ops.AddField(
            model_name="Event",
            name="organisation_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Event",
            name="resident_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Event",
            name="scope",
            field=fields.CharField(null=True, max_length=30),
        ),
        ops.AddField(
            model_name="Event",
            name="subject_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Event",
            name="unit_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Membership",
            name="organisation",
            field=fields.ForeignKeyField(
                "models.Organisation",
                source_field="organisation_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.SET_NULL,
            ),
        ),
        ops.RemoveConstraint(
            model_name="MutationKey",
            name=None,
            fields=["resident_id", "key"],
        ),
        ops.AlterModelOptions(
            name="MutationKey",
            options={
                "table": "mutation_key",
                "app": "models",
                "unique_together": (("holder_id", "key"),),
                "indexes": [Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "A key that a client chose, the door it was used at, and the object it answered.",
            },
        ),
        ops.AddField(
            model_name="MutationKey",
            name="holder_id",
            field=fields.UUIDField(),
        ),
        ops.RemoveField(model_name="MutationKey", name="resident"),
        ops.AddConstraint(
            model_name="MutationKey",
            constraint=UniqueConstraint(fields=("holder_id", "key"), name=None),
        ),
        ops.AlterField(
            model_name="Post",
            name="author",
            field=fields.ForeignKeyField(
                "models.Membership",
                source_field="author_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Post",
            name="announcement",
            field=fields.ForeignKeyField(
                "models.Announcement",
                source_field="announcement_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.CASCADE,
            ),
        ),
        ops.AddField(
            model_name="Post",
            name="organisation",
            field=fields.ForeignKeyField(
                "models.Organisation",
                source_field="organisation_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Post",
            name="urgent_until",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
