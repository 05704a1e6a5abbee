"""Who may change what about the help of neighbours, their matches, their talk and their blocks."""

from typing import Any

from tests.access.door import Change, Given, behind
from tests.access.resident_doors import INSIDE, mine, on, on_member, secret
from tests.neighbours import whose
from tests.world import World

# who lives or works at home too: the thing, or the member, is seen and not theirs to change
OTHERS = ("neighbour", "moderator", "worker", "sent")
TWO = ("resident", "neighbour")


def _at_home(fields: str, given: Given) -> Change:
    """On what the resident wrote or says for those at home."""
    told = {"done": ("resident",), "FORBIDDEN": OTHERS}
    return behind("resident", "NOT_FOUND", fields, given, **told)


def _party(given: Given, **told: tuple[str, ...]) -> Change:
    """On a match: to all whom it does not concern it does not exist."""
    return secret("match { id }", given, **told)


def _to_moderator(world: World) -> dict[str, Any]:
    return {"postId": world.things["post of request"], "helperId": whose(world, "moderator")}


def _read(world: World) -> dict[str, Any]:
    return {"conversationId": world.things["talk"], "messageId": world.things["their message"]}


def _on_minor(world: World) -> dict[str, Any]:
    return {"membershipId": whose(world, "minor")}


def _members(name: str, *personas: str, **more: Any) -> Given:
    """Memberships of these, and perhaps one of `World.things` by the name of a field."""
    return lambda world: {
        name: [str(whose(world, each)) for each in personas],
        **{field: world.things[thing] for field, thing in more.items()},
    }


MUTATIONS = {
    "editOffer": mine("helpOffer { id }", on_member(note="Anders.")),
    "requestHelp": behind(
        "resident",
        "NOT_FOUND",
        "helpRequest { id }",
        lambda world: {"neighbourhoodId": world.home, "body": "Wie helpt?"},
        done=INSIDE,
    ),
    "editHelpRequest": _at_home("helpRequest { id }", on("helpRequestId", "request", minutes=45)),
    "confirmHelpRequest": _at_home("helpRequest { id }", on("helpRequestId", "request")),
    "withdrawHelpRequest": _at_home("helpRequest { id }", on("helpRequestId", "request")),
    "giveGuardianLeave": _at_home("guardianLeave { id }", _on_minor),
    "withdrawGuardianLeave": secret(
        "guardianLeave { id }", on("guardianLeaveId", "leave of guardian")
    ),
    "sayOfAge": _at_home("membership { id }", _on_minor),
    # the author asks the moderator, who may offer it too; a worker proposes it to both
    "proposeMatch": behind(
        "resident",
        "NOT_FOUND",
        "match { id }",
        _to_moderator,
        done=("resident", "moderator", "worker", "sent"),
        FORBIDDEN=("neighbour",),
    ),
    # each of the two for oneself; the worker who proposed it for nobody
    "acceptMatch": _party(on("matchId", "match asked"), done=TWO, FORBIDDEN=("worker",)),
    "declineMatch": _party(on("matchId", "match offered"), CONFLICT=("neighbour",)),
    "withdrawMatch": _party(on("matchId", "match asked"), done=("worker",), CONFLICT=TWO),
    "completeMatch": _party(on("matchId", "match agreed"), done=TWO),
    "shareAddress": _party(
        on("matchId", "match agreed", address="Achterdeur"), FORBIDDEN=("neighbour",)
    ),
    "thank": _party(on("matchId", "match done", words="Dank u!"), done=TWO, FORBIDDEN=("worker",)),
    "startConversation": behind(
        "resident",
        "NOT_FOUND",
        "conversation { id }",
        _members("membershipIds", "neighbour"),
        done=("resident", "moderator", "worker", "sent"),
        INVALID=("neighbour",),
    ),
    "addParticipants": secret(
        "conversation { id }",
        _members("membershipIds", "moderator", conversationId="group"),
        done=TWO,
        # they know whom they name, and may not write to that member whatever the talk
        INVALID=("moderator",),
        FORBIDDEN=("nearby",),
    ),
    "leaveConversation": secret("conversationId", on("conversationId", "group"), done=TWO),
    # who wrote it has read it
    "markRead": secret("conversation { id }", _read, unchanged=("neighbour",)),
    "sendMessage": secret(
        "message { id }", on("conversationId", "talk", body="Tot dan."), done=TWO
    ),
    "deleteMessage": secret("message { id }", on("messageId", "message"), FORBIDDEN=("neighbour",)),
    "blockMember": behind(
        "resident",
        "NOT_FOUND",
        "block { id }",
        lambda world: {"membershipId": whose(world, "neighbour")},
        done=("resident", "moderator", "worker", "sent"),
        INVALID=("neighbour",),
    ),
    "unblockMember": secret(
        "deletedId", lambda world: {"membershipId": whose(world, "quarreller")}
    ),
}
