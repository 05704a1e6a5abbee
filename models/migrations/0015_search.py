"""The language of a post, and indexes by which its words and those under it are found."""

from typing import ClassVar

from tortoise import fields, migrations
from tortoise.migrations import operations

from models.resident import Language

# The neighbourhood is a word among the words, so that one index narrows down by both.
FUNCTIONS = """
create extension if not exists pg_trgm;
create function noaber_post_words(place uuid, language text, title text, body text)
returns tsvector language sql immutable parallel safe as $$
    select array_to_tsvector(array['n' || replace(place::text, '-', '')]) || case language
        when 'FR' then setweight(to_tsvector('pg_catalog.french', coalesce(title, '')), 'A')
                       || to_tsvector('pg_catalog.french', body)
        when 'EN' then setweight(to_tsvector('pg_catalog.english', coalesce(title, '')), 'A')
                       || to_tsvector('pg_catalog.english', body)
        when 'DE' then setweight(to_tsvector('pg_catalog.german', coalesce(title, '')), 'A')
                       || to_tsvector('pg_catalog.german', body)
        else setweight(to_tsvector('pg_catalog.dutch', coalesce(title, '')), 'A')
             || to_tsvector('pg_catalog.dutch', body)
    end
$$;
create function noaber_comment_words(place uuid, body text)
returns tsvector language sql immutable strict parallel safe as $$
    select array_to_tsvector(array['n' || replace(place::text, '-', '')])
        || to_tsvector('pg_catalog.dutch', body)
        || to_tsvector('pg_catalog.french', body) || to_tsvector('pg_catalog.english', body)
$$;
create index post_words on post
    using gin (noaber_post_words(neighbourhood_id, language, title, body))
    where removed_at is null;
create index comment_words on comment using gin (noaber_comment_words(neighbourhood_id, body))
    where removed_at is null and deleted_at is null;
create index comment_place on comment (neighbourhood_id, id)
    where removed_at is null and deleted_at is null;
"""


class Migration(migrations.Migration):
    """Posts of before speak the language of their author."""

    dependencies: ClassVar = [("models", "0014_law")]

    operations: ClassVar = [
        operations.AddField(
            model_name="Post",
            name="language",
            field=fields.CharEnumField(enum_type=Language, max_length=2, null=True),
        ),
        operations.RunSQL(
            sql="update post p set language = coalesce((select r.language from membership m "
            "join resident r on r.id = m.resident_id where m.id = p.author_id), 'NL')",
            reverse_sql="select 1",
        ),
        operations.RunSQL(
            sql="alter table post alter column language set default 'NL'",
            reverse_sql="alter table post alter column language drop default",
        ),
        operations.AlterField(
            model_name="Post",
            name="language",
            field=fields.CharEnumField(
                enum_type=Language,
                description="NL: NL\nFR: FR\nDE: DE\nEN: EN",
                max_length=2,
                default=Language.NL,
            ),
        ),
        operations.RunSQL(
            sql=FUNCTIONS,
            reverse_sql="drop index comment_place; drop index comment_words; "
            "drop index post_words; "
            "drop function noaber_comment_words; drop function noaber_post_words",
        ),
    ]
