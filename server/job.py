"""The jobs of a worker: notifications, letters and pushes, and the hours of digests."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from functools import partial
from uuid import UUID

import structlog

from realtime.hub import Hub
from realtime.job import JobKind
from resolvers import account_deletion, data_export, digest, notice
from server import archive
from server.address import Gate
from server.mail.sending import Post
from server.mail.stopping import Stopper
from server.picture import darkroom
from server.picture.album import Album
from server.push import Pusher
from server.queue import SILENCE, Handler, Queue, Schedule
from server.settings import Settings

log = structlog.get_logger("noaber.worker")


@asynccontextmanager
async def doing(
    settings: Settings, hub: Hub, silence: timedelta = SILENCE, *, keeps_hours: bool = True
) -> AsyncIterator[None]:
    """Jobs are done for as long as the block lasts; those that nothing here can do wait.

    `keeps_hours`: what is due by the clock is done too.
    """
    async with AsyncExitStack() as stack:
        handlers = await _handlers(settings, hub, stack)
        schedules: dict[str, Schedule] = {
            "digests": digest.write_due,
            "digests of newcomers": digest.begin_all,
            "exports": data_export.expire_due,
            "erasures": partial(account_deletion.erase_due, hub),
        }
        hours = schedules if keeps_hours else {}
        queue = Queue(settings.database_url, handlers, hours, silence)
        await stack.enter_async_context(queue.going())
        yield


async def _handlers(settings: Settings, hub: Hub, stack: AsyncExitStack) -> dict[JobKind, Handler]:
    """What does each kind of job."""

    async def notify(event_id: UUID) -> None:
        await notice.tell(hub, event_id, datetime.now(UTC))

    album = Album.of(settings)
    handlers: dict[JobKind, Handler] = {
        JobKind.NOTIFY: notify,
        JobKind.EXPORT: partial(archive.build, album),
    }
    if album is None:
        log.warning("no letter, push or picture goes out: NOABER_SECRET is not set")
        return handlers
    handlers[JobKind.PICTURE] = partial(darkroom.develop, hub, album)
    handlers[JobKind.DISCARD] = album.discard
    gate, contact = Gate(settings.webhook_private), f"mailto:{settings.mail_from}"
    pusher = await stack.enter_async_context(Pusher(settings.signing_key, gate, contact))
    handlers[JobKind.PUSH] = pusher.send
    if settings.smtp_url:
        sender = Address(addr_spec=settings.mail_from, display_name="Noaber")
        stopper = Stopper(settings.signing_key, settings.public_url)
        post = Post(settings.smtp_url, sender, settings.public_url, stopper)
        handlers[JobKind.LETTER] = post.send
    else:
        log.warning("no letter is sent: NOABER_SMTP_URL is not set")
    return handlers
