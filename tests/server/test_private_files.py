"""On a machine that several people use, nobody else reads what is kept here."""

import asyncio
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.clock import FakeClock
from tests.support.houses import running, seated_table
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.backup import back_up
from threebirds_server.keeping.restore import restore
from threebirds_server.records import open_records
from threebirds_server.serving import link
from threebirds_server.settings import Settings
from threebirds_server.store.sqlite import reading_engine

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps others out by the folder of the user.")


@pytest.fixture(autouse=True)
def generous() -> Generator[None]:
    """A machine on which everybody may do everything with a new file."""
    before = os.umask(0)
    yield
    os.umask(before)


def for_others(folder: Path) -> dict[str, str]:
    """What anybody but the owner may do something with, the folder itself too, and what."""
    found = [folder, *folder.rglob("*")]
    return {str(path.name): oct(path.stat().st_mode & 0o777) for path in found if path.stat().st_mode & 0o077}


def opened_for_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


async def test_nothing_that_is_kept_can_be_read_by_others(tmp_path: Path) -> None:
    data, backup, said = tmp_path / "new", tmp_path / "backup.db", list[str]()
    settings = Settings(data=data)
    clock, ids = FakeClock(), RandomIds()
    records = await asyncio.to_thread(open_records, settings.database, clock, ids)
    async with running(data, clock=clock, ids=ids, store=records) as house:
        await seated_table(house, "winter", ["SUP"])
        assert link(settings, tell=said.append, warn=pytest.fail) == 0
        assert {"threebirds.db", "threebirds.db-wal", "threebirds.db-shm", "threebirds.db.lock"} <= names(data)
        assert for_others(data) == {}
        assert await asyncio.to_thread(back_up, settings, backup, tell=said.append, warn=pytest.fail) == 0
    assert await asyncio.to_thread(restore, settings, backup, tell=said.append, warn=pytest.fail) == 0
    assert any(".before-" in name for name in names(data))
    assert (for_others(data), for_others(backup)) == ({}, {})


async def test_what_an_earlier_release_let_others_read_is_closed_at_the_start(tmp_path: Path) -> None:
    async with running(tmp_path, ids=RandomIds()) as house:
        await seated_table(house, "winter", ["SUP"])
    database = tmp_path / "threebirds.db"
    # Somebody who looks at it keeps its log there, as a server that was killed leaves it.
    looking = reading_engine(database)
    with looking.connect() as connection:
        connection.execute(text("SELECT * FROM tables"))
        opened_for_all(tmp_path)
        assert "threebirds.db-wal" in for_others(tmp_path)
        async with running(tmp_path, ids=RandomIds()):
            assert for_others(tmp_path) == {tmp_path.name: "0o755"}
    looking.dispose()


async def test_a_folder_that_was_there_before_is_left_to_whom_it_was_made_for(tmp_path: Path) -> None:
    opened_for_all(tmp_path)
    async with running(tmp_path, ids=RandomIds()):
        assert for_others(tmp_path) == {tmp_path.name: "0o755"}
