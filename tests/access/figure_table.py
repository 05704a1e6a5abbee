"""What is counted, as cells: who gets which field of it."""

from tests.access import subject
from tests.access.partner_table import LOCKED
from tests.access.subject import Rows, Subject
from tests.world import World

OFFICE = "+xxx++ ?x +xxxxxxx+xx x+ !!"
OF_HOME = "+xxx++ ?x +xxxxxxx+xx x? !!"
NEIGHBOURS = ("++++ ..... ...", ".....+ .. ........... .. ..")
LOCAL = "period startsOn endsOn neighbourhood figures"
TOLD: Rows = (("measure value hidden", LOCKED, OFFICE),)


def counted(name: str, path: str, type_name: str, rows: Rows) -> Subject:
    """What stands at a path below the figures of the town."""
    inner = subject.nested(path) if path else "FIELDS"
    document = f"query ($id: ID!) {{ statistics(organisationId: $id, period: WEEK) {{ {inner} }} }}"
    whole = f"statistics.{path}".rstrip(".")
    return Subject(name, type_name, document, whole, subject.organisation("town"), rows)


def of_home(name: str, path: str, type_name: str, rows: Rows) -> Subject:
    """What stands at a path below the figures that the neighbours read."""
    inner = f"statistics(period: WEEK) {{ {subject.nested(path) if path else 'FIELDS'} }}"
    document = f"query ($id: ID!) {{ neighbourhood(id: $id) {{ {inner} }} }}"
    whole = f"neighbourhood.statistics.{path}".rstrip(".")
    return Subject(name, type_name, document, whole, lambda world: {"id": world.home}, rows)


def _town_and_home(world: World) -> dict[str, object]:
    return {"id": world.organisations["town"], "home": world.home}


SUBJECTS: tuple[Subject, ...] = (
    counted(
        "statistics",
        "",
        "Statistics",
        (("period startsOn endsOn neighbourhoods totals", LOCKED, OFFICE),),
    ),
    counted("a total", "totals", "Figure", TOLD),
    counted(
        "statistics of one neighbourhood",
        "neighbourhoods.nodes",
        "NeighbourhoodStatistics",
        ((LOCAL, LOCKED, OFFICE),),
    ),
    counted("a figure", "neighbourhoods.nodes.figures", "Figure", TOLD),
    Subject(
        "the last week of home",
        "NeighbourhoodStatistics",
        "query ($id: ID!, $home: ID!) {"
        " series(organisationId: $id, neighbourhoodId: $home, period: WEEK) { nodes { FIELDS } } }",
        "series.nodes",
        _town_and_home,
        ((LOCAL, LOCKED, OF_HOME),),
    ),
    of_home("statistics of neighbours", "", "NeighbourhoodStatistics", ((LOCAL, *NEIGHBOURS),)),
    of_home(
        "a figure of neighbours", "figures", "Figure", (("measure value hidden", *NEIGHBOURS),)
    ),
    Subject(
        "the dashboard",
        "Dashboard",
        "query ($id: ID!) { dashboard(organisationId: $id) { FIELDS } }",
        "dashboard",
        subject.organisation("town"),
        (
            ("asOf exact neighbourhoods households registeredHouseholds", LOCKED, OFFICE),
            ("engagedHouseholds participation activeShare", LOCKED, OFFICE),
            ("posts comments shares helpOffers volunteers", LOCKED, "-xxx-- ?x -xxxxxxx-xx x- !!"),
        ),
    ),
)
