"""One rule, many readings: what SQL keeps and what memory keeps is the same, for every rule."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.expressions import Q
from tortoise.fields import Field, UUIDField
from tortoise.models import Model

import models
from auth import condition, rules
from auth.rules import Rule
from auth.scope import PARTNER, Scope
from auth.statement import selected, statement
from auth.viewer import SIGNED_OUT, Office, Standing, Viewer
from auth.visibility import VISIBLE, behind_the_wall, sees, visible
from models.database import connection
from models.transaction import transaction
from models.wall import fetch
from realtime import events

MOMENT, LATER = "2020-03-16T00:00:00+00:00", "2120-03-16T00:00:00+00:00"
IDS = [UUID(int=number) for number in range(1, 5)]
SHARED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ALL_RULES = sorted(
    (rule for rule in vars(rules).values() if isinstance(rule, Rule)), key=lambda rule: rule.name
)

ids = st.sampled_from(IDS)
standings = st.builds(
    Standing,
    membership_id=ids,
    neighbourhood_id=ids,
    household_id=st.none() | ids,
    role=st.sampled_from(models.MembershipRole),
    adjacent=st.frozensets(ids, max_size=2),
)
offices = st.builds(
    Office,
    organisation_id=ids,
    covers=st.frozensets(ids, max_size=3),
    scopes=st.frozensets(st.sampled_from(Scope)),
    unit_id=st.none() | ids,
    staff_id=st.none() | ids,
)
viewers = (
    st.just(SIGNED_OUT)
    | st.builds(
        Viewer,
        resident_id=ids,
        session_id=ids,
        standings=st.lists(standings, max_size=3).map(tuple),
        offices=st.lists(offices, max_size=2).map(tuple),
        scopes=st.just(frozenset({Scope.RESIDENT})),
        blocked=st.frozensets(ids, max_size=3),
    )
    | st.builds(Viewer, token_id=ids, offices=st.tuples(offices), scopes=st.just(PARTNER))
)
COLUMNS = {
    "neighbourhood_id": ids,
    "resident_id": ids,
    "household_id": ids,
    "adjacent_id": ids,
    "author_id": ids,
    "issued_by_id": ids,
    "audience": st.sampled_from(models.Audience),
    "organisation_id": ids,
    "announcer_id": ids,
    "asker_id": ids,
    "holder_id": ids,
    "unit_id": ids,
    "scope": st.sampled_from([scope.value for scope in Scope]),
    "expires_at": st.sampled_from([MOMENT, LATER]),
    "revoked_at": st.just(MOMENT),
    "nearby_count": st.integers(0, 2),
    "removed_at": st.just(MOMENT),
    "paused": st.booleans(),
    "ends_on": st.sampled_from([date(2020, 3, 16), date(2120, 3, 16)]),
    "membership_id": ids,
    "requester_id": ids,
    "helper_id": ids,
    "proposed_by_id": ids,
    "hushed": st.booleans(),
    "is_secret": st.booleans(),
    "voice_id": ids,
    "post_id": ids,
    "guardian_id": ids,
    "accused_id": ids,
    "measure": st.sampled_from(models.ModerationMeasure),
    "participant_ids": st.lists(ids, max_size=3),
    "reader_ids": st.lists(ids, max_size=3),
    "pair_ids": st.lists(ids, max_size=2),
}
# a random condition over the nullable columns of an event, as a rule may write it
terms = st.one_of(
    st.builds(lambda v: Q(author_id=v), ids),
    st.builds(lambda v: Q(post_id__in=v), st.lists(ids, max_size=2).map(tuple)),
    st.builds(lambda v: Q(audience=v), st.sampled_from(models.Audience)),
    st.builds(lambda v: Q(comment_id__isnull=v), st.booleans()),
    st.builds(lambda v: Q(sequence__gt=v), st.integers(0, 4)),
    st.builds(lambda v: Q(sequence__lte=v), st.integers(0, 4)),
)
conditions = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=6,
)
event_rows = st.lists(
    st.fixed_dictionaries(
        {
            "author_id": st.none() | ids,
            "post_id": st.none() | ids,
            "comment_id": st.none() | ids,
            "audience": st.none() | st.sampled_from(models.Audience),
        }
    ),
    min_size=1,
    max_size=5,
)


class Undo(Exception):
    """Raised to roll the rows of one example back."""


async def write(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Rows without their relations: the triggers that check them are off for this transaction."""
    await connection().execute_query("set local session_replication_role = replica")
    await model.bulk_create((model(**row) for row in rows), ignore_conflicts=True)


def row_of(model: type[Model], number: int) -> st.SearchStrategy[dict[str, Any]]:
    """A row with random values in the columns that rules read, and fitting ones in the others."""
    columns = model._meta.fields_map.items()
    return st.fixed_dictionaries(
        {
            name: value
            for name, column in columns
            if (value := _value(name, column, number)) is not None
        }
    )


def _value(name: str, column: Field[Any], number: int) -> st.SearchStrategy[Any] | None:
    if column.pk:  # a table of one row has its key by default, and keeps the row it has
        return st.just(UUID(int=number + 1) if isinstance(column, UUIDField) else column.default)
    enum: Any = getattr(column, "enum_type", None)
    if name in COLUMNS or (enum and name in {"state", "kind"}):
        values = st.sampled_from(enum) if enum else COLUMNS[name]
        return st.none() | values if column.null else values
    if column.null or not column.has_db_field or column.default is not None:
        return None
    if name.endswith("_id"):
        return st.just(UUID(int=200 + number))
    if enum:
        return st.just(next(iter(enum)))
    longest = getattr(column, "max_length", None)
    text = f"{number} {name}"[:longest]
    fitting: dict[Any, Any] = {int: number, str: text, bool: False, list: [], bytes: b""}
    fitting[UUID] = UUID(int=300 + number)
    return st.just(fitting.get(column.field_type, MOMENT))


