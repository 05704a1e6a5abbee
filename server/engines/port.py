"""Ports of this machine: a free one for an engine, a promised one for the server."""

import socket

from server.engines.folder import EngineError


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def claim(host: str, port: int, setting: str = "PORT") -> socket.socket:
    """A socket bound to `host` and `port`, which `setting` gave, for a server to listen on.

    Raises `EngineError` when the port is in use or not ours to take.
    """
    claimed = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claimed.bind((host, port))
    except OSError as error:
        claimed.close()
        raise EngineError(
            f"Port {port} of {host} cannot be used ({error.strerror}): "
            f"choose another with {setting}=."
        ) from None
    return claimed
