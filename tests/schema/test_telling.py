"""What a client reads of an error: a code of the catalogue, and words in its own language."""

import re
from pathlib import Path

import pytest

import models
import schema
from resolvers.refusal import RefusalCode
from schema import telling
from schema.code import CATALOGUE, Code
from tests.inside import Ask
from tests.running import As
from tests.source import FLOORS, ROOT, sources
from tests.world import World

# what a person may come to read; the rest is for whoever writes the client
FOR_PEOPLE = {
    *RefusalCode,
    *(Code.UNAUTHENTICATED, Code.RATE_LIMITED, Code.TOO_COMPLEX),
    *(Code.RETRY, Code.BUSY, Code.INTERNAL),
}
SEALED = "mutation ($id: ID!) { deletePost(input: {postId: $id}) { errors { code message } } }"
NOWHERE = "00000000-0000-7000-8000-000000000000"
NO_POST = {
    "nl": "Dat bestaat niet, of je kunt het niet zien.",
    "fr": "Cela n'existe pas, ou vous ne pouvez pas le voir.",
    "de": "Das gibt es nicht, oder Sie können es nicht sehen.",
    "en": "There is no such post.",
}


def test_every_code_that_is_used_is_in_the_catalogue() -> None:
    literal = re.compile(r'"code": "([A-Z_]+)"')
    used = {
        code for each in sources() if each.floor in FLOORS for code in literal.findall(each.text)
    }
    assert used <= set(Code)
    assert {code.value for code in RefusalCode} <= set(Code)
    assert CATALOGUE.keys() == set(Code)


def test_the_document_of_codes_is_the_catalogue() -> None:
    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (\d{3}) \|$", text, re.MULTILINE)
    assert [(code, words, int(status)) for code, words, status in rows] == [
        (code.value, words, status) for code, (words, status) in CATALOGUE.items()
    ]


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_each_language_has_each_sentence_for_people(language: str) -> None:
    words = telling.languages()[language]
    assert words.keys() == {str(code.value) for code in FOR_PEOPLE}
    given = {"limit": "cost", "figure": 2, "bound": 1, "retryAfter": 3}
    assert all(each.format_map(given).strip() for each in words.values())


def test_there_are_four_languages() -> None:
    assert telling.languages().keys() == {"nl", "fr", "de", "en"}
    assert {each.value.lower() for each in models.Language} == telling.languages().keys()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl", "nl"),
        ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        ("es, fr-CA;q=0.7, de;q=0.8", "de"),
        ("EN-gb", "en"),
        ("es", "en"),
        ("", "en"),
        (";q=x,,*", "en"),
    ],
)
async def test_a_refusal_comes_in_the_language_asked_for(
    ask: Ask, world: World, as_: As, header: str, language: str
) -> None:
    client = as_("resident")
    client.headers["Accept-Language"] = header
    payload = (await client.ask(SEALED, id=NOWHERE))["deletePost"]
    assert payload["errors"] == [{"code": "NOT_FOUND", "message": NO_POST[language]}]


async def test_else_in_that_of_the_resident(ask: Ask, world: World) -> None:
    id = world.people["resident"].resident_id
    await models.Resident.filter(id=id).update(language=models.Language.FR)
    answer = await ask("resident", SEALED, id=NOWHERE)
    assert answer.data == {
        "deletePost": {"errors": [{"code": "NOT_FOUND", "message": NO_POST["fr"]}]}
    }
    locked = await ask("resident", "{ tokens(organisationId: 1) { nodes { id } } }")
    assert locked.errors is not None
    assert locked.errors[0].message == "Cela ne vous est pas permis ici."


async def test_what_is_about_the_document_is_english_everywhere(as_: As, world: World) -> None:
    client = as_("resident")
    client.headers["Accept-Language"] = "nl"
    answer = await client.send("{ nothing }")
    [error] = answer["errors"]
    assert error["message"] == "Cannot query field 'nothing' on type 'Query'."
    assert error["extensions"] == {"code": "INVALID_DOCUMENT"}


def test_words_are_shipped() -> None:
    folder = Path(schema.__file__).parent / "words"
    assert sorted(path.name for path in folder.iterdir()) == ["de.toml", "fr.toml", "nl.toml"]
