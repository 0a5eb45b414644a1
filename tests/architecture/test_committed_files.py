"""What is committed works anywhere: it names no machine and no package index."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.checkout import ROOT, files, place

INDEXES = r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|yarnpkg[.]com|debian[.]org"
MACHINES = r"(?<![\w.])/(work|root)/"
LOCKS = sorted(ROOT.glob("requirements/*.lock"))
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        return enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    except UnicodeDecodeError:
        return iter(())


@pytest.mark.parametrize("pattern", [INDEXES, MACHINES])
def test_no_file_names_a_machine_or_an_index(pattern: str) -> None:
    named = re.compile(pattern)
    assert [place(path, number) for path in files() for number, line in lines(path) if named.search(line)] == []


def test_locks_name_no_addresses() -> None:
    assert [path.name for path in LOCKS if "://" in path.read_text()] == []
    assert '"resolved"' not in (ROOT / "client" / "web" / "package-lock.json").read_text()


def test_the_locks_hold_what_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        *(it for extra in project["project"]["optional-dependencies"].values() for it in extra),
        *(it for group in project["dependency-groups"].values() for it in group if isinstance(it, str)),
    ]
    pinned = [pair for path in LOCKS for pair in PINNED.findall(path.read_text())]
    assert [it for it in asked if not satisfied(Requirement(it), pinned)] == []


def satisfied(asked: Requirement, pinned: list[tuple[str, str]]) -> bool:
    versions = [version for name, version in pinned if canonicalize_name(name) == canonicalize_name(asked.name)]
    return bool(versions) and all(version in asked.specifier for version in versions)
