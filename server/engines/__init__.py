"""PostgreSQL and Valkey for the demo and the tests: found, started, recovered and stopped."""

from server.engines.folder import EngineError
from server.engines.running import Addresses, running

__all__ = ["Addresses", "EngineError", "running"]
