"""A process that is killed at any moment has lost nothing of what it said was committed."""

import asyncio
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from tests.support.endless_appender import TABLES
from tests.support.stores import create, opened_store, texts
from threebirds_migrations import upgrade
from threebirds_server.store.opening import open_database

KILLS = 20
ROOT = Path(__file__).parents[3]

Acknowledged = tuple[str, int, str]


def acknowledged_before_the_kill(url: str, run: int) -> list[Acknowledged]:
    command = [sys.executable, "-m", "tests.support.endless_appender", url, str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(1 + run * 3)]
        child.kill()
        # What is still in the pipe was said before the kill, except for a line that was cut off.
        lines += child.stdout.read().splitlines(keepends=True)
    return [(table, int(head), cid) for table, head, cid in (line.split() for line in lines if line.endswith("\n"))]


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
    for run in range(KILLS):
        acknowledged += acknowledged_before_the_kill(sqlite_url, run)
    assert asyncio.run(lost(sqlite_url, acknowledged)) == []
    assert len(acknowledged) > KILLS * 20
    assert asyncio.run(integrity(sqlite_url)) == "ok"
