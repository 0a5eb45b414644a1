"""F9, F11: planned restarts under load lose nothing and bring everybody back; a server that stood still owes time."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import CountingIds
from tests.support.foundry import foundry
from tests.support.long_runs import Counts, Figure
from tests.support.players import Class, answered, at_play
from tests.support.reckoning import reckon
from threebirds_rules import events as facts
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

ANSWERS_BETWEEN = 10
TABLES = 2
FREE: dict[str, Any] = {"port": 0, "actions_per_minute": 1_000_000}
FROZEN_S = 20


@pytest.mark.at_most(300, 1_200)
async def test_planned_restarts_under_load_lose_nothing_and_everybody_comes_back(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    restarts = figure(5, 20)
    codes: list[int] = []
    async with foundry(log=tmp_path / "log", data=str(tmp_path), **FREE) as server, AsyncExitStack() as browsers:
        await server.start()
        players = await Class(server, browsers).players(TABLES)
        async with at_play(players):
            for _ in range(restarts):
                await answered(players, ANSWERS_BETWEEN)
                codes.append(await server.stop())
                await server.start()
            await answered(players, ANSWERS_BETWEEN)
        codes.append(await server.stop())
    found = await reckon(f"sqlite:///{tmp_path / 'threebirds.db'}", players)
    counts(
        restarts=restarts,
        clients=len(players),
        acknowledged=found.acknowledged,
        answered_busy=sum(len(player.refused) for player in players),
        **{name: len(getattr(found, name)) for name in ("lost", "twice", "gaps", "strayed", "damaged")},
    )
    assert found.faults == {}
    assert codes == [0] * (restarts + 1)
    assert found.acknowledged >= restarts * ANSWERS_BETWEEN * len(players)
    assert found.snapshots == len(players), "whoever comes back after a restart goes on where it was"
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.timeout(120)
async def test_a_server_that_stood_still_gives_its_tables_the_time_back(tmp_path: Path, counts: Counts) -> None:
    """What a closed laptop does to it; the same with a clock that can be moved is in the tests of the live tables."""
    async with foundry(data=str(tmp_path), **FREE) as server, AsyncExitStack() as browsers:
        await server.start()
        players = await Class(server, browsers).players(1)
        async with at_play(players):
            await answered(players, ANSWERS_BETWEEN)
            server.strike(signal.SIGSTOP)
            await asyncio.sleep(FROZEN_S)
            server.strike(signal.SIGCONT)
            await answered(players, ANSWERS_BETWEEN)
        assert await server.stop() == 0
    found = await reckon(f"sqlite:///{tmp_path / 'threebirds.db'}", players)
    given = await given_back(tmp_path, players[0].table)
    counts(frozen_s=FROZEN_S, given_back_ms=sum(given), acknowledged=found.acknowledged)
    assert found.faults == {}
    assert len(given) == 1
    assert (FROZEN_S - 5) * 1_000 <= given[0] <= (FROZEN_S + 5) * 1_000


async def given_back(data: Path, table: str) -> list[int]:
    database = open_database(f"sqlite:///{data / 'threebirds.db'}")
    try:
        look = await SqlEventStore(database, CountingIds()).look(table)
    finally:
        await database.close()
    return [one.event.until - one.event.since for one in look.recorded if isinstance(one.event, facts.TimeGivenBack)]
