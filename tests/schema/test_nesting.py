"""Deep nesting, in whatever there is to nest: an error like others, never a fault."""

import pytest

from tests.inside import Ask
from tests.schema.test_limits import limits

SHAPES = {
    "fields": ("{a", "}"),
    "inline fragments": ("{...", "}"),
    "lists": ("[", "]"),
    "objects": ("{a:", "}"),
}


@pytest.mark.parametrize("levels", [20, 190, 201, 400, 900, 10_000])
@pytest.mark.parametrize("shape", SHAPES)
async def test_deep_nesting_is_an_error_like_others(ask: Ask, shape: str, levels: int) -> None:
    opened, closed = (each * levels for each in SHAPES[shape])
    if shape == "inline fragments":
        document = f"{opened}{{nothing}}{closed}"
    elif shape == "fields":
        document = f"{opened}{closed}"
    else:
        document = f"{{ neighbourhood(id: {opened}1{closed}) {{ id }} }}"
    answer = await ask("signed_out", document)
    assert answer.data is None
    assert answer.errors
    assert [error.original_error for error in answer.errors] == [None] * len(answer.errors)
    if levels > 200:
        assert limits(answer) == [("nesting", 201, 200)]
