"""A server that is killed hundreds of times in the middle of things: what it acknowledged is there, and there once."""

import asyncio
from pathlib import Path

import pytest

from tests.support.killing import ANY, FREE, POINTS, Target, killed, planned, tell
from tests.support.long_runs import Counts, Figure
from tests.support.postgres import PostgresServer
from tests.support.reckoning import reckon
from tests.support.sabotage import Sabotage

NIGHT_S = 14_400
LOOKED_AT = ("C1 dense", "C2 once", "C3 no ghosts", "C4 one outcome", "C5 no gap", "C6 same bytes", "C7 real time")


@pytest.mark.at_most(600, NIGHT_S)
async def test_kills_lose_nothing_that_was_acknowledged_and_do_nothing_twice(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    kills = figure(200, 5_000)
    hits, players = await killed({"data": str(tmp_path), **FREE}, planned(kills))
    found = await reckon(f"sqlite:///{tmp_path / 'threebirds.db'}", players)
    tell(counts, hits, found)
    assert found.faults == {}
    assert hits.kills == kills
    assert set(hits.at) == {ANY, *POINTS}
    assert all(found.looked_at[check] for check in LOOKED_AT)
    assert found.acknowledged > kills * 5


@pytest.mark.at_most(600, NIGHT_S)
async def test_on_postgresql_neither_the_server_nor_the_database_loses_anything_by_being_killed(
    durable_postgres: PostgresServer, tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    """The database is stopped as in a crash, and the server lives through it without anybody's help."""
    url = durable_postgres.url.render_as_string(hide_password=False)

    async def crash() -> None:
        await asyncio.to_thread(durable_postgres.stop, "immediate")
        await asyncio.to_thread(durable_postgres.start)

    kills, crashes = figure(14, 500), figure(4, 100)
    plan: list[Target] = planned(kills)
    for number in range(crashes):
        plan.insert(number * len(plan) // crashes, crash)
    hits, players = await killed({"data": str(tmp_path), "database_url": url, **FREE}, plan)
    found = await reckon(url, players)
    tell(counts, hits, found)
    counts(told_to_try_again=sum(len(player.refused) for player in players))
    assert found.faults == {}
    assert hits.kills == kills + crashes
    assert set(hits.at) >= {"the database", *POINTS}
    assert found.acknowledged > hits.kills


@pytest.mark.at_most(300, 600)
async def test_a_server_that_answers_before_it_commits_is_caught_within_sixty_kills(
    tmp_path: Path, counts: Counts
) -> None:
    """Or else the tests above would pass whatever the server does."""
    hasty = Sabotage(mistake="answers before it commits")
    for part in ("first", "second", "third"):
        hits, players = await killed({"data": str(tmp_path / part), **FREE}, [None] * 20, always=hasty)
        found = await reckon(f"sqlite:///{tmp_path / part / 'threebirds.db'}", players)
        tell(counts, hits, found)
        if found.lost:
            break
    assert found.lost
    assert found.broken
