"""The calendar of a resident as an iCalendar file (RFC 5545), at a secret address."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import icalendar
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import models
from resolvers import calendar_feed
from resolvers.calendar_feed import Entry

PATH = "/calendar/{secret}.ics"
UNSAID = timedelta(hours=2)  # how long a gathering takes whose end nobody said
OFTEN = timedelta(hours=1)


class Calendars:
    """Serves the files; `site` is the address that links to posts begin with."""

    def __init__(self, site: str) -> None:
        self._site = site

    async def fetch(self, request: Request) -> Response:
        """The file, by the rules of this moment; nothing for an address that opens nothing."""
        now = datetime.now(UTC)
        entries = await calendar_feed.entries(request.path_params["secret"], now)
        if entries is None:
            return PlainTextResponse("Not found.", 404)
        return Response(write(entries, self._site, now), media_type="text/calendar")


def write(entries: Sequence[Entry], site: str, now: datetime) -> bytes:
    """The file of these gatherings."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Noaber//Noaber//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Noaber")
    calendar.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, site, now))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, site: str, now: datetime) -> icalendar.Event:
    gathering, post = entry.gathering, entry.post
    event = icalendar.Event()
    event.add("uid", f"{gathering.id}@noaber")
    event.add("dtstamp", now)
    event.add("dtstart", gathering.starts_at.astimezone(UTC))
    event.add("dtend", (gathering.ends_at or gathering.starts_at + UNSAID).astimezone(UTC))
    event.add("summary", post.title or _first_line(post))
    event.add("description", post.body)
    event.add("location", gathering.place)
    event.add("url", f"{site}/posts/{post.id}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if gathering.cancelled_at else "CONFIRMED")
    return event


def _first_line(post: models.Post) -> str:
    return post.body.splitlines()[0][:120]


def routes(calendars: Calendars) -> list[BaseRoute]:
    """The way to it."""
    return [Route(PATH, calendars.fetch)]
