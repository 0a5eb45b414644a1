"""What the packages offer, and what it costs to look at them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.support.checkout import files, place, tree

PACKAGES = [path for path in files("/__init__.py") if any(part.startswith("threebirds_") for part in path.parts)]
HEAVY = {"alembic", "fastapi", "httpx2", "moocore", "numpy", "pydantic", "sqlalchemy", "starlette", "uvicorn", "yaml"}


def dotted(path: Path) -> str:
    first = next(index for index, part in enumerate(path.parts) if part.startswith("threebirds_"))
    return ".".join(path.parts[first:-1])


def defined(path: Path) -> Iterator[str]:
    """The public functions and classes of a package's own file."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


@pytest.mark.parametrize("path", PACKAGES, ids=dotted)
def test_a_package_offers_what_it_says(path: Path) -> None:
    package = import_module(dotted(path))
    offered: list[str] = getattr(package, "__all__", [*defined(path)])
    assert [name for name in offered if not hasattr(package, name)] == []
    assert sorted(set(defined(path)) - set(offered)) == []


def test_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, threebirds_server.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(HEAVY & set(done.stdout.split())) == []


def test_every_strategy_on_offer_can_be_loaded() -> None:
    offered = entry_points(group="threebirds.strategies")
    assert {"conceder", "random"} <= offered.names
    assert [point.name for point in offered if not callable(point.load())] == []


def test_every_package_is_typed() -> None:
    roots = [path for path in PACKAGES if "." not in dotted(path)]
    assert [place(path) for path in roots if not path.with_name("py.typed").exists()] == []
