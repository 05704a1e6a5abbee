"""One server for the attacks of a worker."""

from collections.abc import Iterator

import pytest

from server.settings import Settings
from tests.running import Server, running


@pytest.fixture(scope="session")
def target(settings: Settings) -> Iterator[Server]:
    """A server that is attacked; requests that do not come whole are cut soon."""
    with running(settings, {"NOABER_REQUEST_SECONDS": "2"}) as started:
        yield started
