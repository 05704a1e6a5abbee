"""Documents that were found valid are remembered: clients send the same ones again and again."""

from collections import OrderedDict
from collections.abc import Iterator

from graphql import DocumentNode
from strawberry.extensions import SchemaExtension

DOCUMENTS = 256
LONGEST = 4_096


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
        """Say that a remembered document has no faults; remember one that has none."""
        context = self.execution_context
        if self.is_known and context.pre_execution_errors is None:
            context.pre_execution_errors = []
        yield
        if not self.is_known and not context.pre_execution_errors and context.graphql_document:
            VALID.remember(context.query or "", context.graphql_document)
