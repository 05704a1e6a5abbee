"""The change of a case: one at a time, each raises the version that the next must have read."""

from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from resolvers.case import announce
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

HANDLED = rules.GRANTED & rules.held(Scope.CASES_WRITE)

Version = Annotated[int, Doc("The version that was read: refused if it is another by now.")]


async def handled(work: Work, case_id: UUID, version: int | None = None) -> models.Case:
    """The case, locked, for one who may follow it up, in the version that was read.

    Raises `Refusal`: NOT_FOUND, FORBIDDEN, CONFLICT for another version.
    """
    case = await locked(work, case_id)
    if not HANDLED.holds(work.viewer, case):
        raise forbidden("This needs the scope cases:write where the case is held.")
    if version is not None and version != case.version:
        words = f"Changed by somebody else; it is now version {case.version}."
        raise Refusal(RefusalCode.CONFLICT, words, "version")
    return case


async def locked(work: Work, case_id: UUID) -> models.Case:
    """The case, locked after its post and its share: all who change these lock in this one order.

    Raises `Refusal` NOT_FOUND if the viewer may not see it.
    """
    seen = await work.visible(models.Case).get_or_none(id=case_id)
    if seen is not None:
        await models.Post.filter(id=seen.post_id).select_for_update()
        await models.PostShare.filter(id=seen.share_id).select_for_update()
    return await work.find(models.Case, case_id, "case")


async def keep(work: Work, case: models.Case, *columns: str, to_resident: bool = True) -> None:
    """Save the columns as the next version, and tell of it."""
    case.version += 1
    await case.save(update_fields=[*columns, "version"])
    announce(work, case, to_resident=to_resident)
