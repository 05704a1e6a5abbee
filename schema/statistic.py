"""Statistics: figures in which nobody can be recognised, for partners and for neighbours."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
import resolvers.statistic
import resolvers.total
from schema.enums import describe
from schema.field import batch, field
from schema.page import Connection

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood

M = models.Measure
describe(
    models.Period,
    "For which stretches of time there are figures, in days of UTC. There are no others.",
    {
        models.Period.WEEK: "From Monday to Sunday.",
        models.Period.MONTH: "A calendar month.",
    },
)
describe(
    M,
    "What is counted. What belongs to an organisation is counted for that organisation alone.",
    {
        M.REGISTERED_HOUSEHOLDS: "Households that had joined by the end of the period.",
        M.ENGAGED_HOUSEHOLDS: "Of these, those that had ever posted, commented or reacted.",
        M.ACTIVE_HOUSEHOLDS: "Households that posted, commented or reacted in the period.",
        M.POSTS: "Posts of residents.",
        M.COMMENTS: "Comments of residents.",
        M.REACTIONS: "Reactions.",
        M.HELP_OFFERS: "Residents who offered help in their profile at the end of the period.",
        M.VOLUNTEERS: "Residents who let the organisation ask, at the end of the period.",
        M.SHARES: "Posts shared with any organisation; only the dashboard tells it.",
        M.SHARES_CARE_QUESTION: "Posts shared with the organisation as a question for care.",
        M.SHARES_IDEA: "Posts shared with the organisation as an idea.",
        M.SHARES_REPORT: "Posts shared with the organisation as a report.",
        M.SHARES_OTHER: "Posts shared with the organisation for another reason.",
        M.CASES_RECEIVED: "Cases received: all that was shared. Only a whole place has it.",
        M.CASES_ANSWERED: "Cases answered in the period.",
        M.CASES_CLOSED: "Cases closed in the period.",
        M.HOURS_TO_ANSWER: "Hours from the share to the answer: half took less, half more.",
    },
)


@strawberry.type(description="What was counted, rounded to the nearest 5.")
class Figure:
    """Read off `resolvers.statistic.Figure`."""

    measure: models.Measure = field("What was counted.")
    value: int | None = field("How many, rounded to the nearest 5; null where it is hidden.")
    hidden: bool = field("Whether it is hidden: for itself, or because it would tell another.")


@strawberry.type(description="What was counted in one neighbourhood in one period.")
class NeighbourhoodStatistics:
    """Read off `resolvers.statistic.Local`."""

    period: models.Period = field("A week or a month.")
    starts_on: date = field("Its first day.")
    ends_on: date = field("Its last day.")
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.statistic.places)
    )
    figures: list[Figure] = batch(resolvers.statistic.figures)


@strawberry.type(description="What was counted in the covered neighbourhoods in one period.")
class Statistics:
    """Read off `resolvers.statistic.Asked`."""

    period: models.Period = field("A week or a month.")
    starts_on: date = field("Its first day.")
    ends_on: date = field("Its last day.")
    neighbourhoods: Connection[NeighbourhoodStatistics] = batch(resolvers.statistic.neighbourhoods)
    totals: list[Figure] = batch(resolvers.total.totals)


@strawberry.type(
    description="Where the covered neighbourhoods stand. A figure is null where few people are "
    "in it, or where it would tell of few."
)
class Dashboard:
    """Read off `resolvers.dashboard.Dashboard`."""

    as_of: date = field("The last day of the last month that was counted.")
    exact: bool = field("Whether these are exact totals of a whole place, and not rounded.")
    neighbourhoods: int = field("Neighbourhoods that were open.")
    households: int = field("Households in them.")
    registered_households: int | None = field("Households that joined.")
    engaged_households: int | None = field("Of these, those that ever took part.")
    participation: float | None = field("The households that joined of all, 0 to 1.")
    active_share: float | None = field("Those that took part of those that joined, 0 to 1.")
    posts: int | None = field("Posts of residents since the start.")
    comments: int | None = field("Comments of residents since the start.")
    shares: int | None = field("Posts shared with any organisation; null unless exact.")
    help_offers: int | None = field("Residents who offer help in their profile.")
    volunteers: int | None = field(
        "Residents who let an organisation ask: any one if exact, else this one."
    )
