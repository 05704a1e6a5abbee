"""Who hears what: the kinds of event on each live door, as cells.

`+` heard, with its thing; `-` not heard; refused as in `persona.cells`. What is heard is what was
told since the stream began, so that each of them was authorised at the moment of telling.
"""

from dataclasses import dataclass

from graphql import GraphQLObjectType

from tests.access.door import kinds_of
from tests.access.partner_table import LOCKED
from tests.access.persona import cells
from tests.access.subject import SDL, Rows, Variables, organisation, selection
from tests.world import World

# words about the stream itself
MARKS = {"FeedReset", "FeedHeartbeat"}
FEED = "?????+ ?? xxxxxxxxxxx xx !!"
OWN = "------ -- xxxxxxxxxxx xx !!"
SHARES, CASES = "+-++xx ?x +-x+-x-xxxx x- !!", "+-++xx ?x +-x-+x-xxxx x- !!"
REPLIES, VOLUNTEERS = "++--xx ?x ++x--x-xxxx x- !!", "++--xx ?x +-x--x+xxxx x- !!"


@dataclass(frozen=True)
class Live:
    """A live door: its arguments, what they are given, the stream it follows, and its cells."""

    interface: str
    arguments: str
    variables: Variables
    rows: Rows

    @property
    def cells(self) -> dict[str, dict[str, str]]:
        """The letter of each persona, by kind; a post that is published by its audience too."""
        return {
            name: cells(residents, partners)
            for names, residents, partners in self.rows
            for name in names.split()
        }

    @property
    def kinds(self) -> set[str]:
        """The kinds of event that have a row."""
        return {name.partition(":")[0] for name in self.cells}

    def document(self, door: str) -> str:
        """The subscription, asking for every field of every kind."""
        parts = [
            f"... on {kind} {{ {_fields(kind)} }}" for kind in sorted(kinds_of(self.interface))
        ]
        declared = "$id: ID!, $after: String" if "$id" in self.arguments else "$after: String"
        return (
            f"subscription ({declared}) {{ {door}({self.arguments})"
            f" {{ __typename {' '.join(parts)} }} }}"
        )


def _fields(kind: str) -> str:
    declared = SDL.type_map[kind]
    assert isinstance(declared, GraphQLObjectType)
    asked = [selection(name, field) for name, field in declared.fields.items()]
    return " ".join([*asked, "post { audience }"] if kind == "PostPublished" else asked)


def _home(world: World) -> dict[str, object]:
    return {"id": world.home}


LIVE = {
    "feedEvents": Live(
        "FeedEvent",
        "neighbourhoodId: $id, after: $after",
        _home,
        (
            ("PostPublished:NEIGHBOURHOOD", "++++ -???? !!!", FEED),
            ("PostPublished:NEIGHBOURS_NEARBY", "++++ +???? !!!", FEED),
            ("PostPublished:NEIGHBOURS_ONLY", "+++- -???? !!!", "?????- ?? xxxxxxxxxxx xx !!"),
            ("PostEdited PostRemoved PostSolved", "++++ +???? !!!", FEED),
            ("CommentAdded CommentEdited CommentRemoved", "++++ +???? !!!", FEED),
            ("ReactionChanged", "++++ +???? !!!", FEED),
        ),
    ),
    "residentEvents": Live(
        "ResidentEvent",
        "after: $after",
        lambda world: {},
        (
            ("AccessRecorded CaseChanged CommentShareChanged", "++-- ----- !!!", OWN),
            ("ContactChanged ReferralChanged ShareEnded", "+--- ----- !!!", OWN),
            # the worker hears of the match that the worker proposed
            ("HelpMatchChanged", "++-+ ----- !!!", OWN),
            ("HelpMatchGone", "++-- ----- !!!", OWN),
            ("ConversationChanged MessageSent MessageRemoved", "++-- ----- !!!", OWN),
            ("ConversationGone MemberHidden GuardianLeaveChanged", "+--- ----- !!!", OWN),
            ("ContentReported CaseDecided", "--+- ----- !!!", OWN),
            ("ReportAnswered", "-+-- ----- !!!", OWN),
            ("DecisionChanged", "+--- ----- !!!", OWN),
            ("HelpWanted", "-+-- ----- !!!", OWN),
            ("HelpRequestAsked", "+-+- ----- !!!", OWN),
            ("GatheringChanged", "++-- ----- !!!", OWN),
            ("AttendanceChanged ReminderDue", "+--- ----- !!!", OWN),
            ("Mentioned PictureChanged", "+--- ----- !!!", OWN),
            ("NotificationAdded", "+--- ----- !!!", OWN),
        ),
    ),
    "organisationEvents": Live(
        "OrganisationEvent",
        "organisationId: $id, after: $after",
        organisation("town"),
        (
            ("ShareGranted ShareEnded", LOCKED, SHARES),
            # what goes along belongs to the share that another unit holds by now
            ("SharedCommentsChanged", LOCKED, "+-+-xx ?x +-x+-x-xxxx x- !!"),
            ("CaseChanged ReferralChanged", LOCKED, CASES),
            ("ReplyAdded ReplyEdited ReplyRemoved", LOCKED, REPLIES),
            ("VolunteerChanged VolunteerGone ContactChanged", LOCKED, VOLUNTEERS),
        ),
    ),
}
