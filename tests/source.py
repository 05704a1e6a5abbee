"""The files of this project as the architecture tests read them: texts, and syntax trees."""

import ast
import functools
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = ("server", "schema", "resolvers", "realtime", "auth", "models")
FOLDERS = (*FLOORS, "tests", "bench", "docs", "requirements", "deploy", ".ci")
GENERATED = frozenset({"models/migrations/0001_initial.py"})
TEXTS = frozenset(
    {*("", ".py", ".md", ".toml", ".txt", ".yml", ".yaml"), *(".graphql", ".js", ".css", ".html")}
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `path` is relative to the root, with forward slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The first folder of the path."""
        return self.path.split("/")[0]

    def functions(self) -> Iterator[Function]:
        """Every function of the file, inner ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@functools.cache
def paths() -> list[Path]:
    """Every text file we wrote; vendored, generated and local files are left out."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(path for path in [*ROOT.iterdir(), *inside] if path.is_file() and _ours(path))


@functools.cache
def sources() -> list[Source]:
    """Every Python file we wrote."""
    ours = [path for path in paths() if path.suffix == ".py" and name(path) not in GENERATED]
    texts = [(name(path), path.read_text("utf-8")) for path in ours]
    return [Source(path, text, _tree(text)) for path, text in texts]


def _tree(text: str) -> ast.Module:
    """The syntax tree. A collection while parsing can end CPython 3.11 in a SystemError."""
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        gc.enable()


def name(path: Path) -> str:
    """The path relative to the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def body_lines(function: Function) -> int:
    """Lines of the body; the signature and the docstring are not counted."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names and attributes; other parts are empty."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call below the node."""
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def _ours(path: Path) -> bool:
    vendored = (path.parent / "SHA256SUMS").exists() and path.name in (
        path.parent / "SHA256SUMS"
    ).read_text("utf-8")
    local = "__pycache__" in path.parts or path.name in {"LICENSE", ".coverage"}
    return path.suffix in TEXTS and not vendored and not local
