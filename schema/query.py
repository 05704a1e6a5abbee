"""Every door that reads, with its lock."""

import strawberry

import resolvers.membership
import resolvers.neighbourhood
import resolvers.post
import resolvers.resident
from schema.door import door
from schema.guards import PUBLIC, RESIDENT
from schema.membership import Membership
from schema.neighbourhood import Neighbourhood
from schema.page import Connection
from schema.post import Post
from schema.resident import Resident


@strawberry.type(description="What can be read.")
class Query:
    """The reading page."""

    viewer: Resident | None = door(resolvers.resident.viewer, lock=PUBLIC)
    neighbourhood: Neighbourhood | None = door(resolvers.neighbourhood.neighbourhood, lock=PUBLIC)
    neighbourhoods: Connection[Neighbourhood] = door(
        resolvers.neighbourhood.neighbourhoods, lock=PUBLIC
    )
    membership: Membership | None = door(resolvers.membership.membership, lock=RESIDENT)
    post: Post | None = door(resolvers.post.post, lock=RESIDENT)
