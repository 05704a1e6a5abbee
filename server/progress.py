"""How far a long task is: a bar on a terminal, now and then a line elsewhere."""

import sys
from typing import TextIO

WIDTH = 30
STEPS = 4  # lines, where there is no terminal


class Progress:
    """Called with the part at hand, and how much is done of how much; draws on `output`."""

    def __init__(self, title: str, output: TextIO | None = None) -> None:
        self._title = title
        self._output = output or sys.stdout
        self._told = 0

    def __call__(self, part: str, done: int, total: int) -> None:
        """Show that `done` of `total` is there, the last of it being `part`."""
        share = done / total if total else 1.0
        if self._output.isatty():
            self._draw(part, share)
        elif int(share * STEPS) > self._told:
            self._told = int(share * STEPS)
            print(f"{self._title}: {share:.0%}", file=self._output, flush=True)

    def _draw(self, part: str, share: float) -> None:
        bar = "█" * round(share * WIDTH)
        end = "\n" if share >= 1 else ""
        line = f"\r{self._title} {bar:░<{WIDTH}} {share:4.0%} {part[:24]:<24}"
        print(line, end=end, file=self._output, flush=True)
