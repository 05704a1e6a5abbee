"""Whether a document is one that the server was given: nothing else may be asked, where so set."""

import hashlib
from collections.abc import Iterator

import structlog
from strawberry.extensions import SchemaExtension

from resolvers.policy import Documents
from schema.code import Code
from schema.limits import refusal

log = structlog.get_logger("noaber.schema")


class Trusted(SchemaExtension):
    """Holds residents, and whoever is signed out, to the trusted documents; partners never."""

    def on_validate(self) -> Iterator[None]:
        """Before validation: what is refused need not be valid."""
        context = self.execution_context.context
        mode = context.policy.documents
        is_refused = self.execution_context.pre_execution_errors is not None
        is_bound = not is_refused and mode is not Documents.OFF and context.viewer.token_id is None
        if is_bound and not context.caller.is_trusted:
            if mode is Documents.ENFORCE:
                self.execution_context.pre_execution_errors = [refusal(Code.DOCUMENT_NOT_TRUSTED)]
            else:
                log.warning("a document that is not trusted", sha256=self._hash())
        yield

    def _hash(self) -> str:
        return hashlib.sha256((self.execution_context.query or "").encode()).hexdigest()
