"""Documents and variables that ask for too much, or for what cannot be; the code each gets."""

from dataclasses import dataclass, field
from typing import Any

NOWHERE = "00000000-0000-7000-8000-000000000000"
HOME = f'neighbourhood(id: "{NOWHERE}")'
LOG_IN = '(input: {email: "a@b.example", password: "x"}) { errors { code } }'
NODE = "query ($id: ID!) { node(id: $id) { id } }"
PAGE = "query ($n: Int) { neighbourhoods(first: $n) { nodes { id } } }"


@dataclass(frozen=True)
class Attack:
    """One operation and what comes of it: `""` for data, else the code of the first error."""

    code: str
    document: str
    variables: dict[str, Any] = field(default_factory=dict)
    name: str | None = None


def large(document: str, **variables: Any) -> Attack:
    """What is more than may be."""
    return Attack("TOO_COMPLEX", document, variables)


def unreadable(document: str) -> Attack:
    """What is no GraphQL."""
    return Attack("UNREADABLE_DOCUMENT", document)


def invalid(document: str) -> Attack:
    """What does not fit the schema."""
    return Attack("INVALID_DOCUMENT", document)


def misfit(document: str, **variables: Any) -> Attack:
    """Variables that do not fit."""
    return Attack("INVALID_VARIABLES", document, variables)


def chain(count: int) -> str:
    """Fragments that each spread the next one twice."""
    links = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(count)]
    return " ".join(["{ ...F0 }", *links, f"fragment F{count} on Query {{ __typename }}"])


def nested(levels: int) -> list[Any]:
    """A list in as many lists."""
    inner: list[Any] = []
    for _ in range(levels):
        inner = [inner]
    return inner


