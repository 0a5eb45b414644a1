"""What both engines offer: one unit of work in one transaction, written or read."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.store.errors import is_outage

Result = TypeVar("Result")
Work = Callable[[Connection], Result]


class Database(Protocol):
    """Work runs once at most, perhaps in another thread; it must not keep the connection."""

    async def write(self, work: Work[Result], /) -> Result:
        """Commit what `work` did, or nothing of it. Raise `StoreUnavailableError`: then it may or may not be done."""
        ...

    async def read(self, work: Work[Result], /) -> Result:
        """Let `work` see one moment of the database. Raise `StoreUnavailableError`."""
        ...

    async def scrub(self) -> None:
        """Leave nothing in the files of what was overwritten or deleted. Raise `StoreUnavailableError`."""
        ...

    async def close(self) -> None: ...


@contextmanager
def outages() -> Generator[None]:
    """Tell an outage of the database from a fault in what it was asked, which goes on unchanged."""
    try:
        yield
    except Exception as error:
        if is_outage(error):
            raise StoreUnavailableError("The database cannot be reached or cannot write.") from error
        raise
