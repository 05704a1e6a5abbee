"""The arguments by which every list is paged, with the words that the schema prints."""

from typing import Annotated

from typing_extensions import Doc

First = Annotated[
    int | None, Doc("How many from the start of the list: 20 if not said, 100 at most.")
]
After = Annotated[str | None, Doc("Only what comes after this cursor.")]
Last = Annotated[int | None, Doc("How many from the end of the list, 100 at most.")]
Before = Annotated[str | None, Doc("Only what comes before this cursor.")]
