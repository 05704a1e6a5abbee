"""What a search finds: posts and comments, and the words around what was looked for."""

from uuid import UUID

import strawberry

import resolvers.search
from schema.comment import Comment
from schema.field import batch, field
from schema.post import Post


@strawberry.type(description="A part of a text that was found.")
class SearchPiece:
    """Read off `resolvers.search.Piece`."""

    text: str = field("The words, as they were written: show them as text.")
    is_match: bool = field("Whether it is what was looked for.")


@strawberry.type(description="Something that a search found.")
class SearchHit:
    """Read off `resolvers.search.Hit`."""

    id: UUID = field("The id of the comment, or of the post.")
    post: Post = field("The post, or the one that the comment stands under.")
    comment: Comment | None = field("The comment; null where the post itself fits.")
    snippet: list[SearchPiece] = batch(resolvers.search.snippets)
