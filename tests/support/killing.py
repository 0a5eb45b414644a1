"""Ends servers while clients play, by a plan: at any moment, or at a point on the way of an action."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, get_args

from msgspec.structs import replace

from tests.support.foundry import UNHARMED, Foundry, foundry
from tests.support.long_runs import Counts
from tests.support.players import Class, Player, at_play
from tests.support.reckoning import FAULTS, Reckoning
from tests.support.sabotage import Point, Sabotage
from threebirds_rules.chance import draw

SEED = "19 November 2010"
TABLES = 2
KILLS_A_SEASON = 40
"""After so many the players go on at new tables: long logs would be read again and again."""
ALIVE_MS = 300
REACHED_WITHIN_S = 60
HITS_A_POINT = 10
"""Of two hundred kills."""
POINTS: tuple[Point, ...] = tuple(point for point in get_args(Point) if "clock" not in point)
FREE: dict[str, Any] = {"port": 0, "actions_per_minute": 1_000_000}
"""Settings for people who do as much as they can."""
ANY = "any moment"

Strike = Callable[[], Awaitable[object]]
"""Ends something and starts it again."""


@asynccontextmanager
async def season(room: Class, *, only_talk: bool) -> AsyncGenerator[list[Player]]:
    """New tables whose players play; at the end they finish what they have begun."""
    players = await room.players(TABLES)
    for player in players:
        player.only_talks = only_talk
    async with at_play(players):
        yield players


class Hits:
    """Ends a server and starts the next one as `always`."""

    def __init__(self, server: Foundry, always: Sabotage = UNHARMED) -> None:
        self.at: Counter[str] = Counter()
        self._server = server
        self._always = always

    @property
    def kills(self) -> int:
        return self.at.total()

    async def at_any_moment(self, players: Sequence[Player]) -> None:
        await self.moment(players)
        await self._server.kill()
        self.at[ANY] += 1
        await self._server.start(self._always)

    async def moment(self, players: Sequence[Player]) -> None:
        """Every second time only after somebody was answered: else many would die while their clients come back."""
        if self.kills % 2:
            await first_answer(players)
        await asyncio.sleep(draw(SEED, "instant", self.kills) % (ALIVE_MS * 1_000) / 1e6)

    async def at_a_point(self, point: Point) -> None:
        """Start a server that will die there; its clients bring it to its end."""
        await self._server.kill()
        await self._server.start(replace(self._always, point=point, at=1 + draw(SEED, "at", self.kills) % 10))
        async with asyncio.timeout(REACHED_WITHIN_S):
            await self._server.ended()
        self.at[point] += 1
        await self._server.start(self._always)

    async def of_the_database(self, players: Sequence[Player], strike: Strike) -> None:
        """The server lives on."""
        await self.moment(players)
        await strike()
        self.at["the database"] += 1


async def first_answer(players: Sequence[Player]) -> None:
    heard = asyncio.Event()
    for player in players:
        player.heard = heard.set
    await heard.wait()


Target = Point | Strike | None
"""Where to end a server, or what else to end; None: a server at any moment."""


async def killed(
    settings: dict[str, Any], plan: Sequence[Target], *, always: Sabotage = UNHARMED
) -> tuple[Hits, list[Player]]:
    """Go by the plan while clients play, and return when they have the last of their answers."""
    everybody: list[Player] = []
    only_talk = any(callable(target) for target in plan)
    async with foundry(**settings) as server, AsyncExitStack() as browsers:
        hits = Hits(server, always)
        await server.start(always)
        room = Class(server, browsers)
        for first in range(0, len(plan), KILLS_A_SEASON):
            async with season(room, only_talk=only_talk) as players:
                for target in plan[first : first + KILLS_A_SEASON]:
                    await hit(hits, players, target)
            everybody += players
    return hits, everybody


async def hit(hits: Hits, players: Sequence[Player], target: Target) -> None:
    if target is None:
        await hits.at_any_moment(players)
    elif callable(target):
        await hits.of_the_database(players, target)
    else:
        await hits.at_a_point(target)


def planned(kills: int) -> list[Target]:
    """Some at every point, and most of them at any moment; mixed, so that every season has both."""
    pointed: list[Target] = [point for point in POINTS for _ in range(max(1, kills * HITS_A_POINT // 200))]
    every, points = max(1, kills // len(pointed)), iter(pointed)
    return [next(points, None) if at % every == 0 else None for at in range(kills)]


def tell(counts: Counts, hits: Hits, found: Reckoning) -> None:
    faults = {name: len(getattr(found, name)) for name in FAULTS}
    counts(
        kills=hits.kills,
        acknowledged=found.acknowledged,
        events=found.events,
        snapshots=found.snapshots,
        **faults,
        seed=repr(SEED),
    )
    counts(**{f"checked {name}": number for name, number in sorted(found.looked_at.items())})
    counts(**{f"at {name}": number for name, number in sorted(hits.at.items())})
