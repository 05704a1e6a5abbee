"""Documents that were found valid are remembered: clients send the same ones again and again."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, specified_rules, validate
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.code import Code
from schema.latest import Latest

DOCUMENTS = 256
LONGEST = 4_096
# more would help nobody, and each may take a search for a better name
MOST_ERRORS = 10
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


VALID: Latest[DocumentNode] = Latest(DOCUMENTS)


class Remembered(SchemaExtension):
    """Neither parses nor validates a document again. What depends on its variables comes before."""

    is_known = False

    def on_parse(self) -> Iterator[None]:
        """Take the document if it is remembered."""
        context = self.execution_context
        document = VALID.find(context.query or "")
        if document is not None:
            context.graphql_document, self.is_known = document, True
        yield

    def on_validate(self) -> Iterator[None]:
        """Validate what is not remembered and not refused yet; remember what has no faults.

        It is done here because Strawberry would look for names like the misspelt ones, which takes
        long, whether they are told or not.
        """
        context = self.execution_context
        document = context.graphql_document
        if context.pre_execution_errors is None and document is not None:
            context.pre_execution_errors = [] if self.is_known else self._faults(document)
            text = context.query or ""
            is_new = not self.is_known and not context.pre_execution_errors
            if is_new and len(text) <= LONGEST:
                VALID.keep(text, document)
        yield

    def _faults(self, document: DocumentNode) -> list[GraphQLError]:
        context = self.execution_context
        faults = validate(
            context.schema._schema,
            document,
            RULES,
            MOST_ERRORS,
            hide_suggestions=not context.context.policy.suggestions,
        )
        for each in faults:
            each.extensions = {"code": Code.INVALID_DOCUMENT.value}
        return faults
