"""What the server writes into its log during a run: an error there is a fault, unless the store was out of reach."""

import asyncio
import sys
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

from threebirds_server.ports import StoreUnavailableError

ERRORS = frozenset({"error", "critical", "exception"})
EXPECTED = (StoreUnavailableError, asyncio.QueueFull)


class Logbook:
    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, _logger: Any, method: str, entry: MutableMapping[str, Any]) -> Any:
        if method in ERRORS:
            raised = _raised(entry.get("exc_info"))
            if not isinstance(raised, EXPECTED):
                self.faults.append(f"The server logged {entry.get('event')}: {raised!r}")
        raise structlog.DropEvent


def _raised(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case None | False:
            return None
        case _:
            return sys.exc_info()[1]


@contextmanager
def kept() -> Generator[Logbook]:
    """While this is open, logs go nowhere else."""
    before, book = structlog.get_config(), Logbook()
    structlog.configure(processors=[book], wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        yield book
    finally:
        structlog.configure(**before)
