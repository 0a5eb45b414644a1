"""Mistakes that somebody could make, as patches: each has to be noticed.

A patch in `mutants/` begins with a line that says what it does, and one that says by what it is killed: `seeds`, runs
of the simulation, of `sqlite` if that is named too, and only with many of them if it says `slowly`; or the arguments
of a pytest run. It is applied to a copy of the
sources. A patch that no longer applies is as bad as one that is not noticed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.simulation.runs import ROOT, Lane, Sum, finished, paths, started

PATCHES = tuple(sorted((ROOT / "tests" / "simulation" / "mutants").glob("*.patch")))
SOURCES = ("game_rules", "server", "client/python", "migrations", "tests")
KILLED_BY = "Killed by: "
SEEDS, SQLITE, SLOWLY = "seeds", "sqlite", "slowly"
MOST = 300
LANES = 2
GIT = shutil.which("git") or "git"
NOT_COPIED = shutil.ignore_patterns("web", "node_modules", "data", "mutants", "e2e", "*.json", "*.jsonl")


class Mutant(NamedTuple):
    patch: Path

    @property
    def name(self) -> str:
        return self.patch.stem

    @property
    def killer(self) -> list[str]:
        line = self.patch.read_text(encoding="utf-8").splitlines()[1]
        assert line.startswith(KILLED_BY), line
        return line.removeprefix(KILLED_BY).split()

    @property
    def by_seeds(self) -> bool:
        return self.killer[0] == SEEDS

    @property
    def kind(self) -> str:
        return SQLITE if self.by_seeds and SQLITE in self.killer else ""

    @property
    def quick(self) -> bool:
        """Whether a few seeds are enough."""
        return self.by_seeds and SLOWLY not in self.killer


MUTANTS = tuple(Mutant(patch) for patch in PATCHES)


class Verdict(NamedTuple):
    """`why` says what noticed the mutant; None: nothing did."""

    mutant: Mutant
    applied: bool
    why: str | None
    seeds: int = 0


def tried(mutant: Mutant, place: Path) -> Verdict:
    """Make the mistake in a copy of the sources at this place, and see whether it is noticed."""
    copied(place)
    try:
        if not applied(mutant, place):
            return Verdict(mutant, applied=False, why=None)
        return by_seeds(mutant, place) if mutant.by_seeds else by_tests(mutant, place)
    finally:
        shutil.rmtree(place)


def copied(place: Path) -> None:
    """With what was compiled, which spares every mutant a second or two."""
    for source in SOURCES:
        shutil.copytree(ROOT / source, place / source, ignore=NOT_COPIED)
    shutil.copy(ROOT / "pyproject.toml", place)


def applied(mutant: Mutant, place: Path) -> bool:
    """Lines may have moved; what stands around the change may not be another."""
    done = subprocess.run([GIT, "apply", "-C1", str(mutant.patch)], cwd=place, capture_output=True, check=False)
    return done.returncode == 0


def by_seeds(mutant: Mutant, place: Path) -> Verdict:
    total = finished(started(Lane(0, MOST), mutant.kind, tree=place), Sum)
    return Verdict(mutant, applied=True, why="; ".join(total.faults[:1]) or None, seeds=total.seeds)


def by_tests(mutant: Mutant, place: Path) -> Verdict:
    done = ran_tests(mutant.killer, place)
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    return Verdict(mutant, applied=True, why=failed[0] if failed else None)


def ran_tests(arguments: list[str], place: Path) -> "subprocess.CompletedProcess[str]":
    """These tests with the code of a tree. Their order is theirs: what kills today kills tomorrow."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTHONPATH": paths(place)}  # noqa: TID251  # handed on
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
