"""The town and its webhooks, for the tests that send them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import models
import resolvers.post_share
from realtime.hub import Hub
from resolvers import webhook
from resolvers.context import Context
from resolvers.patience import Patience
from resolvers.webhook_kind import WebhookKind
from resolvers.work import perform
from server.delivery import Courier
from tests.world import World

KEY = bytes.fromhex("5e" * 32)
AT_ONCE = Patience(waits=(timedelta(),) * 7, longest_rest=timedelta())
NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD
State = models.DeliveryState


class Town:
    """What happens at the town, and its webhook."""

    def __init__(self, hub: Hub, world: World) -> None:
        self.hub, self.world = hub, world
        self.id = world.organisations["town"]

    async def act(self, persona: str, verb: Any, **given: Any) -> Any:
        """Run a verb as a persona."""
        context = await Context(self.hub, self.world.people[persona].token).fresh()
        return await perform(context, verb, given, None)

    async def webhook(
        self, url: str, *kinds: WebhookKind, persona: str = "manager", organisation: str = "town"
    ) -> models.Webhook:
        """A webhook for these kinds; for shares when none is named."""
        given = {"organisation_id": self.world.organisations[organisation], "url": url}
        kinds = kinds or (WebhookKind.SHARE_GRANTED, WebhookKind.SHARE_ENDED)
        made: models.Webhook = await self.act(persona, webhook._create, **given, kinds=list(kinds))
        return made

    async def share(self, audience: models.Audience = NEIGHBOURHOOD) -> models.PostShare:
        """The resident shares a post with the town."""
        shared: models.PostShare = await self.act(
            "resident",
            resolvers.post_share.share_post,
            post_id=self.world.posts[audience],
            organisation_id=self.id,
            purpose=models.SharePurpose.IDEA,
            with_name=True,
        )
        return shared

    async def revoke(self, share: models.PostShare) -> None:
        """The resident takes a share back."""
        await self.act("resident", resolvers.post_share.revoke_share, share_id=share.id)


async def rounds(courier: Courier, count: int = 1) -> int:
    """So many rounds of collecting and delivering; gives how many deliveries arrived."""
    arrived = 0
    for _ in range(count):
        await courier.collect(datetime.now(UTC))
        arrived += await courier.deliver(datetime.now(UTC))
    return arrived


async def states() -> list[models.DeliveryState]:
    """Where the deliveries stand, in the order of the stream."""
    return [row.state for row in await models.WebhookDelivery.all().order_by("sequence")]