SPIRAL = "adjacent { nodes { " * 5 + "id" + " } }" * 5
CYCLE = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
DOCUMENTS: dict[str, Attack] = {
    "an open brace": unreadable("{"),
    "a closed brace": unreadable("}"),
    "empty braces": unreadable("{ }"),
    "a comment alone": unreadable("# nothing"),
    "an open string": unreadable('{ node(id: "'),
    "an open block string": unreadable('{ node(id: """'),
    "a bad escape": unreadable('{ node(id: "\\q") { id } }'),
    "half a pair by an escape": unreadable('{ node(id: "\\ud800") { id } }'),
    "a character beyond Unicode": unreadable('{ node(id: "\\u{110000}") { id } }'),
    "an invisible character": unreadable("{ view\u200ber { id } }"),
    "a name in Cyrillic": unreadable("{ vi\u0435wer { id } }"),
    "right to left": unreadable("{ \u202eviewer { id } }"),
    "a form feed": unreadable("{\x0cviewer { id } }"),
    "a number with leading zeros": unreadable("{ neighbourhoods(first: 007) { nodes { id } } }"),
    "200,000 brackets": large("[" * 200_000),
    "60,000 brackets": unreadable("[" * 60_000),
    "59,000 brackets in an argument": large(f"{{ node(id: {'[' * 59_000}"),
    "201 levels of fields": large("{a" * 201 + "}" * 201),
    "2,001 tokens": large("{ " + "a " * 2_000 + "}"),
    "100,000 commas": unreadable("," * 100_000),
    "2,001 comments": large("#\n" * 2_001 + "{ viewer { id } }"),
    "a string of 200,000 characters": large(f'{{ node(id: "{"a" * 200_000}") {{ id }} }}'),
    "a string of 59,000 characters": Attack(
        "INVALID", f'{{ node(id: "{"a" * 59_000}") {{ id }} }}'
    ),
    "a name of 59,000 characters": invalid("{ " + "a" * 59_000 + " }"),
    "only a fragment": Attack("UNKNOWN_OPERATION", "fragment A on Query { __typename }"),
    "only a type": Attack("UNKNOWN_OPERATION", "type A { b: Int }"),
    "an operation that is not there": Attack(
        "UNKNOWN_OPERATION", "query A { __typename }", name="B"
    ),
    "two operations and no name": Attack(
        "UNKNOWN_OPERATION", "query A { __typename } query B { __typename }"
    ),
    "a name of 100,000 characters that is not there": Attack(
        "UNKNOWN_OPERATION", "query A { __typename }", name="B" * 100_000
    ),
    "two operations of one name": Attack(
        "UNKNOWN_OPERATION", "query A { __typename } query A { __typename }"
    ),
    "a type along with the operation": invalid("{ __typename } type A { b: Int }"),
    "a cycle of fragments": invalid(CYCLE),
    "a fragment in itself": invalid("{ ...A } fragment A on Query { ...A }"),
    "a fragment that is not there": invalid("{ ...A }"),
    "a fragment that is not used": invalid("{ __typename } fragment A on Query { __typename }"),
    "a fragment on what is not there": invalid("{ ... on Nothing { id } }"),
    "60 types that are not there": invalid(
        "{ viewer {" + "".join(f"... on Residen{n} {{ id }} " for n in range(60)) + "} }"
    ),
    "900 fields that are not there": invalid(
        "{ viewer {" + "".join(f"memberships{n} " for n in range(900)) + "} }"
    ),
    "a field that is not there": invalid("{ vieuwer { id } }"),
    "an argument that is not there": invalid("{ viewer(loud: true) { id } }"),
    "an argument that is left out": invalid("{ node { id } }"),
    "an argument given twice": invalid(f'{{ node(id: "{NOWHERE}", id: "1") {{ id }} }}'),
    "a directive that is not there": invalid("{ viewer @loud { id } }"),
    "a directive without its argument": invalid("{ viewer @skip { id } }"),
    "deferring": invalid("{ ... @defer { viewer { id } } }"),
    "no selection": invalid("{ viewer }"),
    "a selection of a leaf": invalid("{ viewer { email { length } } }"),
    "fields in conflict": invalid("{ viewer { a: id a: email } }"),
    "an int that is too large": invalid("{ neighbourhoods(first: 2147483648) { nodes { id } } }"),
    "an int of 5,000 digits": misfit(
        f"{{ neighbourhoods(first: {'9' * 5_000}) {{ nodes {{ id }} }} }}"
    ),
    "a float beyond all": invalid("{ neighbourhoods(first: 1e999) { nodes { id } } }"),
    "an id that is an object": invalid("{ node(id: {a: 1}) { id } }"),
    "an id in 150 lists": invalid(f"{{ node(id: {'[' * 150}1{']' * 150}) {{ id }} }}"),
    "a variable that is not declared": invalid("{ node(id: $id) { id } }"),
    "a variable that is not used": invalid("query ($a: Int) { __typename }"),
    "a variable of no type": invalid("query ($a: Nothing) { node(id: $a) { id } }"),
    "a variable of an answer's type": invalid("query ($a: Post) { node(id: $a) { id } }"),
    "a variable of the wrong type": invalid("query ($a: Int!) { node(id: $a) { id } }"),
    "a default of the wrong type": invalid(
        'query ($n: Int = "x") { neighbourhoods(first: $n) { nodes { id } } }'
    ),
    "the same variable twice": invalid(
        "query ($n: Int, $n: Int) { neighbourhoods(first: $n) { nodes { id } } }"
    ),
    "31 aliases": large("{ viewer {" + " ".join(f"a{n}: id" for n in range(31)) + "} }"),
    "a thousand log-ins": large(
        "mutation {" + " ".join(f"a{n}: logIn{LOG_IN}" for n in range(100)) + "}"
    ),
    "31 directives": large("{ viewer {" + "id @include(if: true) " * 31 + "} }"),
    "100 directives on one field": large("{ viewer { id " + "@skip(if: false) " * 100 + "} }"),
    "21 root fields": large("{" + "viewer { id } " * 21 + "}"),
    "101 fragments": large(
        "{ viewer {"
        + " ".join(f"...F{n}" for n in range(101))
        + "} }"
        + "".join(f" fragment F{n} on Resident {{ id }}" for n in range(101))
    ),
    "21 operations": large("query { __typename } " * 21),
    "160 fields of one name": large("{ viewer {" + "id " * 160 + "} }"),
    "1,900 fields of one name": large("{ viewer {" + "id " * 1_900 + "} }"),
    "150 branches of one name": large("{ viewer {" + "memberships { nodes { id } } " * 150 + "} }"),
    "a fan of 90 fragments": large(chain(90)),
    "a fan of 150 fragments": large(chain(150)),
    "neighbours of neighbours": large(f"{{ {HOME} {{ {SPIRAL} }} }}"),
    "pages within pages": large(
        "{ neighbourhoods(first: 100) { nodes { adjacent(first: 100) { nodes { id } } } } }"
    ),
    "a page of a thousand million": large(
        "{ neighbourhoods(first: 1000000000) { nodes { adjacent(first: 100) { nodes { id } } } } }"
    ),
    "what a signed-out viewer may not spend": large(
        "{ neighbourhoods(first: 100) { nodes {" + "name " * 25 + "} } }"
    ),
    "types of types of types": large(
        "{ __schema { types { fields {" + "type { fields { " * 8 + "name" + " } }" * 8 + "} } } }"
    ),
    "a page of less than nothing": Attack(
        "INVALID", "{ neighbourhoods(first: -1) { nodes { id } } }"
    ),
    "a page of 101": Attack("INVALID", "{ neighbourhoods(first: 101) { nodes { id } } }"),
    "both ends at once": Attack(
        "INVALID", "{ neighbourhoods(first: 1, last: 1) { nodes { id } } }"
    ),
    "a cursor of nonsense": Attack("INVALID", '{ neighbourhoods(after: "%%%") { nodes { id } } }'),
    "a cursor of 59,000 characters": Attack(
        "INVALID", f'{{ neighbourhoods(after: "{"A" * 59_000}") {{ nodes {{ id }} }} }}'
    ),
    "an id that is none": Attack("INVALID", '{ node(id: "x") { id } }'),
    "an id with SQL in it": Attack("INVALID", '{ node(id: "\'; drop table post; --") { id } }'),
    "101 ids": Attack(
        "INVALID", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [NOWHERE] * 101}
    ),
    "NUL by an escape": misfit('{ node(id: "\\u0000") { id } }'),
    "NUL by a braced escape": misfit('{ node(id: "\\u{0}") { id } }'),
    "NUL in a variable": misfit(NODE, id="a\0b"),
    "NUL in the name of a variable": misfit(PAGE, **{"n\0": 1}),
    "NUL deep in a variable": misfit(NODE, id=[{"a": ["\0"]}]),
    "a variable left out": misfit(NODE),
    "null for what is needed": misfit(NODE, id=None),
    "a list for an id": misfit(NODE, id=[NOWHERE]),
    "an object for an id": misfit(NODE, id={"a": 1}),
    "a truth for an id": misfit(NODE, id=True),
    "a text for an int": misfit(PAGE, n="1"),
    "a truth for an int": misfit(PAGE, n=True),
    "a fraction for an int": misfit(PAGE, n=1.5),
    "an int beyond 32 bits": misfit(PAGE, n=2**31),
    "an int of 64 bits": misfit(PAGE, n=2**63),
    "80 lists for an int": misfit(PAGE, n=nested(80)),
    "100,000 numbers for an int": misfit(PAGE, n=[1] * 100_000),
    "a variable nobody asked for": Attack("", "{ __typename }", {"a": {"b": "c"}}),
    "a mutation signed out": Attack(
        "UNAUTHENTICATED",
        f'mutation {{ deletePost(input: {{postId: "{NOWHERE}"}}) {{ errors {{ code }} }} }}',
    ),
    "an input with a field too many": invalid(
        'mutation { logIn(input: {email: "a", password: "b", admin: true}) { errors { code } } }'
    ),
}
