"""What schemathesis is told of our API: how an id looks, and that a refusal with a code is none."""

from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from schema.code import CATALOGUE

schemathesis.graphql.scalar("ID", st.uuids().map(str).map(nodes.String))
schemathesis.graphql.scalar("Date", st.dates().map(str).map(nodes.String))
schemathesis.graphql.scalar(
    "DateTime", st.datetimes().map(lambda moment: nodes.String(f"{moment.isoformat()}Z"))
)


@schemathesis.check
def no_fault(_context: Any, response: Any, _case: Any) -> None:
    """An answer in JSON, and of each error a code that is in the catalogue and no fault."""
    assert response.status_code < 500, response.status_code
    for error in response.json().get("errors", []):
        code = error["extensions"]["code"]
        assert code in CATALOGUE, error
        assert code != "INTERNAL", error
