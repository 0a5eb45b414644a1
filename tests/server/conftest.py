"""What all tests of the server share."""

import pytest
import structlog

from threebirds_server.logs import set_up_logs


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """As an operator has them: without the local variables of a traceback."""
    set_up_logs("warning")
    structlog.contextvars.clear_contextvars()
