"""A real Chromium without a window, driven over its own debugging socket."""

import asyncio
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import websockets

PATIENCE = 20  # seconds, for anything the browser is asked to do
PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--window-size=1400,900",
    "--remote-debugging-port=0",
    # no name resolves but the address of this machine: the page must live without a network
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Browser:
    """One tab; `complaints` are console errors and uncaught exceptions, `requests` addresses."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: dict[str, str] = {}

    async def start(self) -> None:
        """Open the tab and listen to all it says."""
        target = await self.ask("Target.createTarget", url="about:blank")
        attached = await self.ask(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Runtime", "Log", "Network", "Page"):
            await self.ask(f"{domain}.enable")

    async def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Send one command; the answer. Raises `TimeoutError` after 20 seconds."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params, **self._session}
        await self._socket.send(json.dumps(message))
        return await asyncio.wait_for(self._answers[number], PATIENCE)

    async def evaluate(self, script: str) -> Any:
        """The JSON value of a JavaScript expression in the page."""
        answer = await self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, script: str, seconds: float = PATIENCE) -> Any:
        """The JSON value of an expression, as soon as it is true. Raises `TimeoutError`."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (value := await self.evaluate(script)):
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(script)
            await asyncio.sleep(0.1)
        return value

    async def listen(self) -> None:
        """Read what the browser says until its socket closes."""
        with suppress(websockets.ConnectionClosed):
            async for text in self._socket:
                message = json.loads(text)
                if "id" in message:
                    self._answers.pop(message["id"]).set_result(message.get("result", {}))
                else:
                    self._note(message["method"], message["params"])

    def _note(self, event: str, said: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif event == "Network.webSocketCreated":
            self.requests.append(said["url"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(said["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and said["type"] == "error":
            self.complaints.append(json.dumps(said["args"]))
        elif event == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.complaints.append(f"{said['entry']['text']} {said['entry'].get('url')}")


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Browser]:
    """A started browser with an empty profile; it ends with the block."""
    assert PROGRAM, "The browser tests need Chromium: apt-get install chromium"
    command = [PROGRAM, *SWITCHES, f"--user-data-dir={profile}"]
    process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL)
    try:
        async with websockets.connect(await _address(profile), max_size=None) as socket:
            tab = Browser(socket)
            listening = asyncio.create_task(tab.listen())
            await tab.start()
            yield tab
        await listening
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE)


async def _address(profile: Path) -> str:
    """Where it listens, as it writes into its profile once it does. Raises `TimeoutError`."""
    written = profile / "DevToolsActivePort"
    for _ in range(PATIENCE * 20):
        if written.exists() and written.read_text().count("\n"):
            port, path = written.read_text().split()
            return f"ws://127.0.0.1:{port}{path}"
        await asyncio.sleep(0.05)
    raise TimeoutError("Chromium does not listen")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "browser: needs Chromium; left out where there is none")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium leave the browser tests out; in CI they stay, and fail."""
    if PROGRAM or os.environ.get("CI"):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> str:
    """Say at the start which browser there is."""
    return f"browser: {PROGRAM or 'no Chromium, so the tests marked browser are left out'}"
