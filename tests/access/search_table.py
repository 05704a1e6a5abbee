"""What a search finds of the resident's, as cells."""

from tests.access.resident_table import NULL, SENT
from tests.access.subject import Subject, nothing

FIND = 'query { search(query: "nearby") { nodes { FIELDS } } }'

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "what is found of a post for neighbours nearby",
        "SearchHit",
        FIND,
        "search.nodes",
        nothing,
        (
            ("id post snippet", "++++ +.... !!!", SENT),
            ("comment", "---- -.... !!!", NULL),
        ),
    ),
    Subject(
        "the words around it",
        "SearchPiece",
        FIND.replace("FIELDS", "snippet { FIELDS }"),
        "search.nodes.snippet",
        nothing,
        (("text isMatch", "++++ +.... !!!", SENT),),
    ),
)
