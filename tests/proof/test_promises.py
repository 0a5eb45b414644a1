"""The table of promises in the server's README names tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.checkout import ROOT

ROW = re.compile(r"^\| (P\d+) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
TABLE = (ROOT / "server" / "README.md").read_text(encoding="utf-8")
ROWS = {found[1]: found[2].split("|") for found in ROW.finditer(TABLE)}


def test_all_eighteen_promises_are_there() -> None:
    assert list(ROWS) == [f"P{number}" for number in range(1, 19)]


@pytest.mark.parametrize("promise", ROWS)
def test_a_promise_names_tests_that_are_there_or_says_why_there_are_none(promise: str) -> None:
    _, shown_by, not_shown = ROWS[promise]
    named = NAMED.findall(shown_by)
    assert len(named) == shown_by.count("`") // 2
    assert named or not_shown.strip()
    assert [f"{path}::{name}" for path, name in named if name not in functions_of(path)] == []


@cache
def functions_of(path: str) -> set[str]:
    there: Path = ROOT / "tests" / path
    if not there.exists():
        return set()
    found = ast.walk(ast.parse(there.read_text(encoding="utf-8")))
    return {node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
