"""Documents that were found valid are remembered: clients send the same ones again and again."""

from collections import OrderedDict
from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, specified_rules, validate
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.code import Code

DOCUMENTS = 256
LONGEST = 4_096
# more would help nobody, and each may take a search for a better name
MOST_ERRORS = 10
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


class Valid:
    """The last `DOCUMENTS` valid documents of at most `LONGEST` characters, by their text."""

    def __init__(self) -> None:
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()

    def find(self, text: str) -> DocumentNode | None:
        """The document, if it is remembered; it is then the last to be forgotten."""
        document = self._documents.get(text)
        if document is not None:
            self._documents.move_to_end(text)
        return document

    def remember(self, text: str, document: DocumentNode) -> None:
        """Keep a valid document, and forget the one that was not used for longest."""
        if len(text) <= LONGEST:
            self._documents[text] = document
            if len(self._documents) > DOCUMENTS:
                self._documents.popitem(last=False)


VALID = Valid()


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
            if not self.is_known and not context.pre_execution_errors:
                VALID.remember(context.query or "", document)
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
