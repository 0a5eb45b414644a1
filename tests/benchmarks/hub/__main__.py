"""How much a hub costs: `python3 run.py bench hub` prints each figure beside what it may be.

The server is on one core and whoever makes the load, with PostgreSQL, on the other. What is compared is the server's
processor time for one action (the median of half seconds) with that of the floor in the same run: such a ratio says
something on a machine that others use, too. Figures on the clock count only where nothing else runs.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.hub.crowds import Errand, slope
from tests.benchmarks.hub.load import BOARD_GAME, Load, Order, Seen
from tests.benchmarks.hub.peers import Kept, board_game, installed
from tests.benchmarks.hub.script import ROLES, SEATS, Game, Place, back_at, game, joinable, tables, watched
from tests.benchmarks.hub.servers import LOAD_CORE, Running, crowded, floor, hub, more_files, played
from tests.benchmarks.measuring import Figure, say, show
from tests.support.postgres import DURABLE, postgres_server

USUAL, MANY = 25, 125
WARM_S, MEASURED_S = 2.0, 8.0
ACTIONS = 12_000
COMING_BACK = 1_000
JOINING = 200
PEERS: Sequence[tuple[Kept, float]] = (("memory", 4), ("flat", 15))
"""How many times more they cost at least."""
RESTED_S = 15
"""By then a server has kept what came of a table at which nothing happens."""
SYNCS = 200
WATCHING = 40
"""As many as one viewer of a table may have."""
SPARE_FILES = 500
MOST_SOCKETS = 10_000
"""More tickets than that are not made within the minute for which they are good."""


NOBODYS = (Place("none", ("none",) * len(SEATS)),) * USUAL
"""For servers that ask for no tickets."""


class Bench:
    def __init__(self) -> None:
        self._game: Game = game(ACTIONS)
        self.floor_us = 0.0

    def figures(self) -> Iterator[Figure]:
        self.floor_us = self._floor().cost_us
        yield Figure("floor: asyncio.Protocol, uvloop, nothing parsed", self.floor_us, None, "us")
        usual = self.at_tables(USUAL)
        yield self.to_floor("SQLite FULL, 25 tables", usual, 6.5)
        yield Figure("  reply, 99th percentile to median", at(usual.delivered, 0.99) / at(usual.delivered, 0.5), 4, "x")
        many = self.at_tables(MANY)
        yield Figure("SQLite FULL, 125 tables to 25", many.cost_us / usual.cost_us, 1.2, "x")
        yield from self.alone()
        with postgres_server(DURABLE) as server:
            yield self.to_floor("PostgreSQL, 25 tables", self.at_tables(USUAL, server.url.render_as_string()), 6.5)
        yield from self.peers(usual)
        self.floor_us = self._floor().cost_us
        yield Figure("floor, measured again", self.floor_us, None, "us")

    def to_floor(self, name: str, seen: Seen, limit: float | None) -> Figure:
        say(f"{name}: {told(seen)}")
        return Figure(f"{name}, to the floor", seen.cost_us / self.floor_us, limit, "x")

    def at_tables(self, count: int, url: str | None = None) -> Seen:
        with TemporaryDirectory() as name:
            places = tables(url or sqlite(name), count, self._game)
            with hub(Path(name), url) as running:
                return self._seen(running, "/ws", places)

    def alone(self) -> Iterator[Figure]:
        seen = self.at_tables(1)
        say(f"one table: {told(seen)}")
        allowed = 1 + 3 * sync_ms()
        yield Figure("one table, last of 8, 99th percentile", at(seen.delivered, 0.99) * 1e3, allowed, "ms")

    def peers(self, ours: Seen) -> Iterator[Figure]:
        with TemporaryDirectory() as name:
            if not installed(Path(name)):
                say("boardgame.io could not be installed: no figures of it.")
                return
            for kept, least in PEERS:
                with board_game(Path(name), kept) as running:
                    seen = self._seen(running, BOARD_GAME, NOBODYS)
                say(f"boardgame.io ({kept}): {told(seen)}")
                yield Figure(f"SQLite FULL to boardgame.io ({kept})", ours.cost_us / seen.cost_us, 1 / least, "x")

    def _floor(self) -> Seen:
        with floor() as running:
            return self._seen(running, "/{room}", NOBODYS)

    def _seen(self, running: Running, path: str, places: tuple[Place, ...]) -> Seen:
        load = Load(places, self._game.actions)
        return played(Order(running.port, path, running.pid, load, WARM_S, MEASURED_S))


def crowds() -> Iterator[Figure]:
    game_of_all = game(0)
    with TemporaryDirectory() as name:
        codes = joinable(sqlite(name), JOINING // len(SEATS))
        with hub(Path(name)) as running:
            joined = crowded(Errand("joining", running.port, running.pid, codes=codes, seats=ROLES))
    yield Figure(f"{len(joined.waited)} join in two seconds, 99th percentile", at(joined.waited, 0.99), 2)
    yield from coming_back(game_of_all)
    yield from memory(game_of_all)


def coming_back(game_of_all: Game) -> Iterator[Figure]:
    """To a server that finds nothing but logs; to the next one, when it was killed at rest; and when it was stopped."""
    with TemporaryDirectory() as name:
        places = tables(sqlite(name), COMING_BACK // len(SEATS), game_of_all)
        for whence in ("to bare logs", "after a crash", "after a restart"):
            with hub(Path(name)) as running:
                back = crowded(Errand("coming_back", running.port, running.pid, places=places))
                if whence == "to bare logs":
                    time.sleep(RESTED_S)
                    os.kill(running.pid, signal.SIGKILL)
            yield Figure(f"{len(back.waited)} come back {whence}, the last", back.waited[-1], 4)
            places = back_at(sqlite(name), places, game_of_all)


def memory(game_of_all: Game) -> Iterator[Figure]:
    """Of sockets that a client offers to compress, and that only sit there."""
    most = min(more_files() - SPARE_FILES, MOST_SOCKETS)
    with TemporaryDirectory() as name:
        places = watched(sqlite(name), most // WATCHING, WATCHING, game_of_all)
        with hub(Path(name)) as running:
            sat = crowded(Errand("sitting", running.port, running.pid, places=places))
    counted = [point for point in sat.grown if point[0] >= COMING_BACK]
    say(f"sockets: {counted[0][0]:,} to {counted[-1][0]:,}, resident {counted[-1][1] / 1e6:.0f} MB at the end")
    yield Figure("memory of a socket", slope(counted) / 1024, 45, "KB")


def sqlite(folder: str) -> str:
    return f"sqlite:///{folder}/threebirds.db"


def at(found: Sequence[float], share: float) -> float:
    """A percentile of what is sorted."""
    return found[int(share * (len(found) - 1))]


def sync_ms() -> float:
    """How long this disk takes to sync a short write, in the median."""
    with TemporaryDirectory() as name, (Path(name) / "file").open("wb", buffering=0) as file:
        taken: list[float] = []
        for _ in range(SYNCS):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken) * 1e3


def told(seen: Seen) -> str:
    return (
        f"{seen.cost_us:.0f} us, {seen.actions / seen.wall_s:,.0f} actions/s,"
        f" {seen.deliveries / seen.actions:.1f} deliveries of {seen.bytes / seen.deliveries:.0f} bytes,"
        f" reply {at(seen.replied, 0.5) * 1e3:.1f} / {at(seen.replied, 0.99) * 1e3:.1f} ms,"
        f" last of 8 {at(seen.delivered, 0.5) * 1e3:.1f} / {at(seen.delivered, 0.99) * 1e3:.1f} ms,"
        f" {seen.refused} refused"
    )


def main() -> int:
    os.sched_setaffinity(0, {LOAD_CORE} & os.sched_getaffinity(0) or os.sched_getaffinity(0))
    return show(chain(Bench().figures(), crowds()))


if __name__ == "__main__":
    sys.exit(main())
