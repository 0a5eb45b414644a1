"""What all tests share."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.support.services", "tests.support.long_runs", "tests.support.folders"]

# A busy machine is no failure; and what fails for one examiner fails for the next.
settings.register_profile("threebirds", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("threebirds")

ENOUGH_S = 60


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that shares its disk with other tests is not refused for being slow; who tests that sets less."""
    for module in ("table", "bustle"):
        monkeypatch.setattr(f"threebirds_server.live.{module}.ANSWER_WITHIN_S", ENOUGH_S)
