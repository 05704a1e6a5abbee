"""One change: a transaction, what it announces last in it, and the bells after commit."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise.exceptions import IntegrityError
from tortoise.models import Model
from tortoise.queryset import QuerySet

import models
from auth.scope import Scope
from auth.viewer import SIGNED_OUT, Office, Standing, Viewer
from auth.visibility import visible
from models.database import connection
from models.forgetting import forget
from models.transaction import transaction
from realtime import outbox
from realtime.events import Announced
from resolvers.context import Context, office_of
from resolvers.refusal import Refusal, RefusalCode, not_found

M = TypeVar("M", bound=Model)
Verb = Callable[..., Awaitable[Any]]

CLAIM = """
insert into mutation_key (id, created_at, holder_id, key, door, fingerprint)
values ($1, now(), $2, $3, $4, $5) on conflict (holder_id, key) do nothing returning id
"""


@dataclass
class Work:
    """What a verb is given: who acts, and a place to say what happened.

    `events` are announced last in the transaction; after the commit the rights of `rechecked`
    residents and tokens are looked at again, on every open socket.
    """

    viewer: Viewer
    client: str = ""
    events: list[Announced] = field(default_factory=list)
    rechecked: set[UUID] = field(default_factory=set)

    def announce(self, *events: Announced) -> None:
        """Tell of this once it is committed."""
        self.events.extend(events)

    def recheck(self, holder_id: UUID) -> None:
        """Look again at what this resident or token may follow, once it is committed."""
        self.rechecked.add(holder_id)

    def as_member(self, member: models.Membership) -> "Work":
        """The same change, where something of a member ends by what somebody else decides.

        For what a verb does to what is the acting viewer's own: it is the member's.
        """
        standing = Standing(
            membership_id=member.id,
            neighbourhood_id=member.neighbourhood_id,
            household_id=member.household_id,
            role=member.role,
            adjacent=frozenset(),
        )
        viewer = Viewer(resident_id=member.resident_id, standings=(standing,))
        return replace(self, viewer=viewer)

    async def find(self, model: type[M], id: UUID, what: str) -> M:
        """The row, locked. Raises `Refusal` NOT_FOUND if the viewer may not see it."""
        row = await self.visible(model).select_for_update().get_or_none(id=id)
        if row is None:
            raise not_found(what)
        return row

    def visible(self, model: type[M]) -> QuerySet[M]:
        """The rows of `model` that the acting viewer may see."""
        return visible(model, self.viewer)

    def office(self, organisation_id: UUID, scope: Scope) -> Office:
        """The viewer's office there with a scope. Raises `Refusal` NOT_FOUND."""
        return office_of(self.viewer, organisation_id, scope)

    def home(self, neighbourhood_id: UUID) -> Standing | None:
        """The viewer's membership there as one who lives there, not as a professional."""
        lives = neighbourhood_id in self.viewer.member_of
        return self.viewer.standing_in(neighbourhood_id) if lives else None

    def standing(self, neighbourhood_id: UUID) -> Standing:
        """The viewer's membership there. Raises `Refusal` NOT_FOUND."""
        standing = self.viewer.standing_in(neighbourhood_id)
        if standing is None:
            raise not_found("neighbourhood")
        return standing


@dataclass(frozen=True)
class Once:
    """A key a client chose, so that a repeated mutation changes nothing more."""

    key: str
    door: str
    given: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the arguments."""
        return hashlib.sha256(orjson.dumps(self.given, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def perform(context: Context, verb: Verb, given: dict[str, Any], once: Once | None) -> Any:
    """Run `verb(work, **given)` in one transaction, announce, commit, ring.

    With a key that was used before, the verb does not run: the answer is the id of the first one's
    object. Raises `Refusal` of the verb, and CONFLICT for a key used for something else or for what
    somebody did at the same moment.
    """
    work = Work(context.viewer, context.client)
    try:
        async with transaction():
            first = await _first(context.viewer, once)
            if first is not None:
                return first
            answer = await verb(work, **given)
            await _remember(context.viewer, once, answer)
            bells = await outbox.announce_all(work.events)
    except IntegrityError as error:
        words = "Somebody did this at the same moment."
        raise Refusal(RefusalCode.CONFLICT, words) from error
    await _tell(context, work, bells)
    return answer


async def _tell(context: Context, work: Work, bells: Sequence[outbox.Doorbell]) -> None:
    """After the commit: have rights looked at again, ring, and look afresh here too.

    In this order: what is told then is told by the rights of now.
    """
    for holder_id in work.rechecked:
        await context.hub.recheck(holder_id)
    await context.hub.ring(*bells)
    if work.rechecked:
        context.viewer = await context.look_up() or SIGNED_OUT
    context.batches.forget()


async def forget_keys(before: datetime, *, limit: int) -> int:
    """Forget the keys used before a moment, at most `limit`; gives how many."""
    return await forget(models.MutationKey, "created_at", before, limit=limit)


async def _first(viewer: Viewer, once: Once | None) -> UUID | None:
    """Claim the key: None when it is new, else the id that the first use answered."""
    if once is None:
        return None
    claim = [models.base.uuid7(), viewer.holder_id, once.key, once.door, once.fingerprint]
    if await connection().execute_query_dict(CLAIM, claim):
        return None
    known = await visible(models.MutationKey, viewer).get(key=once.key)
    if (known.door, known.fingerprint) != (once.door, once.fingerprint) or not known.object_id:
        words = "This key was used for another change."
        raise Refusal(RefusalCode.CONFLICT, words, "client_mutation_key")
    return known.object_id


async def _remember(viewer: Viewer, once: Once | None, answer: Any) -> None:
    if once is not None and isinstance(answer, Model):
        claimed = models.MutationKey.filter(holder_id=viewer.holder_id, key=once.key)
        await claimed.update(object_id=answer.pk)
