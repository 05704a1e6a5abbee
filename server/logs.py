"""Logs without the words of errors, which may be those of residents: the kind and the place."""

import asyncio
import logging
import traceback
from typing import Any


def wordless() -> None:
    """From now on, and in the whole process, the record of an error is of its kind and place."""
    make = logging.getLogRecordFactory()

    def record(*given: Any, **named: Any) -> logging.LogRecord:
        made = make(*given, **named)
        error = made.exc_info[1] if made.exc_info else None
        if error is not None:
            made.msg, made.args = f"{made.getMessage()} ({place(error)})", ()
            made.exc_info = None
        return made

    logging.setLogRecordFactory(record)


def place(error: BaseException) -> str:
    """What kind of error it is, and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def tell(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody waited for has failed; asyncio itself would print the task, words and all."""
    logging.getLogger("noaber.loop").error(context["message"], exc_info=context.get("exception"))
