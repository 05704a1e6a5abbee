"""Newcomers are seen by their neighbours, and say hello once."""

from datetime import timedelta

import models
import resolvers.post
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, settle
from tests.world import NOW, World

NEWCOMERS = """
query ($id: ID!) {
  neighbourhood(id: $id) { newcomers { nodes { displayName introduction { body } } } }
}
"""


async def test_a_newcomer_says_hello_once(act: Act, ask: Ask, world: World) -> None:
    await models.Membership.all().update(verified_at=NOW - timedelta(days=31))
    await settle(world, "newest")
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.INTRODUCTION}
    post = await act("newest", resolvers.post.create_post, body="Ik ben nieuw.", **given)
    async with refused(RefusalCode.CONFLICT, "kind"):
        await act("newest", resolvers.post.create_post, body="Nog eens.", **given)
    expected = [{"displayName": "Newest", "introduction": {"body": "Ik ben nieuw."}}]
    for persona, seen in (("resident", expected), ("worker", expected)):
        found = await asked(ask, persona, NEWCOMERS, id=str(world.home))
        assert found["neighbourhood"]["newcomers"]["nodes"] == seen
    for persona in ("nearby", "stranger", "signed_out"):
        found = await asked(ask, persona, NEWCOMERS, id=str(world.home))
        assert found["neighbourhood"]["newcomers"] is None
    await act("newest", resolvers.post.delete_post, post_id=post.id)
    await act("newest", resolvers.post.create_post, body="Opnieuw.", **given)
