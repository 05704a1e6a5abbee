"""The matrix of access once more, by graphql-core and with the application's filters off.

Nothing but the second wall stands in the way.
"""

import pytest

from auth import visibility
from schema.plan.extension import PLANS
from schema.plan.shape import Unplanned
from tests import test_access
from tests.test_access import before, made, quick, world

__all__ = ["before", "made", "quick", "world"]

test_each_field = test_access.test_each_field_answers_each_persona_as_the_table_says
test_each_mutation = test_access.test_a_mutation_is_done_or_refused_as_the_table_says
test_each_event = test_access.test_each_persona_hears_the_kinds_that_the_table_says


@pytest.fixture(autouse=True)
def unfiltered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is filtered by nothing but the policies, and no query has a plan."""
    monkeypatch.setattr(visibility, "filtered", lambda model, viewer: model.all())
    monkeypatch.setattr(PLANS, "operation", without_plan)


def without_plan(*_: object) -> None:
    """Leave it to graphql-core."""
    raise Unplanned("test")
