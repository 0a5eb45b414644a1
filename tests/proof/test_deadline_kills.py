"""A server that is killed just as the clock acts: a phase closes once, and time that was lost is given back once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import get_args

import pytest

from tests.support.clock import CountingIds
from tests.support.foundry import foundry
from tests.support.killing import REACHED_WITHIN_S
from tests.support.long_runs import Counts, Figure
from tests.support.players import Class
from tests.support.sabotage import Point, Sabotage
from threebirds_rules import events as facts
from threebirds_server.clock import SystemClock
from threebirds_server.ports import Look
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

RATE = 60
"""The first phase of `winter` lasts 220 s: less than four here. And the time between two servers is an outage."""
AWAY_MS = 60_000
"""By its own clock a server was away for so long: without that one that starts quickly was hardly away at all."""
PHASES = 3
"""How many phases of a game close by time while we look."""
MOMENTS: tuple[Point, ...] = tuple(point for point in get_args(Point) if "clock" in point)


@pytest.mark.at_most(600, 14_400)
async def test_what_the_clock_does_while_the_server_dies_is_done_once(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    kills = figure(20, 1_000)
    hits: Counter[str] = Counter()
    async with foundry(data=str(tmp_path), port=0) as server, AsyncExitStack() as browsers:
        await server.start()
        tables = {player.table for player in await Class(server, browsers).players(kills // PHASES, extended_s=0)}
        since = SystemClock().now()
        for kill in range(kills):
            moment = MOMENTS[kill % len(MOMENTS)]
            await server.kill()
            if "gives time back" in moment:
                # However soon the next one is up, by its clock it was away.
                since -= AWAY_MS // (RATE - 1)
            await server.start(Sabotage(point=moment, rate=RATE, since=since))
            async with asyncio.timeout(REACHED_WITHIN_S):
                await server.ended()
            hits[moment] += 1
            await server.start(Sabotage(rate=RATE, since=since))
    looks = await logs(tmp_path, sorted(tables))
    closed = [phases(look, facts.PhaseClosed) for look in looks]
    given = [[one.event for one in look.recorded if isinstance(one.event, facts.TimeGivenBack)] for look in looks]
    counts(
        kills=hits.total(), tables=len(tables), closed=sum(map(len, closed)), given_back=sum(map(len, given)), **hits
    )
    for back in given:
        assert len({(one.since, one.until) for one in back}) == len(back)
    for look, its in zip(looks, closed, strict=True):
        assert [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))
        assert its == list(dict.fromkeys(its))
        opened = phases(look, facts.PhaseOpened)
        assert opened == list(dict.fromkeys(opened))
        assert opened[: len(its)] == its
    assert set(hits) == set(MOMENTS)
    assert sum(map(len, closed)) >= kills // len(MOMENTS)
    assert sum(map(len, given)) >= kills // len(MOMENTS)


async def logs(data: Path, tables: Sequence[str]) -> list[Look]:
    database = open_database(f"sqlite:///{data / 'threebirds.db'}")
    store = SqlEventStore(database, CountingIds())
    try:
        return [await store.look(table) for table in tables]
    finally:
        await database.close()


def phases(look: Look, of: type[facts.PhaseClosed | facts.PhaseOpened]) -> list[str]:
    return [str(one.event.phase) for one in look.recorded if isinstance(one.event, of)]
