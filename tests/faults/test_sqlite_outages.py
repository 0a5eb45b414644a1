"""F5, F6: another process holds SQLite's lock; the disk is full. Nothing is half done, and service comes back."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import Running, running, two_desks
from tests.support.long_runs import Counts
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.records import Records, open_records
from threebirds_server.store import sqlite

FILE = "threebirds.db"
SAID = {"channel": "plenary", "text": "Once."}
LONG = "A word that takes room. " * 150
HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
BUSY_MS = 100
FULL_AFTER_PAGES = 8
NEVER_FULL = 2**30


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The writer's transactions. It waits for a lock no longer than a test can wait for it."""
    transactions: list[object] = []

    def hurried(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    def impatient(path: Path, make: Callable[[Path], Engine] = sqlite.writing_engine) -> Engine:
        engine = make(path)
        event.listen(engine, "connect", hurried)
        event.listen(engine, "begin", transactions.append, insert=True)
        return engine

    monkeypatch.setattr(sqlite, "writing_engine", impatient)
    return transactions


@asynccontextmanager
async def lock_held(file: Path) -> AsyncGenerator[None]:
    """Another process is about to write and does not get to it."""
    pipe = asyncio.subprocess.PIPE
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLDER, str(file), stdin=pipe, stdout=pipe)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        await holder.communicate(b"")


@asynccontextmanager
async def house_and_records(data: Path) -> AsyncGenerator[tuple[Running, Records]]:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{data / FILE}", clock, ids)
    async with running(data, clock=clock, ids=ids, store=records) as house:
        yield house, records


async def test_while_another_process_holds_the_lock_everybody_is_told_so_and_goes_on_after_it(
    tmp_path: Path, begun: list[object], counts: Counts
) -> None:
    async with house_and_records(tmp_path) as (house, _):
        mine, theirs = await two_desks(house)
        cids = [mine.cid() for _ in range(5)]
        async with lock_held(tmp_path / FILE):
            refused = [await mine.act("say", cid=cid, action=SAID) for cid in cids]
            view = await theirs.act("pass", dry=True)
        done = [await mine.act("say", cid=cid, action=SAID) for cid in cids]
        await theirs.until(done[-1]["n"])
    counts(refused=len(refused), done_afterwards=len(done))
    assert {(reply["error"]["code"], reply["error"]["retry"]) for reply in refused} == {("busy", "same_cid")}
    assert begun
    assert view["ok"], "who asks for nothing that is written is answered meanwhile"
    assert all(reply["ok"] and not reply.get("dup") for reply in done)
    assert [event["kind"] for event in theirs.events].count("said") == len(cids)


async def test_a_whole_queue_of_writers_is_told_at_once_that_nobody_can_write(
    tmp_path: Path, begun: list[object]
) -> None:
    """Each waiting its own time for the lock, the last of a class of thirty would be answered after a minute."""
    async with house_and_records(tmp_path) as (house, records):
        await two_desks(house)
        async with lock_held(tmp_path / FILE):
            begun.clear()
            waiting = [records.database.write(lambda _: None) for _ in range(30)]
            refused = await asyncio.gather(*waiting, return_exceptions=True)
            tried = len(begun)
        await records.database.write(lambda _: None)
    assert {type(one) for one in refused} == {StoreUnavailableError}
    assert tried <= 2


async def test_a_full_disk_keeps_all_that_was_acknowledged_and_service_resumes_when_there_is_room(
    tmp_path: Path, counts: Counts
) -> None:
    async with house_and_records(tmp_path) as (house, records):
        mine, theirs = await two_desks(house)
        await limit_pages(records, more=FULL_AFTER_PAGES)
        acknowledged: list[str] = []
        refused: list[str] = []
        while len(refused) < 3:
            cid = mine.cid()
            reply = await mine.act("say", cid=cid, action={"channel": "plenary", "text": LONG})
            (acknowledged if reply["ok"] else refused).append(cid)
            assert reply["ok"] or reply["error"]["code"] == "busy", reply
        kept = {one.cid for one in (await records.events.look(mine.table)).recorded}
        full = (await house.guest().http.get("/readyz")).status_code
        await limit_pages(records, more=NEVER_FULL)
        room = (await house.guest().http.get("/readyz")).status_code
        for cid in refused:
            assert (await mine.act("say", cid=cid, action={"channel": "plenary", "text": LONG}))["ok"]
        await theirs.until(mine.n)
    counts(acknowledged=len(acknowledged), refused=len(refused))
    assert acknowledged
    assert (full, room) == (503, 200)
    assert kept.issuperset(acknowledged)
    assert kept.isdisjoint(refused)
    assert integrity(tmp_path / FILE) == "ok"


async def limit_pages(records: Records, *, more: int) -> None:
    """Let the file grow by so many pages and no further, as a disk does that is almost full."""
    await records.database.write(
        lambda connection: connection.exec_driver_sql(
            f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar_one() + more}"
        )
    )


def integrity(file: Path) -> str:
    with sqlite3.connect(file) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return said
