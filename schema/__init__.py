"""What the API says: its types, its doors and their locks. `schema.api` is the whole of it."""

from schema import enums
from schema.execution import api

__all__ = ["api", "enums"]
