"""Polls as posts: asked by a resident or an organisation, and closed by the author or the clock."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from models.transaction import transaction
from realtime import outbox
from realtime.hub import Hub
from resolvers import post, post_revision
from resolvers.feed import about_part
from resolvers.moment import within
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.text import checked_line
from resolvers.work import Work

Method, Results, Voice = models.PollMethod, models.PollResults, models.PollVoice
OPTION, FEWEST, MOST = 120, 2, 20
LONGEST = timedelta(days=366)
AT_ONCE = 50

Options = Annotated[
    list[str] | None,
    Doc("2 to 20 answers, 120 characters each; none for a poll for or against."),
]
How = Annotated[models.PollMethod, Doc("How a voice is given.")]
MostChoices = Annotated[int, Doc("CHOICE only: how many options one may choose.")]
Secret = Annotated[
    bool,
    Doc("Nobody can tell who answered what, so that no answer can be changed either."),
]
WhoseVoice = Annotated[models.PollVoice, Doc("Who has one voice.")]
When = Annotated[
    models.PollResults, Doc("When results are told; those of a secret poll after closing only.")
]
Closes = Annotated[datetime, Doc("When it closes by itself, within a year.")]


@dataclass(frozen=True)
class Question:
    """What a poll asks and how, checked."""

    method: models.PollMethod
    options: list[str]
    most_choices: int
    is_secret: bool
    voice: models.PollVoice
    results: models.PollResults
    closes_at: datetime

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Question":
        """The question that `kept` wrote down."""
        closes_at = datetime.fromisoformat(kept["closes_at"])
        words = {"method": Method, "voice": Voice, "results": Results}
        named = {name: kind(kept[name]) for name, kind in words.items()}
        return cls(**{**kept, **named, "closes_at": closes_at})

    def kept(self) -> dict[str, Any]:
        """The question as JSON."""
        return {**asdict(self), "closes_at": self.closes_at.isoformat()}

    def behind(self, post: models.Post) -> models.Poll:
        """The poll behind a post."""
        return models.Poll(
            **asdict(self),
            neighbourhood_id=post.neighbourhood_id,
            post_id=post.id,
            author_id=post.author_id,
            organisation_id=post.organisation_id,
            announcement_id=post.announcement_id,
            audience=post.audience,
            counts=[0] * len(self.options),
            sums=[0] * len(self.options),
        )


async def create_poll(
    work: Work,
    *,
    neighbourhood_id: Annotated[UUID, Doc("In the feed of which neighbourhood.")],
    title: Annotated[str, Doc("The question, at most 120 characters.")],
    body: post.Body,
    method: How,
    closes_at: Closes,
    options: Options = None,
    most_choices: MostChoices = 1,
    is_secret: Secret = True,
    voice: WhoseVoice = models.PollVoice.RESIDENT,
    results: When = models.PollResults.AFTER_CLOSING,
    audience: post.AudienceChoice = models.Audience.NEIGHBOURHOOD,
    language: post.LanguageChoice = None,
) -> models.Poll:
    """Ask the neighbours something: a post in the feed, and what can be answered."""
    question = asked(method, options, most_choices, is_secret, voice, results, closes_at)
    made = await post.create_post(
        work,
        neighbourhood_id=neighbourhood_id,
        kind=models.PostKind.POLL,
        body=body,
        title=checked_line(title, "title", post_revision.TITLE),
        audience=audience,
        language=language,
    )
    poll = question.behind(made)
    await poll.save(force_create=True)
    return poll


async def close_poll(work: Work, *, poll_id: Annotated[UUID, Doc("Which poll.")]) -> models.Poll:
    """Close a poll of one's own before its time: nothing more is counted."""
    poll = await work.find(models.Poll, poll_id, "poll")
    if not rules.AUTHOR.holds(work.viewer, poll):
        raise forbidden("Only whoever asks may close it.")
    if poll.closed_at is None:
        poll.closed_at = datetime.now(UTC)
        await poll.save(update_fields=["closed_at"])
        work.announce(about_part(poll))
    return poll


async def close_due(hub: Hub, now: datetime) -> int:
    """Close the polls whose time has come, `AT_ONCE` at most, and tell of it; gives how many."""
    over = models.Poll.filter(closed_at=None, closes_at__lte=now)
    async with transaction():
        due = await over.order_by("closes_at").limit(AT_ONCE).select_for_update(skip_locked=True)
        await models.Poll.filter(id__in=[each.id for each in due]).update(closed_at=now)
        standing = (each for each in due if each.removed_at is None)
        bells = await outbox.announce_all(about_part(each) for each in standing)
    await hub.ring(*bells)
    return len(due)


def asked(
    method: models.PollMethod,
    options: Sequence[str] | None,
    most_choices: int,
    is_secret: bool,
    voice: models.PollVoice,
    results: models.PollResults,
    closes_at: datetime,
) -> Question:
    """What is asked, checked. Raises `Refusal` INVALID, TOO_LONG."""
    if is_secret and results is Results.AFTER_VOTING:
        words = "Results that grow while others answer would tell who answered what."
        raise Refusal(RefusalCode.INVALID, words, "results")
    answers = _options(method, options)
    if not 1 <= most_choices <= (len(answers) if method is Method.CHOICE else 1):
        words = "Let one choose one option at least, and no more than there are."
        raise Refusal(RefusalCode.INVALID, words, "most_choices")
    closes = within(closes_at, "closes_at", datetime.now(UTC), LONGEST)
    return Question(method, answers, most_choices, is_secret, voice, results, closes)


def _options(method: models.PollMethod, given: Sequence[str] | None) -> list[str]:
    if method is Method.FOR_OR_AGAINST:
        if given:
            raise Refusal(RefusalCode.INVALID, "One is for or against, nothing else.", "options")
        return ["FOR", "AGAINST"]
    answers = [checked_line(each, "options", OPTION) for each in given or ()]
    if not FEWEST <= len(answers) <= MOST or len(set(answers)) < len(answers):
        words = f"Give {FEWEST} to {MOST} options, no two alike."
        raise Refusal(RefusalCode.INVALID, words, "options")
    return answers
