"""The store of the simulation keeps the contract of the real ones: their own tests are run on it."""

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.server.store import (
    test_committer,
    test_folds,
    test_logs,
    test_lost_answers,
    test_sessions,
    test_signs_of_life,
)
from tests.simulation.memory import Memory, MemoryEvents, MemorySessions, MemorySignsOfLife, Still
from tests.support.clock import CountingIds, FakeClock

NOT_OF_THE_CONTRACT = {"url", "database"}
"""Tests that ask for these look below it."""


@pytest.fixture
def disk() -> Still:
    return Still(Memory())


@pytest.fixture
def store(disk: Still) -> MemoryEvents:
    return MemoryEvents(disk)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sessions(disk: Still, clock: FakeClock) -> MemorySessions:
    return MemorySessions(disk, clock, CountingIds())


@pytest.fixture
def life(disk: Still) -> MemorySignsOfLife:
    return MemorySignsOfLife(disk)


joined_tables = test_sessions.joined_tables
troubled = test_committer.troubled
committer = test_committer.committer


def contract(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, test in vars(module).items():
        if name.startswith("test_") and not NOT_OF_THE_CONTRACT & inspect.signature(test).parameters.keys():
            yield name, test


MODULES = (test_committer, test_folds, test_logs, test_lost_answers, test_sessions, test_signs_of_life)
CONTRACT = {name: test for module in MODULES for name, test in contract(module)}
globals().update(CONTRACT)


def test_the_contract_is_there() -> None:
    assert len(CONTRACT) > 40
