"""What all tests of the server share."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import structlog

from tests.support.clock import FakeClock
from tests.support.houses import Running, running
from threebirds_server.logs import set_up_logs


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """As an operator has them: without the local variables of a traceback."""
    set_up_logs("warning")
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def house(tmp_path: Path, clock: FakeClock) -> AsyncGenerator[Running]:
    async with running(tmp_path, clock=clock) as house:
        yield house
