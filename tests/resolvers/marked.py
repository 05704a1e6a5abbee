"""A village in which every word bears the mark of whoever wrote it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

import models
import resolvers.chat_message
import resolvers.comment
import resolvers.conversation
import resolvers.membership
import resolvers.participant
import resolvers.post
import resolvers.reaction
from resolvers.refusal import Refusal
from tests.resolvers.conftest import Act
from tests.resolvers.talking import ids
from tests.world import World

PEOPLE = ("resident", "neighbour", "moderator", "worker", "third")
AUDIENCES = (models.Audience.NEIGHBOURHOOD, models.Audience.NEIGHBOURS_NEARBY)
# what can be done, and what there has to be for it
VERBS: dict[str, tuple[Any, Any]] = {
    "post": (resolvers.post.create_post, None),
    "comment": (resolvers.comment.add_comment, models.Post),
    "reply": (resolvers.comment.add_comment, models.Comment),
    "erase": (resolvers.comment.delete_comment, models.Comment),
    "react": (resolvers.reaction.react, models.Comment),
    "chat": (resolvers.conversation.start_conversation, None),
    "group": (resolvers.conversation.start_conversation, None),
    "write": (resolvers.chat_message.send_message, models.Conversation),
    "read": (resolvers.participant.mark_read, models.ChatMessage),
}
# what belongs to somebody, and the column that says to whom
OF = {
    models.Membership: "id",
    models.Post: "author_id",
    models.Comment: "author_id",
    models.HelpOffer: "membership_id",
    models.Participant: "membership_id",
    models.ChatMessage: "author_id",
}


@dataclass(frozen=True)
class Step:
    """Somebody does something to the `at`-th thing there is, with or to another."""

    persona: str
    verb: str
    at: int
    other: str


steps = st.builds(
    Step,
    persona=st.sampled_from(PEOPLE),
    verb=st.sampled_from(sorted(VERBS)),
    at=st.integers(0, 5),
    other=st.sampled_from(PEOPLE),
)


def everywhere(verb: str, ahead: int = 0) -> list[Step]:
    """Each does it once, to what the one so many ahead has made."""
    count = len(PEOPLE)
    return [Step(each, verb, (at + ahead) % count, each) for at, each in enumerate(PEOPLE)]


# everybody has written everywhere, and under and to everybody, before a story begins
ONCE = (
    *everywhere("post"),
    *everywhere("comment", 1),
    *everywhere("comment", 2),
    *everywhere("reply", 3),
    Step("resident", "group", 0, "neighbour"),
    Step("resident", "group", 0, "worker"),
    *(Step(each, "write", at, each) for at in (0, 1) for each in PEOPLE),
    *everywhere("read", 1),
)


def mark(persona: str) -> str:
    """What stands in all words of a persona."""
    return f"~{persona}~"


async def introduce(act: Act, world: World) -> None:
    """Everybody bears a name with the own mark, has words about themselves, and offers help."""
    for persona in PEOPLE:
        [id] = ids(world, persona)
        given = {"display_name": f"N {mark(persona)}", "about": f"A {mark(persona)}"}
        await act(persona, resolvers.membership.update_profile, membership_id=id, **given)
        await models.HelpOffer.create(
            neighbourhood_id=world.home,
            membership_id=id,
            skills=["bicycle-repair"],
            note=mark(persona),
        )


async def take(act: Act, world: World, step: Step) -> None:
    """Do what the step says; what is refused, or has nothing to do it to, is left."""
    verb, needed = VERBS[step.verb]
    rows = None if needed is None else needed.all().order_by("id").offset(step.at)
    row = await rows.first() if rows is not None else None
    if needed is None or row is not None:
        with suppress(Refusal):
            await act(step.persona, verb, **_given(world, step, row))


async def rows_of(world: World, persona: str) -> list[UUID]:
    """The ids of all that belongs to a persona."""
    [own] = ids(world, persona)
    return [row.pk for model, column in OF.items() for row in await model.filter(**{column: own})]


def _given(world: World, step: Step, row: Any) -> dict[str, Any]:
    words = {"body": f"{step.verb} {mark(step.persona)}"}
    others = {*ids(world, step.other, "third", "moderator")} - set(ids(world, step.persona))
    match step.verb:
        case "post":
            place = {"neighbourhood_id": world.home, "audience": AUDIENCES[step.at % 2]}
            return {**place, **words, "kind": models.PostKind.MESSAGE}
        case "comment":
            return {"post_id": row.id, **words}
        case "reply":
            return {"post_id": row.post_id, "parent_id": row.id, **words}
        case "erase":
            return {"comment_id": row.id}
        case "react":
            return {"subject_id": row.id, "kind": models.ReactionKind.THANKS}
        case "chat":
            return {"membership_ids": ids(world, step.other)}
        case "group":
            return {"membership_ids": sorted(others), "title": "Wij"}
        case "write":
            return {"conversation_id": row.id, **words}
    return {"conversation_id": row.conversation_id, "message_id": row.id}