tables = st.sampled_from(list(VISIBLE)).flatmap(
    lambda model: st.tuples(
        st.just(model), st.tuples(*(row_of(model, number) for number in range(6)))
    )
)


@settings(SHARED, max_examples=300)
@given(viewer=viewers, table=tables)
async def test_sql_memory_policies_and_statements_agree_on_every_model(
    database: None, viewer: Viewer, table: tuple[type[Model], tuple[dict[str, Any], ...]]
) -> None:
    model, rows = table
    try:
        async with transaction():
            await write(model, list(rows))
            stored = await model.all()
            seen = {row.pk for row in stored if sees(viewer, row)}
            assert {row.pk for row in await visible(model, viewer)} == seen
            assert {row.pk for row in await behind_the_wall(model.all(), viewer)} == seen
            text = f"select {selected([model._meta.db_pk_column])} from {{rows}} where {{seen}}"
            asked = statement(model, text, 0)
            records = await fetch(None, asked.sql, asked.values(viewer))
            assert {record[0] for record in records} == seen
            locked = behind_the_wall(model.select_for_update(), viewer)
            assert {row.pk for row in await locked} == seen
            raise Undo
    except Undo:
        pass


@SHARED
@given(rule=st.sampled_from(ALL_RULES), viewer=viewers)
def test_a_rule_says_which_columns_it_reads(rule: Rule, viewer: Viewer) -> None:
    assert set(condition.columns(rule.where(viewer))) <= rule.columns


@SHARED
@given(condition_=conditions, rows=event_rows)
async def test_memory_reads_any_condition_as_postgresql_does(
    database: None, condition_: Q, rows: list[dict[str, Any]]
) -> None:
    whole = [
        row | {"sequence": n, "stream_id": IDS[0], "kind": models.EventKind.POST_SOLVED}
        for n, row in enumerate(rows)
    ]
    try:
        async with transaction():
            await write(models.Event, whole)
            stored = await models.Event.all()
            kept = {row.pk for row in await models.Event.filter(condition_)}
            assert kept == {row.pk for row in stored if condition.matches(condition_, row)}
            raise Undo
    except Undo:
        pass


@pytest.mark.parametrize("unfit", [Q(), Q(author_id=None), Q(kind__icontains="x"), ~Q()])
def test_a_condition_that_could_open_by_accident_is_refused(unfit: Q) -> None:
    with pytest.raises(ValueError, match="a rule"):
        condition.matches(unfit, models.Event(author_id=None))


def test_every_model_has_a_rule() -> None:
    floor = {model for model in vars(models).values() if _is_model(model)}
    assert set(VISIBLE) == floor


@pytest.mark.parametrize("model", VISIBLE, ids=lambda model: model.__name__)
async def test_a_rule_names_only_columns_of_its_model(database: None, model: type[Model]) -> None:
    columns = set(condition.columns(VISIBLE[model].where(SIGNED_OUT)))
    assert columns <= set(model._meta.fields_db_projection)


@pytest.mark.parametrize("kind", events.FEED.values(), ids=lambda kind: kind.__name__)
def test_an_event_has_the_columns_its_rule_reads(kind: type[events.FeedEvent]) -> None:
    columns = set(condition.columns(VISIBLE[kind.model].where(SIGNED_OUT)))
    assert columns <= {column.name for column in fields(kind)} | {"kind"}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_no_rule_but_the_open_ones_holds_for_who_is_signed_out(rule: Rule) -> None:
    row = models.Membership(
        id=IDS[0], neighbourhood_id=IDS[0], resident_id=IDS[0], household_id=IDS[0], nearby_count=1
    )
    unset = ("author_id", "issued_by_id", "removed_at", "revoked_at", "scope", "resident_id")
    for column in (*unset, "asker_id", "announcer_id", "holder_id", "organisation_id"):
        setattr(row, column, None)
    row.expires_at = datetime.now(UTC) + timedelta(days=1)
    row.audience = models.Audience.NEIGHBOURS_NEARBY
    row.state = models.MembershipState.ACTIVE
    for column in ("membership_id", "requester_id", "helper_id", "proposed_by_id", "guardian_id"):
        setattr(row, column, IDS[0])
    for column in ("participant_ids", "reader_ids", "pair_ids"):
        setattr(row, column, [IDS[0]])
    row.voice_id = row.post_id = IDS[0]
    row.hushed, row.is_secret, row.measure = False, False, models.ModerationMeasure.WARN
    row.kind, row.accused_id = models.ConversationKind.GROUP, IDS[0]
    row.paused, row.ends_on = False, None
    # what says something of the row alone, and is only ever joined to a rule about the viewer
    about_rows = {"EVERYONE", "LIVE", "ADMITTED", "GRANTED", "OF_A_FEED", "STANDING", "REACHED"}
    about_rows |= {"TOLD", "COMING", "OPEN_BALLOT"}
    unblocked = rule.name.startswith("UNBLOCKED")
    assert rule.holds(SIGNED_OUT, row) is (unblocked or rule.name in about_rows)


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Model)
