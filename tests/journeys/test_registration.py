"""The story of an account: a letter, a password, a housemate, devices, and moving out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.expressions import F

import models
from tests.client import Client
from tests.running import As, Server
from tests.world import PASSWORD, World

TOKENS = "tokens { access refresh sessionId accessExpiresAt }"
SECRET = "correct horse battery"


async def register(client: Client, code: str, email: str, **more: Any) -> dict[str, Any]:
    given = {"password": SECRET, "displayName": "Nieuwe Buur", **more}
    return await client.do("register", TOKENS, code=code, email=email, **given)


async def test_a_letter_makes_a_member_of_the_neighbourhood(server: Server, world: World) -> None:
    anybody = server.client()
    payload = await register(anybody, world.code.lower().replace("-", " "), "New@Noaber.example")
    assert payload["errors"] == []
    me = server.client(payload["tokens"]["access"])
    answer = await me.ask(
        "{ viewer { email language memberships { nodes {"
        " displayName street state verification household { houseNumber } } } } }"
    )
    assert answer["viewer"] == {
        "email": "new@noaber.example",
        "language": "NL",
        "memberships": {
            "nodes": [
                {
                    "displayName": "Nieuwe Buur",
                    "street": "Dorpsstraat",
                    "state": "ACTIVE",
                    "verification": "HOUSEHOLD",
                    "household": {"houseNumber": "resident"},
                }
            ]
        },
    }


async def test_every_code_that_opens_nothing_gets_the_same_answer(
    server: Server, world: World
) -> None:
    anybody = server.client()
    codes = models.InvitationCode.filter(id=world.invitation_id)
    unknown = await register(anybody, "0000-0000-0000-0000", "a@noaber.example")
    await codes.update(revoked_at=F("created_at"))
    revoked = await register(anybody, world.code, "b@noaber.example")
    await codes.update(revoked_at=None, used_at=F("created_at"))
    used = await register(anybody, world.code, "c@noaber.example")
    await codes.update(used_at=None, expires_at=F("created_at"))
    expired = await register(anybody, world.code, "d@noaber.example")
    assert unknown == revoked == used == expired
    assert unknown["errors"][0]["code"] == "REGISTRATION_REFUSED"
    assert await models.Resident.filter(email__in=[f"{x}@noaber.example" for x in "abcd"]) == []


async def test_an_address_that_has_an_account_gets_that_answer_too(
    server: Server, world: World
) -> None:
    taken = await register(server.client(), world.code, "neighbour@noaber.example")
    unknown = await register(server.client(), "0000-0000-0000-0000", "x@noaber.example")
    assert taken == unknown
    invitation = await models.InvitationCode.get(id=world.invitation_id)
    assert invitation.used_at is None


async def test_a_housemate_invites_a_second_resident(as_: As, server: Server, world: World) -> None:
    me = as_("resident")
    made = await me.do(
        "inviteHousemate",
        "invitation { code invitation { id kind } }",
        membershipId=world.people["resident"].membership_id,
    )
    code = made["invitation"]["code"]
    assert len(code) == 19
    joined = await register(server.client(), code, "mate@noaber.example", displayName="Huisgenoot")
    assert joined["errors"] == []
    again = await register(server.client(), code, "other@noaber.example")
    assert again["errors"][0]["code"] == "REGISTRATION_REFUSED"
    home = await models.Neighbourhood.get(id=world.home)
    assert home.registered_household_count == 10


async def sign_in(server: Server, world: World) -> dict[str, Any]:
    await register(server.client(), world.code, "me@noaber.example")
    signed_in = await server.client().do(
        "logIn", TOKENS, email="ME@noaber.example", password=SECRET
    )
    assert signed_in["errors"] == []
    tokens: dict[str, Any] = signed_in["tokens"]
    return tokens


@pytest.mark.parametrize(
    ("email", "password"), [("me@noaber.example", "wrong wrong"), ("nobody@x.example", SECRET)]
)
async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    server: Server, world: World, email: str, password: str
) -> None:
    await sign_in(server, world)
    refused = await server.client().do("logIn", TOKENS, email=email, password=password)
    assert refused == {
        "tokens": None,
        "errors": [
            {
                "code": "LOGIN_REFUSED",
                "field": None,
                "message": "This e-mail address and password do not belong together.",
            }
        ],
    }


async def test_a_refresh_token_is_exchanged_once(server: Server, world: World) -> None:
    first = await sign_in(server, world)
    anybody = server.client()
    second = await anybody.do("refreshSession", TOKENS, refreshToken=first["refresh"])
    lost = await anybody.do("refreshSession", TOKENS, refreshToken=first["refresh"])
    assert second["errors"] == lost["errors"] == []
    assert await email_of(server, second["tokens"]["access"]) == "me@noaber.example"
    assert await email_of(server, lost["tokens"]["access"]) == "me@noaber.example"


async def test_a_refresh_token_used_again_later_ends_the_whole_family(
    server: Server, world: World
) -> None:
    first = await sign_in(server, world)
    anybody = server.client()
    second = await anybody.do("refreshSession", TOKENS, refreshToken=first["refresh"])
    used = models.SessionToken.filter(session_id=first["sessionId"], used_at__isnull=False)
    await used.update(used_at=datetime(2020, 3, 16, tzinfo=UTC))
    stolen = await anybody.do("refreshSession", TOKENS, refreshToken=first["refresh"])
    assert stolen["errors"][0]["code"] == "SESSION_ENDED"
    assert await email_of(server, second["tokens"]["access"]) is None
    owner = await anybody.do("refreshSession", TOKENS, refreshToken=second["tokens"]["refresh"])
    assert owner["errors"][0]["code"] == "SESSION_ENDED"


async def test_sessions_are_listed_and_revoked(server: Server, world: World) -> None:
    here = await sign_in(server, world)
    there = (await server.client().do("logIn", TOKENS, email="me@noaber.example", password=SECRET))[
        "tokens"
    ]
    me = server.client(here["access"])
    sessions = (await me.ask("{ viewer { sessions { nodes { id client } } } }"))["viewer"]
    assert len(sessions["sessions"]["nodes"]) == 3
    revoked = await me.do("revokeSession", "session { id }", sessionId=there["sessionId"])
    assert revoked["session"]["id"] == there["sessionId"]
    assert await email_of(server, there["access"]) is None
    assert await email_of(server, here["access"]) == "me@noaber.example"


async def test_a_new_password_ends_the_other_sessions(server: Server, world: World) -> None:
    here, me_there = await sign_in(server, world), server.client()
    there = (await me_there.do("logIn", TOKENS, email="me@noaber.example", password=SECRET))[
        "tokens"
    ]
    me = server.client(here["access"])
    refused = await me.do(
        "changePassword", "account { id }", currentPassword="not it", newPassword=PASSWORD
    )
    assert refused["errors"][0]["code"] == "LOGIN_REFUSED"
    changed = await me.do(
        "changePassword", "account { email }", currentPassword=SECRET, newPassword=PASSWORD
    )
    assert changed["account"]["email"] == "me@noaber.example"
    assert await email_of(server, there["access"]) is None
    assert await email_of(server, here["access"]) == "me@noaber.example"
    again = await me_there.do("logIn", TOKENS, email="me@noaber.example", password=PASSWORD)
    assert again["errors"] == []


async def email_of(server: Server, token: str) -> str | None:
    """Whom a token signs in: nobody when it opens nothing."""
    account = (await server.client(token).ask("{ viewer { email } }"))["viewer"]
    return None if account is None else str(account["email"])
