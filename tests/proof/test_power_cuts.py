"""Below the process: when an acknowledgement leaves, the log is on the disk; whatever a power cut leaves has it all."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.foundry import UNHARMED, foundry
from tests.support.killing import FREE
from tests.support.long_runs import Counts, Figure
from tests.support.players import Class, Player, at_play
from tests.support.postgres import PostgresServer
from tests.support.power_cuts import Cut, cuts
from tests.support.sabotage import Sabotage
from tests.support.stores import opened_store
from tests.support.tracing import HEAD, WHOLE, calls, in_order, traced

pytestmark = [pytest.mark.long, pytest.mark.needs("strace", "strace"), pytest.mark.timeout(14_400)]

ACKS = 200
SEED = "the power goes"
LAX = Sabotage(mistake="does not sync")
TIDY = Sabotage(mistake="checkpoints often")
DATABASE = ("threebirds.db", "threebirds.db-wal")


async def watched(
    data: Path, trace: Path, postgres: PostgresServer | None = None, *, sabotage: Sabotage, kept: int, **settings: Any
) -> tuple[Player, dict[str, bytes]]:
    """One player who does one thing after the other, and what lay in the files of SQLite when the watching began."""
    async with foundry(data=str(data), **FREE, **settings) as server, AsyncExitStack() as browsers:
        await server.start(sabotage)
        player = (await Class(server, browsers).players(1))[0]
        player.at_once = 1
        enough = asyncio.Event()
        player.heard = lambda: len(player.acknowledged) >= ACKS and enough.set()
        files = {str(data / name): (data / name).read_bytes() for name in DATABASE if (data / name).exists()}
        pids = [server.pid, *(postgres.pids if postgres else ())]
        async with traced(pids, trace, kept=kept), at_play([player]):
            await enough.wait()
    return player, files


@pytest.mark.parametrize(("sabotage", "lax"), [(UNHARMED, False), (LAX, True)])
async def test_on_sqlite_no_acknowledgement_leaves_before_the_log_is_synced(
    tmp_path: Path, counts: Counts, sabotage: Sabotage, *, lax: bool
) -> None:
    """With `synchronous=NORMAL` nearly every one of them does: the same look finds it."""
    await watched(tmp_path, tmp_path / "trace", sabotage=sabotage, kept=HEAD)
    order = in_order(calls(tmp_path / "trace"), "threebirds.db-wal")
    counts(**order._asdict())
    assert order.acks >= ACKS
    assert order.violations >= ACKS - 20 if lax else order.violations == 0


@pytest.mark.parametrize("synchronous", ["on", "off"])
async def test_on_postgresql_no_acknowledgement_leaves_before_the_log_is_synced(
    durable_postgres: PostgresServer, tmp_path: Path, counts: Counts, synchronous: str
) -> None:
    url = durable_postgres.url.render_as_string(hide_password=False)
    sabotage = LAX if synchronous == "off" else UNHARMED
    await watched(tmp_path, tmp_path / "trace", durable_postgres, sabotage=sabotage, kept=HEAD, database_url=url)
    order = in_order(calls(tmp_path / "trace"), "/pg_wal/")
    counts(**order._asdict())
    assert order.acks >= ACKS
    assert order.violations >= ACKS - 20 if synchronous == "off" else order.violations == 0


@pytest.mark.parametrize(("sabotage", "lax"), [(TIDY, False), (LAX, True)])
async def test_whatever_a_power_cut_leaves_has_all_that_was_acknowledged(
    tmp_path: Path, figure: Figure, counts: Counts, sabotage: Sabotage, *, lax: bool
) -> None:
    """Checkpoints are made often, so that the cuts fall into some. Without syncs there are losses to be found."""
    data = tmp_path / "data"
    player, files = await watched(data, tmp_path / "trace", sabotage=sabotage, kept=WHOLE)
    seen = list(calls(tmp_path / "trace"))
    found = Counter[str]()
    for number, cut in enumerate(cuts(files, seen, figure(300, 300 if lax else 10_000), SEED)):
        found += await judged(tmp_path / f"cut {number % 8}", cut, player)
    counts(acknowledged=len(player.acknowledged), calls=len(seen), **found, seed=repr(SEED))
    assert found["images"] >= 300
    assert found["acknowledgements looked for"] > found["images"]
    assert found["damaged"] == 0
    assert bool(found["lost"]) is lax


async def judged(folder: Path, cut: Cut, player: Player) -> Counter[str]:
    lay(folder, cut.files)
    whole = integrity(folder / "threebirds.db")
    there = await kept(folder / "threebirds.db", player.table) if whole else set[str | None]()
    wanted = [player.sent[number - 1] for number in cut.acknowledged]
    return Counter(
        {
            "images": 1,
            "acknowledgements looked for": len(wanted),
            "damaged": not whole,
            "lost": lost(wanted, there),
        }
    )


def lay(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def lost(wanted: Sequence[str], there: set[str | None]) -> int:
    return sum(cid not in there for cid in wanted)


def integrity(path: Path) -> bool:
    with sqlite3.connect(path) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    return found == ("ok",)


async def kept(path: Path, table: str) -> set[str | None]:
    """The ids of the actions in the log, which has to be dense and to hang together."""
    async with opened_store(f"sqlite:///{path}") as store:
        look = await store.look(table)
    assert [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))
    return {one.cid for one in look.recorded}
