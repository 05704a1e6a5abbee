"""Pages of a list, by the connection pattern: edges with cursors, and where the page stands."""

from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Read off `resolvers.page.PageInfo`."""

    start_cursor: str | None = strawberry.field(description="The cursor at the first item.")
    end_cursor: str | None = strawberry.field(description="The cursor at the last item.")
    has_next_page: bool = strawberry.field(description="Whether more comes after.")
    has_previous_page: bool = strawberry.field(description="Whether more comes before.")


@strawberry.type(description="An item and the cursor that stands at it.")
class Edge(Generic[T]):
    """Read off `resolvers.page.Edge`."""

    cursor: str = strawberry.field(description="Give it as `after` or `before`.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    """Read off `resolvers.page.Page`."""

    nodes: list[T] = strawberry.field(description="The items.")
    edges: list[Edge[T]] = strawberry.field(description="The items, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
