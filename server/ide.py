"""The IDE at /graphql: GraphiQL from our own files, as a persona or with a pasted token."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.settings import Settings

ENDPOINT = "/graphql"
STATIC = "/graphql/static"
FILES = Path(__file__).parent / "static"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Persona:
    """Somebody of the demo whom a visitor may be: a bearer token, ids as the API prints them."""

    name: str
    description: str
    token: str
    neighbourhood_id: str
    post_id: str = ""
    own_post_id: str = ""
    organisation_id: str = ""


def examples() -> list[str]:
    """The example operations of server/static/example, in the order of their file names."""
    return [path.read_text("utf-8") for path in sorted(FILES.glob("example/*.graphql"))]


def page(personas: Sequence[Persona]) -> str:
    """The HTML of the IDE. Without personas it asks for a token instead of offering a list."""
    data = {
        "endpoint": ENDPOINT,
        "personas": [_described(persona) for persona in personas],
        "examples": examples(),
    }
    # "<" would let a text end the script element that carries it
    carried = json.dumps(data).replace("<", "\\u003c")
    template = Template((FILES / "ide.html").read_text("utf-8"))
    return template.substitute(static=STATIC, data=carried)


def routes(settings: Settings, personas: Sequence[Persona]) -> list[BaseRoute]:
    """What to mount before the API's own route at /graphql: nothing when the IDE is off."""
    if not settings.ide:
        return []
    answer = HTMLResponse(page(personas), headers=HEADERS)

    async def show(request: Request) -> HTMLResponse:
        return answer

    return [Mount(STATIC, StaticFiles(directory=FILES / "ide")), Visit(ENDPOINT, show)]


class Visit(Route):
    """A route for browsers that want a page; every other request goes on to the API."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """FULL for a GET or HEAD that accepts text/html, else NONE."""
        match, child = super().matches(scope)
        if match is Match.FULL and "text/html" in Headers(scope=scope).get("accept", ""):
            return match, child
        return Match.NONE, {}


def _described(persona: Persona) -> dict[str, object]:
    variables = {
        "neighbourhoodId": persona.neighbourhood_id,
        "postId": persona.post_id,
        "ownPostId": persona.own_post_id,
        "organisationId": persona.organisation_id,
    }
    return {
        "name": persona.name,
        "description": persona.description,
        "token": persona.token,
        "variables": variables,
    }
