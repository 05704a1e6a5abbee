"""Helpers who want to hear of new requests for their skills are told, each on the own stream."""

import models
from resolvers import help_candidate, personal
from resolvers.work import Work

MOST = 200


async def tell(work: Work, request: models.HelpRequest) -> None:
    """Tell of a request those who have its skill, might help, and have not heard of it yet."""
    kind = models.EventKind.HELP_WANTED
    for each in await help_candidate.hearing(request, work.viewer, MOST):
        told = personal.to_resident(each.resident_id, kind, request, author_id=request.author_id)
        work.announce(told)
