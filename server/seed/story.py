"""What the people of the demo have going among themselves: an offer, a request, help given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from server.seed import (
    calendar,
    chat,
    conversation,
    crowd,
    help_match,
    help_offer,
    help_request,
    identity,
    neighbour,
    roster,
    village,
)


@dataclass(slots=True)
class Story:
    """The requests that it is about, and the matches and talks that it brings."""

    requests: list[help_request.HelpRequest] = field(default_factory=list)
    matches: list[help_match.HelpMatch] = field(default_factory=list)
    talks: list[conversation.Talk] = field(default_factory=list)


def offer(people: roster.Roster, offers: list[help_offer.Offer]) -> None:
    """Let the neighbour offer help as well, in a village where others offer the same."""
    raw = village.read("story")["offer"]
    who = crowd.persona(people, raw["by"])
    if who is None:
        return
    known, also = raw["also"]
    at = calendar.unix(raw["since"])
    offers[-1] = help_offer.Offer(
        id=identity.identify(at, identity.source("story", raw["by"])),
        created_at=calendar.moment(at),
        neighbourhood_id=who.neighbourhood_id,
        membership_id=who.id,
        skills=raw["skills"],
        at=at,
        member=who,
        note=raw["note"],
        availability=raw["availability"],
        hears_requests=True,
    )
    for each in offers[:-1]:
        if known in each.skills:
            each.skills = [*each.skills, also]
            each.paused, each.ends_on, each.reach = False, None, help_offer.NEIGHBOURHOOD


def tell(requests: Sequence[help_request.HelpRequest], circle: neighbour.Circle) -> Story:
    """The requests of the resident and what came of them; nothing where the resident is unknown."""
    story, raw = Story(), village.read("story")
    if crowd.persona(circle.people, raw["open"]["author"]) is not None:
        wait(story, find(raw["open"], requests, circle), circle)
        finish(story, find(raw["done"], requests, circle), circle)
        suggest(story, requests[-1], circle)
    return story


def find(
    raw: dict[str, Any], requests: Sequence[help_request.HelpRequest], circle: neighbour.Circle
) -> help_request.HelpRequest:
    """The request that a demo account made on a day; it is for one neighbour."""
    author = crowd.persona(circle.people, raw["author"])
    found = next(
        each
        for each in requests
        if each.post.author is author and calendar.clock(each.at)[0] == raw["on"]
    )
    found.minutes, found.people, found.skill = raw["minutes"], 1, raw.get("skill", found.skill)
    return found


def wait(story: Story, request: help_request.HelpRequest, circle: neighbour.Circle) -> None:
    """Leave the request open, in other words, with a proposal by one who offers just that."""
    raw = village.read("story")["open"]
    request.post.title, request.post.body = raw["title"], raw["body"]
    request.state, request.urgency = help_request.OPEN, help_request.NO_HURRY
    request.until, request.wanted_from, request.wanted_until = calendar.END, None, None
    request.asked_at = calendar.moment(request.at + help_request.ASKED_AFTER)
    request.confirmed_at = raw["confirmed"]
    skilled = [h for h in circle.offers if h.offer and request.skill in h.offer.skills]
    member, at = skilled[0].member, calendar.unix(raw["proposed"])
    random = identity.source("story", "open")
    match = help_match.propose(request, member, member.id, at, random)
    match.note = raw["note"]
    story.requests.append(request)
    story.matches.append(match)


def suggest(story: Story, request: help_request.HelpRequest, circle: neighbour.Circle) -> None:
    """Let the neighbourhood worker bring two together, who have not answered yet."""
    raw = village.read("story")["suggested"]
    at, worker = calendar.unix(raw["at"]), crowd.persona(circle.people, raw["by"])
    whom = crowd.persona(circle.people, raw["whom"])
    asked = next(hand for hand in circle.offers if hand.member is whom)
    assert worker is not None
    assert asked.offer is not None
    request.state, request.until = help_request.OPEN, calendar.END
    random = identity.source("story", "suggested")
    match = help_match.propose(request, asked.member, worker.id, at, random)
    match.note = raw["note"]
    asked.offer.count(at)
    story.requests.append(request)
    story.matches.append(match)


def finish(story: Story, request: help_request.HelpRequest, circle: neighbour.Circle) -> None:
    """Tell of the help that the neighbour gave, and of what the two wrote."""
    raw, random = village.read("story")["done"], identity.source("story", "done")
    member = crowd.persona(circle.people, raw["by"])
    assert member is not None
    match = help_match.propose(request, member, member.id, calendar.unix(raw["proposed"]), random)
    match.note = raw["note"]
    match.accept(calendar.unix(raw["accepted"]))
    match.end(help_match.COMPLETED, calendar.unix(raw["ended"]))
    match.requester_thanked_at, match.requester_thanks = raw["thanked"], raw["thanks"]
    match.helper_thanked_at, match.helper_thanks = raw["thanked_back"], raw["thanks_back"]
    talk = chat.begin(match, random)
    for moment, place, body in raw["lines"]:
        talk.say(place, body, calendar.unix(moment))
    talk.read()
    story.requests.append(request)
    story.matches.append(match)
    story.talks.append(talk)
