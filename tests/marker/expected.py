"""x."""
from auth.scope import PARTNER
PERSONAS = ("manager", "editor", "case_worker", "other_unit", "analyst", "token full", *(f"token {s.value}" for s in sorted(PARTNER)), "token elsewhere", "token centre", "token expired", "token revoked", "signed_out")
EVENTS = {}
