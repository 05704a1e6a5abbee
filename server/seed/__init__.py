"""The seed: Deinze after one year, the same at every load.

    await server.seed.load(database_url)             a migrated, empty database becomes Deinze
    await server.seed.load(database_url, scale=130)  a country of 2,210 neighbourhoods
    server.seed.personas                             the accounts to try it with
    server.seed.DEMO_PASSWORD                        the password of all of them
    server.seed.INVITATION                           an open code, to register a new household with

The staff of the partners have the same password; the other residents have none: nobody signs in as
one of them.
"""

from server.seed import organisation, person
from server.seed.household import INVITATION
from server.seed.loader import NotEmpty, is_loaded, load
from server.seed.neighbourhood import DEMO_PASSWORD

personas: dict[str, str] = person.personas() | organisation.personas()

__all__ = ["DEMO_PASSWORD", "INVITATION", "NotEmpty", "is_loaded", "load", "personas"]
