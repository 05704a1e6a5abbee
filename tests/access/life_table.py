"""What neighbours do together, as cells: gatherings, polls, pictures and budgets."""

import models
from tests.access import subject
from tests.access.subject import Rows, Subject, Variables, thing


def by_id(kind: str, name: str, variables: Variables, rows: Rows, path: str = "") -> Subject:
    """What has this id, or what stands at a path below it."""
    asked = subject.nested(path) if path else "FIELDS"
    of = {"attendances.nodes": "Gathering"}.get(path, "Poll" if path else kind)
    document = f"query ($id: ID!) {{ node(id: $id) {{ ... on {of} {{ {asked} }} }} }}"
    where = f"node.{path}" if path else "node"
    return Subject(name, kind, document, where, variables, rows)


SUBJECTS: tuple[Subject, ...] = (
    by_id(
        "Gathering",
        "a gathering",
        thing("gathering"),
        (
            (
                "id startsAt endsAt place capacity goingCount maybeCount waitingCount isMine post",
                "++++ +.... ...",
                ".....+ .. ........... .. ..",
            ),
            ("cancelledAt", "---- -.... ...", ".....- .. ........... .. .."),
            ("attendances", "++++ 0.... ...", ".....+ .. ........... .. .."),
            ("myAttendance", "++-- -.... ...", ".....- .. ........... .. .."),
        ),
    ),
    by_id(
        "Attendance",
        "who comes",
        thing("gathering"),
        (
            (
                "id state createdAt membership gathering",
                "++++ ..... ...",
                ".....+ .. ........... .. ..",
            ),
            ("remindAt", "-+-- ..... ...", ".....- .. ........... .. .."),
        ),
        "attendances.nodes",
    ),
    by_id(
        "Poll",
        "a poll",
        thing("poll"),
        (
            (
                "id method mostChoices isSecret voice closesAt ballotCount isOpen isMine options "
                "post",
                "++++ +.... ...",
                ".....+ .. ........... .. ..",
            ),
            ("closedAt", "---- -.... ...", ".....- .. ........... .. .."),
            ("myBallot results ballots", "++-- -.... ...", ".....- .. ........... .. .."),
        ),
    ),
    by_id(
        "PollOption",
        "an option",
        thing("poll"),
        (("number words", "++++ +.... ...", ".....+ .. ........... .. .."),),
        "options",
    ),
    by_id(
        "PollResult",
        "a result",
        thing("poll"),
        (
            ("number count", "++.. ..... ...", "...... .. ........... .. .."),
            ("mean", "--.. ..... ...", "...... .. ........... .. .."),
        ),
        "results",
    ),
    by_id(
        "Ballot",
        "a ballot",
        thing("poll"),
        (("id createdAt values membership", "++.. ..... ...", "...... .. ........... .. .."),),
        "ballots.nodes",
    ),
    Subject(
        "a picture",
        "Picture",
        "query ($id: ID!) { post(id: $id) { pictures { FIELDS } } }",
        "post.pictures",
        lambda world: {"id": world.posts[models.Audience.NEIGHBOURS_NEARBY]},
        (
            (
                "id state alt width height createdAt isMine url",
                "++++ +.... !!!",
                ".....+ .. xxxxxxxxxxx xx !!",
            ),
        ),
    ),
    by_id(
        "Budget",
        "a budget",
        thing("budget"),
        (
            (
                "id amount supportNeeded mostChoices voice ideasUntil voteFrom voteUntil hasVoted "
                "organisation ideas",
                "++++ ..... ...",
                "++...+ .. +........+. .. ..",
            ),
            ("decidedAt", "---- ..... ...", "--...- .. -........-. .. .."),
            ("ballotCount post", "++++ ..... ...", "--...+ .. -........-. .. .."),
        ),
    ),
    by_id(
        "BudgetIdea",
        "an idea",
        thing("idea"),
        (
            (
                "id cost state reason createdAt isMine isSupported",
                "++++ +.... ...",
                "++...+ .. +........+. .. ..",
            ),
            ("budget", "++++ -.... ...", "++...+ .. +........+. .. .."),
            ("post supportCount", "++++ +.... ...", "--...+ .. -........-. .. .."),
            ("share", "+--- -.... ...", "+-...- .. +........-. .. .."),
            ("voteCount", "---- -.... ...", "--...- .. -........-. .. .."),
        ),
    ),
    subject.listed(
        "budgets",
        "a budget of the town",
        "nodes",
        "Budget",
        (
            (
                "id amount supportNeeded mostChoices voice ideasUntil voteFrom voteUntil hasVoted "
                "organisation ideas",
                "xxxx xxxxx !!!",
                "++xxxx ?x +xxxxxxxx+x x. !!",
            ),
            ("decidedAt ballotCount post", "xxxx xxxxx !!!", "--xxxx ?x -xxxxxxxx-x x. !!"),
        ),
    ),
    subject.own(
        "a calendar feed",
        "calendarFeed",
        "CalendarFeed",
        (("id onlyMine createdAt", "+... ..... ...", "...... .. ........... .. .."),),
    ),
)
