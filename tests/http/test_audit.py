"""GraphQL over HTTP to the letter: what the audits of `graphql-http` say of the real server."""

from pathlib import Path

from tests.http import node
from tests.running import Server


async def test_all_audits_are_ok(server: Server, packages: Path) -> None:
    results = await node.run("audit.mjs", server.client().http)
    assert len(results) == 61
    assert [each for each in results if each["status"] != "ok"] == []
