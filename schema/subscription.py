"""Every door that tells what happens, with its lock."""

import strawberry

import resolvers.feed_event
from schema.door import live
from schema.feed_event import FeedEvent
from schema.guards import RESIDENT


@strawberry.type(description="What can be followed live.")
class Subscription:
    """The live page."""

    feed_events: FeedEvent = live(resolvers.feed_event.feed_events, lock=RESIDENT)
