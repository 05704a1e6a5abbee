"""No door lets anybody try out a block: every answer is that for an id that never was."""

from typing import Any

import pytest

from models.base import uuid7
from tests.inside import Ask
from tests.resolvers import talking
from tests.resolvers.conftest import Act
from tests.resolvers.talking import block, ids
from tests.resolvers.test_block_feed import comment, publish
from tests.snapshot import digest
from tests.world import World

DOORS: dict[str, tuple[str, Any]] = {
    "react": ("subject { id }", lambda i: {"subjectId": i["post"], "kind": "LIKE"}),
    "unreact": ("subject { id }", lambda i: {"subjectId": i["comment"]}),
    "addComment": ("comment { id }", lambda i: {"postId": i["post"], "body": "?"}),
    "editComment": ("comment { id }", lambda i: {"commentId": i["comment"], "body": "?"}),
    "deleteComment": ("comment { id }", lambda i: {"commentId": i["comment"]}),
    "editPost": ("post { id }", lambda i: {"postId": i["post"], "body": "?"}),
    "deletePost": ("deletedId", lambda i: {"postId": i["post"]}),
    "markSolved": ("post { id }", lambda i: {"postId": i["post"]}),
    "updateProfile": ("membership { id }", lambda i: {"membershipId": i["member"]}),
    "moveOut": ("membership { id }", lambda i: {"membershipId": i["member"]}),
    "startConversation": ("conversation { id }", lambda i: {"membershipIds": [str(i["member"])]}),
    "addParticipants": (
        "conversation { id }",
        lambda i: {"conversationId": i["group"], "membershipIds": [str(i["member"])]},
    ),
    "sendMessage": ("message { id }", lambda i: {"conversationId": i["chat"], "body": "?"}),
    "leaveConversation": ("conversationId", lambda i: {"conversationId": i["chat"]}),
    "markRead": (
        "conversation { id }",
        lambda i: {"conversationId": i["group"], "messageId": i["message"]},
    ),
    "deleteMessage": ("message { id }", lambda i: {"messageId": i["message"]}),
    "reportContent": (
        "report { id }",
        lambda i: {"subject": "MESSAGE", "subjectId": i["message"], "reason": "OTHER"},
    ),
    "muteMember": ("mute { id }", lambda i: {"membershipId": i["member"]}),
    "unmuteMember": ("deletedId", lambda i: {"membershipId": i["member"]}),
    "pinPost": ("post { id }", lambda i: {"postId": i["post"]}),
    "blockMember": ("block { id }", lambda i: {"membershipId": i["member"]}),
    "unblockMember": ("deletedId", lambda i: {"membershipId": i["member"]}),
}


@pytest.mark.parametrize("door", DOORS)
async def test_every_door_answers_as_for_an_id_that_never_was(
    act: Act, ask: Ask, world: World, door: str
) -> None:
    post = await publish(act, world, "neighbour", "van neighbour")
    chat = await talking.begin(act, world, "neighbour")
    group = await talking.begin(act, world, "neighbour", "moderator")
    hidden = {
        "post": post.id,
        "comment": (await comment(act, post, "neighbour", "c")).id,
        "chat": chat.id,
        "group": group.id,
        "message": (await talking.write(act, group, persona="neighbour")).id,
        "member": ids(world, "neighbour")[0],
    }
    await block(act, world, "neighbour", "resident")
    fields, given = DOORS[door]
    never = {**{name: uuid7() for name in hidden}, "group": group.id}
    name = door[0].upper() + door[1:]
    document = f"mutation ($input: {name}Input!) {{ {door}(input: $input)"
    document += f" {{ {fields} errors {{ code field message }} }} }}"
    before = await digest()
    answers = [
        await talking.asked(ask, "resident", document, input=given(each))
        for each in (hidden, never)
    ]
    assert answers[0] == answers[1]
    assert [error["code"] for error in answers[0][door]["errors"]] == ["NOT_FOUND"]
    assert await digest() == before
