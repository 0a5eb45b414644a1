"""A server that is killed hundreds of times in the middle of things: what it acknowledged is there, and there once."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from tests.support.foundry import UNHARMED, Foundry, foundry
from tests.support.long_runs import Counts, Figure
from tests.support.players import Class, Player
from tests.support.reckoning import Reckoning, reckon
from tests.support.sabotage import Point, Sabotage
from threebirds_rules.chance import draw

SEED = "19 November 2010"
TABLES = 2
KILLS_A_SEASON = 40
"""After so many the players go on at new tables: long logs would be read again and again."""
ALIVE_MS = 300
REACHED_WITHIN_S = 10
HITS_A_POINT = 10
POINTS: tuple[Point, ...] = tuple(point for point in get_args(Point) if "clock" not in point)
FREE = {"port": 0, "actions_per_minute": 1_000_000}


@asynccontextmanager
async def season(server: Foundry, room: Class) -> AsyncGenerator[list[Player]]:
    """New tables whose players play; at the end they finish what they have begun."""
    players = await room.players(TABLES)
    playing = [asyncio.create_task(player.play()) for player in players]
    yield players
    for player in players:
        player.enough = True
    await asyncio.gather(*playing)


class Hits:
    """Ends servers, and starts the next one as `always`."""

    def __init__(self, always: Sabotage = UNHARMED) -> None:
        self.at: Counter[str] = Counter()
        self.always = always

    @property
    def kills(self) -> int:
        return self.at.total()

    async def at_any_moment(self, server: Foundry, players: Sequence[Player]) -> None:
        """Every second time only after somebody was answered: else many would die while their clients come back."""
        if self.kills % 2:
            await first_answer(players)
        await asyncio.sleep(draw(SEED, "instant", self.kills) % (ALIVE_MS * 1_000) / 1e6)
        await server.kill()
        self.at["any moment"] += 1
        await server.start(self.always)

    async def at_a_point(self, server: Foundry, point: Point) -> None:
        """Start a server that will die there; its clients bring it to its end."""
        await server.kill()
        await server.start(replace(self.always, point=point, at=1 + draw(SEED, "at", self.kills) % 10))
        async with asyncio.timeout(REACHED_WITHIN_S):
            await server.ended()
        self.at[point] += 1
        await server.start(self.always)


async def first_answer(players: Sequence[Player]) -> None:
    heard = asyncio.Event()
    for player in players:
        player.heard = heard.set
    await heard.wait()


async def killed(
    settings: dict[str, Any], plan: list[Point | None], *, always: Sabotage = UNHARMED
) -> tuple[Hits, list[Player]]:
    """Kill a server by the plan, None being any moment, while clients play."""
    hits = Hits(always)
    everybody: list[Player] = []
    async with foundry(**settings) as server, AsyncExitStack() as browsers:
        await server.start(always)
        room = Class(server, browsers)
        for first in range(0, len(plan), KILLS_A_SEASON):
            async with season(server, room) as players:
                for point in plan[first : first + KILLS_A_SEASON]:
                    await (hits.at_a_point(server, point) if point else hits.at_any_moment(server, players))
            everybody += players
    return hits, everybody


def planned(kills: int) -> list[Point | None]:
    """Some at every point, and most of them at any moment; mixed, so that every season has both."""
    pointed: list[Point | None] = [point for point in POINTS for _ in range(max(1, kills * HITS_A_POINT // 200))]
    every, points = max(1, kills // len(pointed)), iter(pointed)
    return [next(points, None) if at % every == 0 else None for at in range(kills)]


@pytest.mark.timeout(14_400)
async def test_kills_lose_nothing_that_was_acknowledged_and_do_nothing_twice(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    kills = figure(200, 5_000)
    hits, players = await killed({"data": str(tmp_path), **FREE}, planned(kills))
    found = await reckon(f"sqlite:///{tmp_path / 'threebirds.db'}", players)
    told(counts, hits, found)
    assert found.faults == {}
    assert hits.kills == kills
    assert set(hits.at) == {"any moment", *POINTS}
    assert found.acknowledged > kills * 5


@pytest.mark.timeout(600)
async def test_a_server_that_answers_before_it_commits_is_caught_within_sixty_kills(
    tmp_path: Path, counts: Counts
) -> None:
    """Or else the test above would pass whatever the server does."""
    hasty = Sabotage(mistake="answers before it commits")
    hits, players = await killed({"data": str(tmp_path), **FREE}, [None] * 60, always=hasty)
    found = await reckon(f"sqlite:///{tmp_path / 'threebirds.db'}", players)
    told(counts, hits, found)
    assert found.lost


def told(counts: Counts, hits: Hits, found: Reckoning) -> None:
    counts(
        kills=hits.kills,
        acknowledged=found.acknowledged,
        events=found.events,
        snapshots=found.snapshots,
        **{name: len(getattr(found, name)) for name in ("lost", "twice", "gaps", "strayed", "damaged")},
        seed=repr(SEED),
    )
    counts(**{f"at {name}": number for name, number in sorted(hits.at.items())})
