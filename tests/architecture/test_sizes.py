"""Nothing is too long to read in one go, and no name says nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.checkout import ROOT, files, place, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
SAYING_NOTHING = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    return [path for path in files(".py", ".ts", ".svelte") if "generated" not in path.parts]


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of the function without its decorators and docstring."""
    body = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (body.end_lineno or body.lineno) - body.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def test_no_file_is_too_long() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST_FILE] == []


def test_no_function_is_too_long() -> None:
    found = [(path, function) for path in files(".py") for function in functions(path)]
    assert [place(path, it.lineno) for path, it in found if length(it) > LONGEST_FUNCTION] == []


def test_no_name_says_nothing() -> None:
    words = {
        path: {*path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "_").split("_")} for path in sources()
    }
    assert [place(path) for path in words if words[path] & SAYING_NOTHING] == []
