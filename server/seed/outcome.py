"""How the neighbours helped: the matches of each request, in the order in which they came."""

from random import Random
from uuid import UUID

from server.seed import calendar, help_match, help_request, identity, neighbour

# How many proposals came to nothing, by what became of the request: none, one or two.
FAILED = {
    help_request.SOLVED: (82, 15, 3),
    help_request.MATCHED: (80, 16, 4),
    help_request.OPEN: (66, 28, 6),
    help_request.WITHDRAWN: (76, 20, 4),
}
WAITING = (45, 40, 15)
# Of those that failed: declined, withdrawn before an answer, withdrawn after a yes.
FATES = (70, 18, 12)
ALL_CAME = 0.75
PART_CAME = 0.4
DONE_AT_ONCE = 0.6
ADDRESSED = 0.5
PROPOSED_AFTER = 5 * calendar.HOUR
ANSWERED_AFTER = 2 * calendar.HOUR
DONE_AFTER = 20 * calendar.HOUR
LATELY = 9 * calendar.DAY


class Search:
    """The search for help with one request."""

    def __init__(
        self, request: help_request.HelpRequest, circle: neighbour.Circle, random: Random
    ) -> None:
        self.request = request
        self.circle = circle
        self.random = random
        self.since = request.at
        self.taken: set[UUID] = set()
        self.matches: list[help_match.HelpMatch] = []

    def go_on(self) -> None:
        """Bring the request to the state in which it is at the end of the year."""
        for _ in range(self.draw(FAILED[self.request.state])):
            self.fail()
        match self.request.state:
            case help_request.SOLVED:
                came = self.random.random() < ALL_CAME
                for _ in range(self.request.people if came else max(1, self.request.people - 1)):
                    self.complete()
            case help_request.MATCHED:
                for _ in range(self.request.people):
                    self.accept()
            case help_request.OPEN if self.request.stands_lately:
                if self.request.people > 1 and self.random.random() < PART_CAME:
                    self.accept()
                for _ in range(self.draw(WAITING)):
                    self.propose(max(self.since, calendar.END - LATELY))

    def draw(self, weights: tuple[int, ...]) -> int:
        """How many, each as often as its weight says."""
        return self.random.choices(range(len(weights)), weights)[0]

    def propose(self, since: int) -> help_match.HelpMatch | None:
        """A proposal to or by a neighbour who was not found before; None if there is nobody."""
        hand = self.circle.find(self.request, self.taken, self.random)
        if hand is None:
            return None
        self.taken.add(hand.member.id)
        by = self.circle.proposer(hand, self.request, self.random)
        at = self.within(since, PROPOSED_AFTER)
        made = help_match.propose(self.request, hand.member, by, at, self.random)
        if hand.offer and by != hand.member.id:
            hand.offer.count(at)
        self.matches.append(made)
        return made

    def within(self, since: int, median: int) -> int:
        """An instant after another and before the request ended."""
        return calendar.within(since, self.request.until, median, self.random)

    def accept(self) -> help_match.HelpMatch | None:
        """Two who are together; some requesters tell where to come to."""
        made = self.propose(self.since)
        if made is not None:
            made.accept(self.within(made.at, ANSWERED_AFTER))
            if self.random.random() < ADDRESSED:
                made.address = self.circle.address(self.request.post.author)
        return made

    def complete(self) -> None:
        """Help that was given, often on the day on which the author called the request solved."""
        made = self.accept()
        if made is not None:
            at_once = self.random.random() < DONE_AT_ONCE
            done = self.request.until if at_once else self.within(made.accepted, DONE_AFTER)
            made.end(help_match.COMPLETED, done)
            made.thank(self.random)

    def fail(self) -> None:
        """A proposal that came to nothing; whoever is sought next is sought after that."""
        fate = self.draw(FATES)
        made = self.accept() if fate == 2 else self.propose(self.since)
        if made is not None:
            state = help_match.WITHDRAWN if fate else help_match.DECLINED
            self.since = self.within(max(made.at, made.accepted), ANSWERED_AFTER)
            made.end(state, self.since)


def bring_together(
    requests: list[help_request.HelpRequest], circle: neighbour.Circle
) -> list[help_match.HelpMatch]:
    """The matches of one village."""
    random = identity.source("match", circle.people.home.number)
    matches = []
    for request in requests:
        search = Search(request, circle, random)
        search.go_on()
        matches += search.matches
    return matches
