"""The calendar file: read by a real parser, by the rules of the moment, until it is taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import icalendar

from tests.client import Client
from tests.running import As
from tests.world import World

ADDRESS = "calendarFeed { path feed { onlyMine } }"


async def make(client: Client, **given: Any) -> str:
    payload = await client.do("createCalendarFeed", ADDRESS, **given)
    assert payload["errors"] == []
    path: str = payload["calendarFeed"]["path"]
    return client.http.removesuffix("/graphql") + path


async def invite(client: Client, world: World, title: str, **more: Any) -> dict[str, Any]:
    starts = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    given = {
        "neighbourhoodId": world.home,
        "title": title,
        "body": "Breng iets mee.\nTot dan!",
        "place": "Op het plein; bij de kerk",
        "startsAt": starts.isoformat(),
        **more,
    }
    payload = await client.do("createGathering", "gathering { id startsAt post { id } }", **given)
    assert payload["errors"] == []
    made: dict[str, Any] = payload["gathering"]
    return made


async def read(address: str) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        response = await client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/calendar")
    assert response.headers["cache-control"] == "private, no-store"
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return {str(each["SUMMARY"]): each for each in events}


async def status(address: str) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(address)).status_code


async def test_a_calendar_program_reads_what_its_owner_may_read(as_: As, world: World) -> None:
    me, you, stranger = as_("resident"), as_("neighbour"), as_("stranger")
    made = await invite(me, world, "Straatfeest")
    mine, theirs = await make(you), await make(stranger)
    event = (await read(mine))["Straatfeest"]
    assert str(event["UID"]) == f"{made['id']}@noaber"
    assert event["DTSTART"].dt == datetime.fromisoformat(made["startsAt"])
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    assert str(event["LOCATION"]) == "Op het plein; bij de kerk"
    assert str(event["DESCRIPTION"]) == "Breng iets mee.\nTot dan!"
    assert (str(event["STATUS"]), str(event["CLASS"])) == ("CONFIRMED", "PRIVATE")
    assert str(event["URL"]).endswith(f"/posts/{made['post']['id']}")
    assert await read(theirs) == {}
    await me.do("cancelGathering", "gathering { id }", gatheringId=made["id"])
    assert str((await read(mine))["Straatfeest"]["STATUS"]) == "CANCELLED"
    await me.do("deletePost", "deletedId", postId=made["post"]["id"])
    assert await read(mine) == {}


async def test_only_what_one_comes_to_where_that_is_chosen(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    for title, state in (("Feest", "GOING"), ("Fuif", "MAYBE"), ("Vergadering", "NOT_GOING")):
        made = await invite(me, world, title)
        await you.do("attend", "attendance { id }", gatheringId=made["id"], state=state)
    await invite(me, world, "Nog iets")
    assert set(await read(await make(you, onlyMine=True))) == {"Feest", "Fuif"}


async def test_an_address_that_was_taken_back_opens_nothing(as_: As, world: World) -> None:
    you = as_("neighbour")
    first = await make(you)
    second = await make(you)
    assert (await status(first), await status(second)) == (404, 200)
    payload = await you.do("revokeCalendarFeed", "deletedId")
    assert payload["deletedId"] is not None
    assert await status(second) == 404
    assert await status(second.replace("nbc_", "nbc_x")) == 404
    [error] = (await you.do("revokeCalendarFeed", "deletedId"))["errors"]
    assert error["code"] == "NOT_FOUND"


async def test_words_do_not_break_out_of_their_line(as_: As, world: World) -> None:
    me = as_("resident")
    await invite(me, world, "Feest", body="Dag\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nX")
    events = await read(await make(me))
    assert list(events) == ["Feest"]
    assert "END:VEVENT" in str(events["Feest"]["DESCRIPTION"])
