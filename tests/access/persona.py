"""Who is asked: the personas of the matrix, in the order of its columns.

A row of cells has two halves, one letter a persona, in the groups of RESIDENTS and of PARTNERS:
`++++ +---- !!!` and `++++++ .. +++++++++++ .. !!`.
"""

from auth.scope import PARTNER

# those who live or work in the neighbourhood of the matrix, and those who do not
HOME = ("resident", "neighbour", "moderator", "worker")
AWAY = ("nearby", "stranger", "worker_elsewhere", "former", "pending")
SIGNED_OUT = ("expired", "revoked", "signed_out")
# the town's, by role; `sent` is an analyst who is also the professional of the neighbourhood
STAFF = ("manager", "editor", "case_worker", "other_unit", "analyst", "sent")
# another organisation that covers the neighbourhood, and somebody who worked for the town
OTHERS = ("centre_manager", "left")
SCOPES = (
    *("announcements:read", "announcements:write", "shares:read", "cases:read", "cases:write"),
    *("volunteers:read", "volunteers:contact", "statistics:read", "polls:write", "webhooks:manage"),
)
# the town's: of every scope, and of one each
TOKENS = ("token full", *(f"token {scope}" for scope in SCOPES))
# of no scope at all; and of every scope, for the neighbourhood next door
LIMITED = ("token none", "token elsewhere")
ENDED = ("token expired", "token revoked")

GROUPS = {
    "home": HOME,
    "away": AWAY,
    "signed out": SIGNED_OUT,
    "staff": STAFF,
    "others": OTHERS,
    "tokens": TOKENS,
    "limited tokens": LIMITED,
    "ended tokens": ENDED,
}
WORDS = {
    "resident": "whose things are looked at",
    "neighbour": "lives in home too, wrote comments and was asked for them",
    "moderator": "lives in home and moderates it",
    "worker": "a professional whom the centre sends to home",
    "nearby": "lives in beside",
    "stranger": "lives in far",
    "worker_elsewhere": "a professional in far",
    "former": "lived in home",
    "pending": "waits in home to be verified",
    "expired": "a resident of home whose bearer token is over",
    "revoked": "a resident of home whose session was ended",
    "signed_out": "nobody",
    "manager": "MANAGER of the town",
    "editor": "EDITOR of the town",
    "case_worker": "CASE_WORKER of the unit care",
    "other_unit": "CASE_WORKER of the unit roads",
    "analyst": "ANALYST of the town",
    "sent": "ANALYST of the town, and its professional in home",
    "centre_manager": "MANAGER of the service centre",
    "left": "worked for the town until the work ended; lives nowhere",
    "token full": "every scope",
    **{f"token {scope}": f"`{scope}` alone" for scope in SCOPES},
    "token none": "no scope",
    "token elsewhere": "every scope, limited to beside",
    "token expired": "every scope, over",
    "token revoked": "every scope, revoked",
}

RESIDENTS = (HOME, AWAY, SIGNED_OUT)
PARTNERS = (STAFF, OTHERS, TOKENS, LIMITED, ENDED)
PERSONAS = tuple(persona for group in (*RESIDENTS, *PARTNERS) for persona in group)
NOBODY = (*SIGNED_OUT, *ENDED)
# who holds what a door may ask for; a session opens the residents' doors, a token never does
HOLDERS = {
    "resident": (*HOME, *AWAY, *STAFF, *OTHERS),
    "manager": ("manager", "centre_manager"),
    "announcements:write": (
        *("manager", "editor", "centre_manager"),
        *("token full", "token announcements:write", "token elsewhere"),
    ),
    "cases:write": (
        *("manager", "case_worker", "other_unit", "centre_manager"),
        *("token full", "token cases:write", "token elsewhere"),
    ),
    "polls:write": (
        *("manager", "editor", "centre_manager"),
        *("token full", "token polls:write", "token elsewhere"),
    ),
    "volunteers:contact": (
        *("manager", "editor", "centre_manager"),
        *("token full", "token volunteers:contact", "token elsewhere"),
    ),
    "webhooks:manage": (
        *("manager", "centre_manager"),
        *("token full", "token webhooks:manage", "token elsewhere"),
    ),
}

assert {*SCOPES} == PARTNER


def cells(residents: str, partners: str) -> dict[str, str]:
    """The letter of each persona. Raises `ValueError` for a row with a hole or a letter too many.

    `+` something, `0` an empty list, `-` null, `.` nothing to ask: there is no such thing for this
    persona. `?` refused: there is no such thing; `x` refused: the scope is missing; `!` refused:
    sign in first.
    """
    parts = [*residents.split(), *partners.split()]
    found: dict[str, str] = {}
    for group, letters in zip((*RESIDENTS, *PARTNERS), parts, strict=True):
        found.update(zip(group, letters, strict=True))
    return found
