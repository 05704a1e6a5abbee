"""Documents as people write them: with variables, fragments, directives and other names."""

from typing import Any

from graphql import parse_value, value_from_ast_untyped

from tests.attacks.generate import SDL, Maker

# what fits hardly any variable
WRONG: list[Any] = [None, "x", -1, 1.5, [], {}, [[None]], True]


class Varied(Maker):
    """As `Maker`; what a document is given stands in `variables` once it is made."""

    variables: dict[str, Any]
    _kinds: dict[str, str]
    _fragments: list[str]

    def query(self) -> str:
        """A query that fits the schema."""
        return self._varied(self.random.choice([1, 1, 2]))

    def _varied(self, most: int) -> str:
        self.variables, self._kinds, self._fragments = {}, {}, []
        made = self._operation("query", SDL.query_type, most)
        _name, _, rest = made.partition("{")
        given = ", ".join(f"${name}: {type}" for name, type in self._kinds.items())
        head = f"query Made({given})" if given else "query Made"
        return " ".join([f"{head} {{{rest}", *self._fragments])

    def _selection(self, parent: Any, deep: int) -> str:
        selected = super()._selection(parent, deep)
        drawn = self.random.random()
        if drawn < 0.15:
            name = f"F{len(self._fragments)}"
            self._fragments.append(f"fragment {name} on {parent.name} {{ {selected} }}")
            return f"...{name}"
        if drawn < 0.25:
            return f"... on {parent.name} {{ {selected} }} __typename"
        return f"... {self._condition()} {{ {selected} }} __typename" if drawn < 0.35 else selected

    def _field(self, parent: Any, name: str, deep: int) -> str:
        made = super()._field(parent, name, deep)
        if self.random.random() > 0.1:
            return made
        field, brace, below = made.partition("{")
        # a brace may stand in an argument
        if "(" in field or ":" in field:
            return made
        return f"{field} {self._condition()} {brace}{below}"

    def _condition(self) -> str:
        directive = self.random.choice(["include", "skip"])
        if self.random.random() < 0.3:
            return f"@{directive}(if: {self.random.choice(['true', 'false'])})"
        return f"@{directive}(if: ${self._variable('Boolean!', self.random.random() < 0.5)})"

    def _argument(self, door: str, name: str, kind: Any) -> str | None:
        given = super()._argument(door, name, kind)
        if given is None or self.random.random() < 0.5:
            return given
        value = value_from_ast_untyped(parse_value(given))
        return f"${self._variable(str(kind), value)}"

    def _variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self._kinds)}"
        if self.random.random() < 0.03:
            value = self.random.choice(WRONG)
        self._kinds[name], self.variables[name] = kind, value
        return name
