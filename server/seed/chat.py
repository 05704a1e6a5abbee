"""What neighbours write to each other in private: in matches, in chats of two, in small groups."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any
from uuid import UUID

from server.seed import calendar, conversation, crowd, help_match, identity, phrase, roster, village

ONE_IN = 24
FITTING = 0.7
AFTERWARDS = 0.6
ANSWERED_AFTER = 25 * calendar.MINUTE
AFTER_IT = 2 * calendar.HOUR
AT_EASE = 3 * calendar.HOUR
BEGUN_AT = 19 * calendar.HOUR
BOTH = ("requester", "helper")
LENDING = "tools"
WORDINGS = 6  # a line has two or three


def of_matches(
    matches: Iterable[help_match.HelpMatch], home: village.Village
) -> list[conversation.Talk]:
    """The talk of each match in which both said yes."""
    random = identity.source("talk", home.number)
    return [of_match(match, random) for match in matches if match.accepted]


def of_match(match: help_match.HelpMatch, random: Random) -> conversation.Talk:
    """What the two wrote from the moment at which the second said yes."""
    lines = worded(dialogue(match.request.skill, random), match.words, random)
    if match.state is not help_match.COMPLETED:
        lines = lines[: random.randint(1, len(lines))]
    talk, at = begin(match, random), match.accepted + len(BOTH)
    for who, text in lines:
        at = calendar.within(at, match.ended or calendar.END, ANSWERED_AFTER, random)
        talk.say(BOTH.index(who), text, at)
    if match.state is help_match.COMPLETED and random.random() < AFTERWARDS:
        add(talk, "after", BOTH, match.words, max(at, match.ended), calendar.END)
    if match.state is help_match.WITHDRAWN:
        add(talk, "withdrawn", [random.choice(BOTH)], match.words, at, match.ended)
    talk.read()
    return talk


def begin(match: help_match.HelpMatch, random: Random) -> conversation.Talk:
    """The empty talk of a match; the requester sits first."""
    return conversation.Talk(
        conversation.MATCH,
        match.accepted,
        [match.request.post.author, match.member],
        random,
        neighbourhood_id=match.neighbourhood_id,
        match_id=match.id,
    )


def dialogue(skill: str | None, random: Random) -> list[Any]:
    """The lines of two who help each other, most often of what it is about: lending if unsaid."""
    written = village.read("conversation")["match"]
    fitting = [raw for raw in written if (skill or LENDING) in raw.get("skills", ())]
    usual = [raw for raw in written if "skills" not in raw]
    chosen = random.choice(fitting if fitting and random.random() < FITTING else usual)
    lines: list[Any] = chosen["lines"]
    return lines


def worded(lines: list[Any], words: phrase.Words, random: Random) -> list[tuple[Any, str]]:
    """Who says what, line by line, in wordings that go together."""
    turn = random.randrange(WORDINGS)
    return [(who, said(texts[turn % len(texts)], words, random)) for who, *texts in lines]


def said(text: str, words: phrase.Words, random: Random) -> str:
    """A line with its slots filled."""
    return phrase.capitalise(phrase.fill(text, words, random))


def add(
    talk: conversation.Talk,
    what: str,
    speakers: Sequence[str],
    words: phrase.Words,
    since: int,
    until: int,
) -> None:
    """Lines of one kind, one of each speaker."""
    for who in speakers:
        since = calendar.within(since, until, AFTER_IT, talk.random)
        text = talk.random.choice(village.read("conversation")[what][who])
        talk.say(BOTH.index(who), said(text, words, talk.random), since)


def among(people: roster.Roster, apart: set[frozenset[UUID]]) -> list[conversation.Talk]:
    """All chats that have nothing to do with a match; never with one who does not want to."""
    return [*of_two(people, apart), *of_groups(people, apart)]


def of_two(people: roster.Roster, apart: set[frozenset[UUID]]) -> list[conversation.Talk]:
    """Chats of two neighbours, one of each pair."""
    random, talks = identity.source("chat", people.home.number), list[conversation.Talk]()
    talkers, met = crowd.Crowd(people.members), set(apart)
    while len(talks) < people.home.registered_household_count // ONE_IN:
        one, other = talkers.anybody(random), talkers.anybody(random)
        pair = frozenset((one.id, other.id))
        if one.household_id != other.household_id and pair not in met:
            met.add(pair)
            talks.append(chat(one, other, random))
    return talks


def chat(one: roster.Member, other: roster.Member, random: Random) -> conversation.Talk:
    """One chat of two, some day after both had registered."""
    met = max(one.joined, other.joined)
    at = calendar.within(met, calendar.END, 90 * calendar.DAY, random)
    talk = conversation.Talk(conversation.DIRECT, at, [one, other], random)
    lines = random.choice(village.read("conversation")["direct"])["lines"]
    for place, text in worded(lines, {"one": one.first, "other": other.first}, random):
        at = calendar.within(at + len(BOTH), calendar.END, ANSWERED_AFTER, random)
        talk.say(place, text, at)
    talk.read()
    return talk


def of_groups(people: roster.Roster, apart: set[frozenset[UUID]]) -> list[conversation.Talk]:
    """The groups that the file names for this village."""
    random = identity.source("group", people.home.number)
    written = village.read("conversation")["group"]
    return [
        group(raw, company(raw, people, apart, random), random)
        for raw in written
        if raw["village"] == people.home.root
    ]


def company(
    raw: dict[str, Any], people: roster.Roster, apart: set[frozenset[UUID]], random: Random
) -> list[roster.Member]:
    """Who is in a group: accounts of the demo first, then members of other doors, all at peace."""
    known = [crowd.persona(people, name) for name in raw.get("with", ())]
    members, talkers = [member for member in known if member], crowd.Crowd(people.members)
    while len(members) < raw["size"]:
        who = talkers.pick(calendar.midnight(raw["on"]), random)
        is_new = all(who.household_id != member.household_id for member in members)
        if is_new and not any(frozenset((who.id, member.id)) in apart for member in members):
            members.append(who)
    return members


def group(raw: dict[str, Any], members: list[roster.Member], random: Random) -> conversation.Talk:
    """The talk of a group; one may leave it in the midst."""
    at = calendar.midnight(raw["on"]) + BEGUN_AT
    talk = conversation.Talk(conversation.GROUP, at, members, random, title=raw["title"])
    leaver, last = raw.get("leaves", (None, None))
    for number, (place, text) in enumerate(raw["lines"]):
        at = calendar.within(at + len(members), calendar.END, AT_EASE, random)
        talk.say(place, text, at)
        if number == last:
            talk.leave(leaver, at + calendar.MINUTE)
    talk.read()
    return talk
