"""Time, chance, ids and threads come to tables, hub and store as arguments: a simulation can stand in for them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.checkout import ROOT, place, tree

SERVER = ROOT / "server" / "threebirds_server"
RUNNING = sorted([*SERVER.glob("live/**/*.py"), *SERVER.glob("store/**/*.py")])

CHANCE_AND_TIME = {"random", "secrets", "time", "uuid.uuid1", "uuid.uuid4", "datetime.now", "datetime.utcnow"}
THREADS = {"threading", "concurrent", "asyncio.to_thread", "run_in_executor"}
WITH_THREADS = SERVER / "store" / "sqlite.py"


def named(path: Path) -> Iterator[tuple[int, str]]:
    """Each name that a module imports or reaches for, in full and by its first and last part."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                full = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names):
                full = [f"{module}.{alias.name}" for alias in names]
            case ast.Attribute():
                full = [ast.unparse(node)]
            case _:
                continue
        yield from ((node.lineno, part) for name in full for part in spellings(name))


def spellings(name: str) -> set[str]:
    parts = name.split(".")
    return {parts[0], parts[-1], ".".join(parts[-2:])}


def offences(path: Path, banned: set[str]) -> list[str]:
    return [f"{place(path, line)}: {name}" for line, name in sorted(named(path)) if name in banned]


def test_there_are_modules_to_look_at() -> None:
    assert {"table.py", "hub.py", "committer.py"} <= {path.name for path in RUNNING}


def test_running_tables_take_time_and_chance_as_arguments() -> None:
    assert [it for path in RUNNING for it in offences(path, CHANCE_AND_TIME)] == []


def test_only_the_writer_of_sqlite_has_threads() -> None:
    assert [it for path in RUNNING if path != WITH_THREADS for it in offences(path, THREADS)] == []


@pytest.mark.parametrize(
    ("code", "banned"),
    [
        ("import time", "time"),
        ("from uuid import uuid4", "uuid.uuid4"),
        ("import asyncio\nasyncio.to_thread(work)", "asyncio.to_thread"),
        ("import datetime\ndatetime.datetime.now()", "datetime.now"),
        ("loop.run_in_executor(None, work)", "run_in_executor"),
    ],
)
def test_reaching_for_the_world_is_noticed(tmp_path: Path, code: str, banned: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(code)
    assert banned in {name for _, name in named(module)}
