"""Every door that tells what happens, with its lock."""

import strawberry

import resolvers.feed_event
import resolvers.grant_event
from schema.door import live
from schema.event import FeedEvent, OrganisationEvent, ResidentEvent
from schema.guards import LISTENER, RESIDENT


@strawberry.type(description="What can be followed live.")
class Subscription:
    """The live page."""

    feed_events: FeedEvent = live(resolvers.feed_event.feed_events, lock=RESIDENT)
    resident_events: ResidentEvent = live(
        resolvers.grant_event.resident_events, lock=RESIDENT, personal=True
    )
    organisation_events: OrganisationEvent = live(
        resolvers.grant_event.organisation_events, lock=LISTENER, personal=True
    )
