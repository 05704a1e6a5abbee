"""Logs: a line of JSON for each thing that happened, and never the words of an error.

Those may be the words of residents, for a database repeats what it refused: of an error the kind
and the place are written. So are no addresses of clients, no documents and no values of statements.
"""

import asyncio
import logging
import re
import sys
import traceback
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# what they tell below a warning holds statements with their values, and addresses of clients
WORDY = ("tortoise", "asyncpg", "asyncio", "httpcore", "websockets", "uvicorn.error.socket")
TRACEBACK = "Traceback (most recent call last)"
KIND = re.compile(r"[A-Za-z_][\w.]*(?=:|$)")
LEVELS = logging.getLevelNamesMapping()
# what each line has, whoever wrote it
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class Line(structlog.WriteLogger):
    """Writes our own lines, past the machinery of `logging`, which takes five times as long."""

    def __init__(self, name: str = "noaber") -> None:
        super().__init__(sys.stderr)
        self.name = name


def begin(level: str, form: str) -> None:
    """From now on the whole process logs to the standard error, as `json` or as `text`."""
    wordless()
    least = LEVELS[level.upper()]
    text = structlog.dev.ConsoleRenderer(colors=False)
    render: Processor = _json if form == "json" else text
    structlog.configure(
        processors=[*SHARED, _name, render],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=Line,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*SHARED, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(least)
    for name in WORDY:
        logging.getLogger(name).setLevel(max(least, logging.WARNING))


def wordless() -> None:
    """From now on, and in the whole process, the record of an error is of its kind and place."""
    make = logging.getLogRecordFactory()

    def record(*given: Any, **named: Any) -> logging.LogRecord:
        made = make(*given, **named)
        error = made.exc_info[1] if made.exc_info else None
        if error is not None:
            made.msg, made.args = f"{made.getMessage()} ({place(error)})", ()
            made.exc_info = None
        elif TRACEBACK in (told := made.getMessage()):
            made.msg, made.args = _without_words(told), ()
        return made

    logging.setLogRecordFactory(record)


def _without_words(told: str) -> str:
    """A message with a traceback in it, as when a start fails: its last place and kind alone."""
    lines = told.splitlines()
    last = max((at for at, line in enumerate(lines) if line.startswith('  File "')), default=0)
    # the kind stands in the first line that is not indented; what follows it are words
    after = (line for line in lines[last + 1 :] if line and not line.startswith(" "))
    found = KIND.match(next(after, ""))
    return f"{found.group() if found else 'Error'} at {lines[last].strip()}"


def place(error: BaseException) -> str:
    """What kind of error it is, and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def tell(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody waited for has failed; asyncio itself would print the task, words and all."""
    logging.getLogger("noaber.loop").error(context["message"], exc_info=context.get("exception"))


def _name(logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {**event, "logger": logger.name}


def _json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """The line, with its moment, level and event first; of what has no JSON, the kind."""
    first = {name: event.pop(name, None) for name in ("timestamp", "level", "event")}
    return orjson.dumps({**first, **event}, default=_kind).decode()


def _kind(value: object) -> str:
    return type(value).__name__
