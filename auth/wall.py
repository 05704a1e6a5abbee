"""What the second wall is made of: a policy for each table, and what a transaction is told."""

from collections.abc import Iterator

from auth import policy
from auth.visibility import VISIBLE
from models.wall import READER


def statements() -> list[str]:
    """The SQL that lays the wall, or lays it anew: whatever stood is replaced."""
    written = [_role(), f"grant usage on schema public to {READER}"]
    for model, rule in VISIBLE.items():
        written += _of_table(model._meta.db_table, policy.sql(rule, model._meta.db_table))
    return written


def _role() -> str:
    """The role nobody signs in as; it is one for all databases of a server, and may be there."""
    return f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{READER}') then
    create role {READER} nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role('{READER}', 'set') then
    grant {READER} to current_user with set true;
  end if;
end $$"""


def _of_table(table: str, condition: str) -> Iterator[str]:
    """Rows are read, and locked, by the rule; what is locked is changed by the application."""
    yield f'alter table "{table}" enable row level security'
    yield f'grant select on "{table}" to {READER}'
    yield f'grant update (id) on "{table}" to {READER}'
    yield f'drop policy if exists read on "{table}"'
    yield f'drop policy if exists lock on "{table}"'
    yield f'create policy read on "{table}" for select to {READER} using ({condition})'
    yield (
        f'create policy lock on "{table}" for update to {READER}'
        f" using ({condition}) with check (false)"
    )
