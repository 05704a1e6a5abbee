"""The matrix of access once more, with the application's filters off: the second wall alone."""

import pytest

from auth import visibility
from tests import test_access
from tests.test_access import before, made, quick, world

__all__ = ["before", "made", "quick", "world"]

test_each_field = test_access.test_each_field_answers_each_persona_as_the_table_says
test_each_mutation = test_access.test_a_mutation_is_done_or_refused_as_the_table_says
test_each_event = test_access.test_each_persona_hears_the_kinds_that_the_table_says


@pytest.fixture(autouse=True)
def unfiltered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is filtered by nothing but the policies."""
    monkeypatch.setattr(visibility, "filtered", lambda model, viewer: model.all())
