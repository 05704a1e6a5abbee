"""The account that engines run as: our own, or `nobody` when we are root."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.engines.folder import EngineError, make_folder

PR_SET_PDEATHSIG = 1
OUTSIDE = Path("/var/lib/noaber")


@dataclass(frozen=True)
class Account:
    """A user to start programs as; `uid` is None for the user that we are."""

    uid: int | None = None
    gid: int | None = None

    def start(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        """Start an engine that writes to `log`, away from the terminal's Ctrl-C.

        On Linux it is told to stop when this thread ends, however it ends.
        """
        with log.open("wb") as output:
            return subprocess.Popen(  # noqa: S603 (our own command lines)
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent(),
                **self._switches(),
            )

    def run(self, command: list[str], seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a short program to its end. Raises `TimeoutExpired` after `seconds`."""
        return subprocess.run(  # noqa: S603 (our own command lines)
            command, capture_output=True, text=True, timeout=seconds, **self._switches()
        )

    def reaches(self, path: Path) -> bool:
        """Whether the account may read and enter `path`."""
        if self.uid is None:
            return True
        script = 'test -r "$0" && test -x "$0"'
        return self.run(["/bin/sh", "-c", script, str(path)]).returncode == 0

    def own(self, path: Path) -> None:
        """Give one file or folder to the account, closed to all others."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700 if path.is_dir() else 0o600)

    def _switches(self) -> dict[str, Any]:
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        switches: dict[str, Any] = {"cwd": "/", "env": environment}
        if self.uid is not None:
            switches |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return switches


def find_account(directory: Path) -> Account:
    """Our own account; as root, the owner of the data, else `nobody`: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return Account()
    home = directory / "engines"
    if home.exists() and (owner := home.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise EngineError(
            "PostgreSQL does not run as root and this machine has no user `nobody`: "
            "start as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def find_home(directory: Path, account: Account) -> Path:
    """The folder of the engines: `directory/engines`, owned by the account.

    Where the account cannot come (a data directory below /root), `engines` is a link to a new
    folder in /var/lib/noaber: opening the folders above would be wrong.
    """
    link = directory / "engines"
    if link.is_symlink() and not link.exists():
        raise EngineError(f"The data of {link} are gone: put {link.readlink()} back, or remove it.")
    if not link.exists():
        if account.uid is None or account.run(["test", "-x", str(directory)]).returncode == 0:
            make_folder(link)
        else:
            make_folder(OUTSIDE)
            link.symlink_to(tempfile.mkdtemp(dir=OUTSIDE))
        account.own(link)
    return link.resolve()


def reachable(program: Path, keep: tuple[Path, ...], home: Path, account: Account) -> Path:
    """`program`, or a copy of it in `home` when the account cannot read the place it stands in.

    `keep` are the folders to copy, side by side: the program and the libraries it looks for.
    """
    if account.reaches(program):
        return program
    for folder in keep:
        copy = home / "program" / folder.name
        if not copy.exists():
            shutil.copytree(folder, copy.with_suffix(".new"), dirs_exist_ok=True)
            copy.with_suffix(".new").rename(copy)
    moved = home / "program" / program.relative_to(keep[0].parent)
    if not account.reaches(moved):
        raise EngineError(f"The user `nobody` cannot read {moved}: use another data directory.")
    return moved


def _die_with_parent() -> Callable[[], None] | None:
    """What a child runs before its program: ask the kernel for SIGINT at the parent's death."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
