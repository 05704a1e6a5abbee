"""The epoch of the database, drawn as it is made; an index by which old events are found."""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations

DRAWN = "('x' || left(replace(gen_random_uuid()::text, '-', ''), 15))::bit(60)::bigint"


class Migration(migrations.Migration):
    """One row, and never a second."""

    dependencies: ClassVar = [("models", "0010_talk_of_two")]

    operations: ClassVar = [
        operations.CreateModel(
            name="Epoch",
            fields=[
                ("id", fields.SmallIntField(primary_key=True, generated=False, default=1)),
                ("number", fields.BigIntField()),
            ],
            options={
                "table": "epoch",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One row, whose `number` is drawn when the database is made, "
                "and anew when told to.",
            },
            bases=["Model"],
        ),
        operations.RunSQL(
            sql=f"insert into epoch (id, number) values (1, {DRAWN})",  # noqa: S608 — drawn there
            reverse_sql="delete from epoch",
        ),
        operations.RunSQL(
            sql="alter table epoch add constraint epoch_one check (id = 1)",
            reverse_sql="alter table epoch drop constraint epoch_one",
        ),
        operations.AddIndex(model_name="Event", index=Index(fields=["created_at", "stream_id"])),
    ]
