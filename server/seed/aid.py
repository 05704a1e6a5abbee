"""Neighbourly help in one village: all that was offered, asked, given, and said in private."""

from collections.abc import Sequence

from server.seed import (
    block,
    chat,
    comment,
    content_report,
    conversation,
    guardian_leave,
    guest,
    help_offer,
    help_request,
    neighbour,
    outcome,
    post,
    story,
)

Rows = dict[str, Sequence[object]]


def give(
    feed: post.Feed,
    comments: list[comment.Comment],
    offers: list[help_offer.Offer],
    around: guest.Around,
) -> Rows:
    """All rows about it, by table; says of the residents who is under age."""
    people = feed.people
    youth, blocks = guardian_leave.grow_up(people), block.part(people)
    help_offer.describe(offers, people.home)
    story.offer(people, offers)
    guests = around.guests(people.home)
    circle = neighbour.Circle(people, offers, comments, youth, blocks, guests)
    around.remember(people.home, offers)
    requests = help_request.write(feed)
    told = story.tell(requests, circle)
    others = [each for each in requests if each not in told.requests]
    matches = outcome.bring_together(others, circle)
    quarrels = content_report.quarrel(people.home, blocks)
    talks = [*told.talks, *chat.of_matches(matches, people.home), *(q.talk for q in quarrels)]
    talks += chat.among(people, block.pairs(blocks))
    return {
        "guardian_leave": youth.leaves,
        "help_offer": offers,
        "help_request": requests,
        "help_match": [*told.matches, *matches],
        "block": blocks,
        "moderation_case": [each.case for each in quarrels],
        "content_report": [each.report for each in quarrels],
        "reported_message": [copy for each in quarrels for copy in each.copies],
        **said(talks),
    }


def said(talks: list[conversation.Talk]) -> Rows:
    """The rows of what was written in private."""
    return {
        "conversation": [talk.conversation for talk in talks],
        "participant": [seat for talk in talks for seat in talk.seats],
        "chat_message": [message for talk in talks for message in talk.messages],
    }
