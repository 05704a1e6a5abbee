"""A line in the log when something stops working and one when it works again; none in between."""

import logging

logger = logging.getLogger(__name__)


class Outage:
    """Whether `what` is failing now. Logs the kind of error only: its text may name an address."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.is_on = False

    def begin(self, error: BaseException) -> None:
        """It failed; only the first failure in a row is logged."""
        if not self.is_on:
            logger.warning("%s: failing (%s)", self.what, type(error).__name__)
        self.is_on = True

    def end(self) -> None:
        """It works."""
        if self.is_on:
            logger.warning("%s: working again", self.what)
        self.is_on = False
