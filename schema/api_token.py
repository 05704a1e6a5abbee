"""The credential of a partner's program, as the managers of the organisation see it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

import models
import resolvers.api_token
import resolvers.unit
from schema.field import batch, field, made
from schema.neighbourhood import Neighbourhood
from schema.node import Node, read_off
from schema.page import Connection
from schema.staff import Staff
from schema.unit import Unit


@strawberry.type(description="A token of an organisation. Its secret is shown once, when made.")
class ApiToken(Node):
    """Read off `models.ApiToken`."""

    is_type_of = read_off(models.ApiToken)
    id: UUID = field("Its id.")
    name: str = field("What it is for.")
    prefix: str = field("How the secret begins, to recognise it by.")
    last_four: str = field("How the secret ends, to recognise it by.")
    scopes: list[str] = field("What it opens.")
    unit: Unit | None = batch(resolvers.unit.of_rows)
    neighbourhoods: Connection[Neighbourhood] | None = batch(resolvers.api_token.neighbourhoods)
    created_at: datetime = field("When it was made.")
    expires_at: datetime = field("When it ends by itself.")
    revoked_at: datetime | None = field("When it was revoked, if it was.")
    last_used_at: datetime | None = field("When it was last used, if it was.")
    use_count: int = made(resolvers.api_token.use_count)
    issued_by: Staff | None = batch(resolvers.api_token.issuers)
    replaces: Annotated["ApiToken", strawberry.lazy("schema.api_token")] | None = batch(
        resolvers.api_token.replaced
    )


@strawberry.type(description="A token with its secret, shown this once.")
class NewToken:
    """Read off `resolvers.api_token_issue.NewToken`."""

    secret: str = field("The bearer token. Keep it where a program keeps its secrets.")
    token: ApiToken = field("The token, as it is listed.")
