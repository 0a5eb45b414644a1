"""A process that is killed at any moment has lost nothing of what it said was committed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from sqlalchemy import text

from tests.support.endless_appender import CUT, ENDED, TABLES
from tests.support.stores import create, opened_store, texts
from threebirds_migrations import upgrade
from threebirds_server.store.opening import open_database

KILLS = 20
ROOT = Path(__file__).parents[3]

Acknowledged = tuple[str, int, str]


@contextmanager
def appending(url: str) -> Generator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.support.endless_appender", url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def acknowledged_before_the_kill(process: "subprocess.Popen[str]", run: int) -> list[Acknowledged]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{run}\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    lines = [process.stdout.readline() for _ in range(1 + run * 3)]
    os.kill(child, signal.SIGKILL)
    # What is still in the pipe was said before the kill.
    lines += takewhile(lambda line: line != f"{ENDED}\n", process.stdout)
    return [(table, int(head), cid) for table, head, cid in (line.split() for line in lines if CUT not in line)]


async def prepare(url: str) -> None:
    async with opened_store(url) as store:
        await create(store, *TABLES)


async def lost(url: str, acknowledged: list[Acknowledged]) -> list[Acknowledged]:
    """Those that are not in the log at their place, or whose answer is gone. The logs have to be dense."""
    async with opened_store(url) as store:
        logs = {table: await texts(store, table) for table in TABLES}
        looks = [await store.look(table, head, cid=cid) for table, head, cid in acknowledged]
    return [
        one
        for one, look in zip(acknowledged, looks, strict=True)
        if logs[one[0]][one[1] - 2] != one[2] or look.answer is None
    ]


async def integrity(url: str) -> object:
    database = open_database(url)
    found = await database.write(lambda connection: connection.scalar(text("PRAGMA integrity_check")))
    await database.close()
    return found


def test_nothing_acknowledged_is_lost_in_twenty_kills(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    asyncio.run(prepare(sqlite_url))
    acknowledged: list[Acknowledged] = []
    with appending(sqlite_url) as process:
        for run in range(KILLS):
            acknowledged += acknowledged_before_the_kill(process, run)
    assert asyncio.run(lost(sqlite_url, acknowledged)) == []
    assert len(acknowledged) > KILLS * 20
    assert asyncio.run(integrity(sqlite_url)) == "ok"
