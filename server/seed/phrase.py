"""Words: templates with slots, filled from lists; nothing is written twice if it can be helped."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

import models
from server.seed import village

SLOT = re.compile(r"\{(\w+)\}")
START = re.compile(r"(?:^|(?<=[.!?] )|(?<=[.!?]\n\n))[a-z]")
ASKING = {models.PostKind.HELP_REQUEST, models.PostKind.POLL, models.PostKind.CLASSIFIED}
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """What posts of one kind and theme say; `answers` fit this theme only, and so do `options`.

    `topic`: what partners are asked for with it; empty when it is not fit to be shared.
    """

    kind: models.PostKind
    topic: str
    since: date
    until: date
    weight: int
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    details: tuple[str, ...]
    answers: tuple[str, ...]
    options: tuple[str, ...]


@cache
def pools() -> dict[str, list[str]]:
    """The lists of words by slot name."""
    names = village.read("name")
    return {**village.read("word"), "name": names["first"]}


@cache
def templates() -> tuple[Template, ...]:
    """All post templates, in the order of their file."""
    return tuple(template(raw) for raw in village.read("post")["post"])


def template(raw: dict[str, Any]) -> Template:
    """One post template as it is written in the file."""
    return Template(
        kind=models.PostKind(raw["kind"]),
        topic=raw.get("topic", ""),
        since=raw.get("from", date.min),
        until=raw.get("until", date.max),
        weight=raw.get("weight", 1),
        titles=tuple(raw["title"]),
        bodies=tuple(raw["body"]),
        details=tuple(raw.get("detail", ())),
        answers=tuple(raw.get("answers", ())),
        options=tuple(raw.get("options", ())),
    )


@cache
def eligible(kind: models.PostKind, day: date) -> tuple[list[Template], list[int]]:
    """The templates of a kind that fit a day, and their cumulative weights."""
    fitting = [t for t in templates() if t.kind == kind and t.since <= day <= t.until]
    return fitting, list(accumulate(t.weight for t in fitting))


def choose(kind: models.PostKind, day: date, random: Random) -> Template:
    """A template of a kind that fits a day."""
    fitting, weights = eligible(kind, day)
    return random.choices(fitting, cum_weights=weights)[0]


def fill(text: str, words: Words, random: Random) -> str:
    """The text with its slots filled; what is chosen for a slot is kept in `words`."""

    def word(match: re.Match[str]) -> str:
        slot = match[1]
        if slot not in words:
            taken = words.get(slot[:-1])
            chosen = [w for w in pools()[slot.rstrip("23")] if w != taken]
            words[slot] = fill(random.choice(chosen), words, random)
        return words[slot]

    return SLOT.sub(word, text) if "{" in text else text


def capitalise(text: str) -> str:
    """The text with a capital at the start of every sentence."""
    return START.sub(lambda match: match[0].upper(), text)


def title(template: Template, words: Words, random: Random) -> str | None:
    """The title of a post, or None for one that has none."""
    return capitalise(fill(random.choice(template.titles), words, random)) or None


def body(template: Template, words: Words, random: Random) -> str:
    """The text of a post: a greeting, the matter, a detail, a farewell; not all of them always."""
    parts = [fill(random.choice(template.bodies), words, random)]
    if template.details and random.random() < 0.6:
        parts.append(fill(random.choice(template.details), words, random))
    text = capitalise(" ".join(parts))
    if random.random() < 0.75:
        opening = fill("{opening}", words, random)
        text = opening + ("\n" if opening.endswith(",") else " ") + text
    if random.random() < 0.75:
        asks = template.kind in ASKING and random.random() < 0.5
        text += "\n\n" + fill("{asking}" if asks else "{closing}", words, random)
    return text


def comment(core: str, words: Words, random: Random) -> str:
    """The text of a comment under a post: sometimes a name before it, or a farewell behind it."""
    said = village.read("comment")
    text = capitalise(fill(core, words, random))
    chance = random.random()
    if chance < 0.35 and "{poster}" not in core:
        return address(fill(random.choice(said["lead"]), words, random), text)
    if chance > 0.75:
        return text + " " + fill(random.choice(said["tail"]), words, random)
    return text


def reply(core: str, words: Words, random: Random) -> str:
    """The text of a reply to a comment."""
    return capitalise(fill(core, words, random))


def address(lead: str, text: str) -> str:
    """The text behind a name: "Dag Lies, ik kan morgen", "Dag Lies! Ik kan morgen"."""
    goes_on = lead.endswith(",") and text[1:2].islower()
    return f"{lead} {text[0].lower() + text[1:] if goes_on else text}"


def about(home: village.Village, random: Random) -> str:
    """What a member says in the profile; most say nothing."""
    if random.random() > 0.35:
        return ""
    names = village.read("name")
    words = {"village": home.name, "spot": random.choice(home.spots)}
    words["years"] = random.choice(names["years"])
    return fill(random.choice(names["about"]), words, random)


def addition(words: Words, random: Random) -> str:
    """The line that an author adds when editing a post."""
    return fill(random.choice(village.read("comment")["additions"]["body"]), words, random)


def answers(kind: models.PostKind) -> dict[str, list[str]]:
    """What is said under a post of a kind: by `others`, by the `author`, and as an `aside`."""
    said: dict[str, list[str]] = village.read("comment")["kind"][kind.value]
    return said
