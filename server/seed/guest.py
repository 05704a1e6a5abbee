"""Who helps next door: the helpers of the villages that are done, for those beside them."""

from collections.abc import Iterable

from server.seed import help_offer, village


class Around:
    """The helpers of one copy of the town who go as far as the village next to their own.

    Villages are made one after the other: each has guests from those that were made before.
    """

    def __init__(self) -> None:
        self.done: list[tuple[village.Village, list[help_offer.Offer]]] = []

    def guests(self, home: village.Village) -> list[help_offer.Offer]:
        """Those who live next to a village."""
        return [
            offer for other, offers in self.done if village.adjoin(home, other) for offer in offers
        ]

    def remember(self, home: village.Village, offers: Iterable[help_offer.Offer]) -> None:
        """Keep those of a village who go next door, and forget another copy of the town."""
        self.done = [each for each in self.done if each[0].copy == home.copy]
        self.done.append((home, [each for each in offers if each.reach is help_offer.NEARBY]))
