"""A SQLite file that is only looked at: beside a running server, or when there is none."""

from pathlib import Path

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.store.database import Result, Work, outages
from threebirds_server.store.sqlite import reading_engine, usable


class LookedAt:
    """Takes no lock and writes nothing. Work is done in the caller's own thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = reading_engine(path)

    async def write(self, work: Work[Result], /) -> Result:  # noqa: ARG002  # as every `Database` has it
        raise StoreUnavailableError("This database is only looked at.")

    async def read(self, work: Work[Result], /) -> Result:
        with outages(), usable(self._path), self._engine.begin() as connection:
            return work(connection)

    async def scrub(self) -> None:
        raise StoreUnavailableError("This database is only looked at.")

    async def close(self) -> None:
        self._engine.dispose()
