"""Letters as their readers see them: sent by the real queue to a real mail server."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

import models
import resolvers.comment
import resolvers.post
from models.transaction import transaction
from realtime import job
from realtime.hub import Hub
from realtime.job import JobKind
from resolvers import notification_switch
from resolvers.day_part import CLOCK
from server.mail.stopping import PATH, Stopper
from server.settings import Settings
from tests.inside import Ask
from tests.notifying import SITE, done, html, notifying, text
from tests.resolvers.conftest import act
from tests.resolvers.talking import begin, write
from tests.running import Server
from tests.world import NOW, World

__all__ = ["act"]
NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD


async def comment(act: Any, world: World, body: str, persona: str = "neighbour") -> Any:
    post_id = world.posts[NEIGHBOURHOOD]
    return await act(persona, resolvers.comment.add_comment, post_id=post_id, body=body)


async def speak(world: World, persona: str, language: models.Language) -> None:
    rows = models.Resident.filter(id=world.people[persona].resident_id)
    await rows.update(language=language)


async def test_a_comment_reaches_the_author_in_the_author_s_language(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    await speak(world, "resident", models.Language.NL)
    async with notifying(settings, hub) as sink:
        await comment(act, world, "Ik breng <b>soep</b> & brood.")
        await done()
    [letter] = sink.letters
    post = await models.Post.get(id=world.posts[NEIGHBOURHOOD])
    address = f"{SITE}/posts/{post.id}"
    assert letter["To"] == "resident@noaber.example"
    assert letter["From"] == "Noaber <noaber@noaber.example>"
    assert letter["Subject"] == "Neighbour reageerde op je bericht"
    stop = letter["List-Unsubscribe"].strip("<>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    title = f"{post.title}\n" if post.title else ""
    assert text(letter) == (
        "Dag,\n\nNeighbour reageerde op je bericht\n"
        f"{title}Ik breng <b>soep</b> & brood.\n{address}\n\n"
        f"Je krijgt dit omdat je ervoor koos. Uitzetten kan met één klik:\n{stop}\n"
    )
    assert "<blockquote>Ik breng &lt;b&gt;soep&lt;/b&gt; &amp; brood.</blockquote>" in html(letter)
    assert f'<a href="{address}">Lees verder</a>' in html(letter)
    assert "<img" not in html(letter)


async def test_a_chat_message_is_told_of_without_its_words(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    async with notifying(settings, hub) as sink:
        talk = await begin(act, world, "neighbour")
        await write(act, talk, "De sleutel ligt onder de mat.", "resident")
        await done()
    [letter] = sink.letters
    assert (letter["To"], letter["Subject"]) == (
        "neighbour@noaber.example",
        "Resident sent you a message",
    )
    assert "sleutel" not in letter.as_string()


async def test_what_is_gone_when_the_letter_is_sent_is_not_in_it(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    made = await comment(act, world, "Dit neem ik terug.")
    await act("neighbour", resolvers.comment.delete_comment, comment_id=made.id)
    async with notifying(settings, hub) as sink:
        await done()
    assert list(sink.letters) == []
    assert [letter.state for letter in await models.Letter.all()] == [models.LetterState.DROPPED]


async def test_quiet_hours_put_a_letter_off_and_gather_what_comes_meanwhile(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    resident_id = world.people["resident"].resident_id
    await models.NotificationHours.create(resident_id=resident_id, quiet_from=0, quiet_until=1439)
    async with notifying(settings, hub) as sink:
        await comment(act, world, "Een.")
        await comment(act, world, "Twee.")
        await done()
    assert list(sink.letters) == []
    [letter] = await models.Letter.all()
    assert await models.Notification.filter(letter_id=letter.id).count() == 2


@pytest.mark.parametrize(
    ("start", "end", "minute", "lasts"),
    [
        (22 * 60, 7 * 60, 23 * 60, 8 * 60),
        (22 * 60, 7 * 60, 6 * 60 + 59, 1),
        (22 * 60, 7 * 60, 7 * 60, 0),
        (60, 120, 59, 0),
        (None, None, 0, 0),
    ],
)
def test_how_long_it_is_quiet(start: int | None, end: int | None, minute: int, lasts: int) -> None:
    hours = models.NotificationHours(quiet_from=start, quiet_until=end)
    midnight = NOW.astimezone(CLOCK).replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight.replace(hour=minute // 60, minute=minute % 60)
    assert notification_switch.quiet(hours, moment) == timedelta(minutes=lasts)


async def test_a_letter_whose_worker_died_after_sending_it_is_known_as_the_same(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    async with notifying(settings, hub) as sink:
        await comment(act, world, "Een.")
        await done()
        [letter] = await models.Letter.all()
        # as a worker leaves it that dies between the mail server's answer and its own commit
        await models.Letter.all().update(state=models.LetterState.QUEUED)
        async with transaction():
            await job.enqueue(JobKind.LETTER, letter.id)
        await done()
    assert [each["Message-ID"] for each in sink.letters] == [f"<{letter.id}@noaber.example>"]
    assert sink.received == 2


async def test_one_click_stops_such_letters_and_no_others(
    ask: Ask, server: Server, world: World, settings: Settings
) -> None:
    resident_id = world.people["resident"].resident_id
    assert resident_id is not None
    stopper = Stopper.of(settings)
    assert stopper is not None
    address = stopper.address(resident_id, [models.Reason.COMMENT]).removeprefix(
        settings.public_url
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=20) as client:
        asked = await client.get(address)
        assert (asked.status_code, "<form" in asked.text) == (200, True)
        assert await switch(ask, "COMMENT") == "DIRECT"
        stopped = await client.post(address, data={"List-Unsubscribe": "One-Click"})
        assert stopped.status_code == 200
        assert await switch(ask, "COMMENT") == "NONE"
        assert await switch(ask, "MESSAGE") == "DIRECT"
        for wrong in (address[:-2] + "AA", f"{PATH}/x", f"{PATH}/" + "A" * 90):
            answer = await client.post(wrong)
            assert (answer.status_code, answer.text) == (404, "Not found.")


async def switch(ask: Ask, reason: str) -> str:
    """How soon the resident is told for a reason."""
    document = "query { viewer { notificationSwitches { reason frequency } } }"
    answer = await ask("resident", document)
    assert answer.data is not None
    found = {
        each["reason"]: each["frequency"] for each in answer.data["viewer"]["notificationSwitches"]
    }
    return str(found[reason])
