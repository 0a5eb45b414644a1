"""One transaction on either engine for a step that changes the shape of the database, or asks for it."""

import asyncio
from pathlib import Path

from sqlalchemy import URL, NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from threebirds_server.ports import StoreUnavailableError
from threebirds_server.store.database import Result, Work, outages
from threebirds_server.store.errors import DatabaseUnreachableError
from threebirds_server.store.lock import locked
from threebirds_server.store.opening import address
from threebirds_server.store.private import make_private_database
from threebirds_server.store.sqlite import reading_engine, usable, writing_engine

ONE_AT_A_TIME = 0x7B1D5
"""The key of the advisory lock that several servers starting at once wait for. Any number would do."""


def changing(url: str, work: Work[Result]) -> Result:
    """Commit all that `work` does, or nothing of it, while no other server starts or (on SQLite) runs."""
    place = address(url)
    if isinstance(place, Path):
        with locked(place), usable(place):
            make_private_database(place)
            return _in_file(place, work)
    return _on_postgres(place, work, lock=True)


def reading(url: str, work: Work[Result | None]) -> Result | None:
    """What `work` finds; None if there is no such SQLite file."""
    place = address(url)
    if not isinstance(place, Path):
        return _on_postgres(place, work, lock=False)
    if not place.exists():
        return None
    engine = reading_engine(place)
    try:
        with usable(place), engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def _in_file(path: Path, work: Work[Result]) -> Result:
    # SQLite changes a table by making it anew: with foreign keys on, dropping the old one would delete all that
    # refers to it. They are checked at the end instead.
    engine = writing_engine(path, foreign_keys=False)
    try:
        with engine.begin() as connection:
            result = work(connection)
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken:
                raise RuntimeError(f"The migration would leave a row of {broken[0]} that refers to nothing.")
            return result
    finally:
        engine.dispose()


def _on_postgres(url: URL, work: Work[Result], *, lock: bool) -> Result:
    async def run() -> Result:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            if lock:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            return await connection.run_sync(work)

    try:
        with outages():
            return asyncio.run(run())
    except StoreUnavailableError as error:
        raise DatabaseUnreachableError(url.render_as_string(), _reason(error.__cause__)) from error


def _reason(error: BaseException | None) -> str:
    return str(getattr(error, "orig", None) or error).split(">: ")[-1]
