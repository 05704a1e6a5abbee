"""The logs of a server tell of an error its kind and its place, and never its words."""

import asyncio
import gc
import logging
import traceback
from collections.abc import Iterator

import pytest

from server import logs

SECRET = "Lies woont op nummer 12"


@pytest.fixture(autouse=True)
def records() -> Iterator[None]:
    """Records are made as before when the test is over."""
    before = logging.getLogRecordFactory()
    logs.wordless()
    yield
    logging.setLogRecordFactory(before)


def written(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, as a handler would print it."""
    return "\n".join(logging.Formatter().format(record) for record in caplog.records)


def test_a_traceback_is_the_kind_and_the_place_of_the_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in %s application", "ASGI")
    [line] = written(caplog).splitlines()
    assert line.startswith(f"Exception in ASGI application (ValueError at {__file__}:")
    assert SECRET not in line


def test_a_traceback_that_is_told_as_text_loses_its_words_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError(f"{SECRET}\nLies: {SECRET}")
    except ValueError:
        logging.getLogger("uvicorn.error").error(traceback.format_exc())
    [line] = written(caplog).splitlines()
    assert line.startswith(f'ValueError at File "{__file__}", line ')
    assert SECRET not in line


def test_what_is_no_error_is_logged_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "uvicorn.error"):
        logging.getLogger("uvicorn.error").info("Started %s", "well", exc_info=None)
    assert written(caplog) == "Started well"


async def test_a_task_that_nobody_waits_for_tells_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asyncio.get_running_loop().set_exception_handler(logs.tell)

    async def fail() -> None:
        raise ValueError(SECRET)

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()
    assert "Task exception was never retrieved (ValueError at " in written(caplog)
    assert SECRET not in written(caplog)
