"""A whole server in the simulation: the product's own house, on a simulated clock, disk and network."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.simulation.dice import Dice
from tests.simulation.disks import Medium, SlowDisk, Troubles, records
from tests.simulation.history import Commit
from tests.simulation.loop import Process, SimulatedLoop
from tests.simulation.network import SCOPE, Link
from tests.support.clock import NEW_YEAR_2010, CountingIds
from threebirds_client.strategies.random import RandomBot
from threebirds_rules.strategy import Strategy
from threebirds_server import rulebook
from threebirds_server.house import House
from threebirds_server.live.socket import converse
from threebirds_server.settings import Settings

Result = TypeVar("Result")

SETTINGS = Settings.model_validate(
    {"data": Path("simulated"), "bot_pace_ms": 700, "frames_kept": 24, "folded_every": 9}
)
"""Few frames are kept, so that snapshots are needed; and logs are folded often."""
PATIENCE_S = 5
ADDRESS = "192.0.2.1"


class OfflineError(Exception):
    """Nobody answers there."""


class SimulatedClock:
    """The loop's time on the wall."""

    def now(self) -> int:
        return NEW_YEAR_2010 + int(asyncio.get_running_loop().time() * 1_000 + 1e-6)

    async def sleep_until(self, at: int, /) -> None:
        await self.wait(asyncio.Event(), at)

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        while not wakes.is_set() and (left := until - self.now()) > 0:
            try:
                async with asyncio.timeout(left / 1_000):
                    await wakes.wait()
            except TimeoutError:
                continue
        return wakes.is_set()


class SlowOffload:
    def __init__(self, dice: Dice) -> None:
        self._dice = dice

    async def run(self, work: Callable[[], Result], /) -> Result:
        await asyncio.sleep(self._dice.between(0, 20) / 1_000)
        return work()


class RandomBots:
    names = ("random",)

    def named(self, name: str, /) -> Strategy:
        return RandomBot()


_loaded_once = cache(rulebook.load)


@contextmanager
def quick_loading() -> Generator[None]:
    """A rule set never changes: each document is read once for all servers of this process."""
    loaded = rulebook.load
    rulebook.load = _loaded_once  # pyright: ignore[reportAttributeAccessIssue]  # the same function, remembered
    try:
        yield
    finally:
        rulebook.load = loaded


class Server:
    """`up` while it serves. A kill leaves nothing but what is on the medium."""

    def __init__(self, name: str, medium: Medium, ids: CountingIds, dice: Dice, troubles: Troubles) -> None:
        self.name = name
        self.process = Process(name)
        self.clock = SimulatedClock()
        self.up = asyncio.Event()
        self.links: list[Link] = []
        self.failures: list[str] = []
        self._dice = dice
        self._stop = asyncio.Event()
        self._medium, self._ids, self._troubles = medium, ids, troubles
        self._serving: asyncio.Task[None] | None = None

    def start(self, committed: Callable[[Commit], None]) -> None:
        self.disk = SlowDisk(self._medium, self._dice.of("disk"), self._troubles, committed)
        self._serving = self.process.start(self._serve())

    async def _serve(self) -> None:
        self.house = House(
            SETTINGS,
            records(self._medium, self.disk, self.clock, self._ids),
            self.clock,
            self._ids,
            SlowOffload(self._dice.of("offload")),
            RandomBots(),
        )
        async with self.house.open():
            self.up.set()
            await self._stop.wait()
            self.up.clear()

    async def stop(self) -> None:
        """As an operator does: everybody is told, and what is decided is written."""
        self._stop.set()
        if self._serving is not None:
            await asyncio.wait({self._serving}, timeout=30)
        self.process.stopped = True
        for link in self.links:
            link.ended()

    def kill(self) -> None:
        self.up.clear()
        self.process.stopped = True
        self.disk.server_died()
        for link in self.links:
            link.silent = link.silent or self._dice.once_in(4)
            link.cut()

    def accept(self, link: Link) -> None:
        self.links = [*(one for one in self.links if not one.dead), link]
        self.process.start(self._converse(link))

    async def _converse(self, link: Link) -> None:
        try:
            await converse(WebSocket(dict(SCOPE), link.receive, link.send), self.house.connection(ADDRESS), self.clock)
        except (WebSocketDisconnect, OSError):
            pass
        except Exception as error:  # noqa: BLE001  # nothing of the sort may happen: it is told in the report
            self.failures.append(f"A conversation failed: {error!r}")
        finally:
            link.ended()

    async def call(self, ask: Callable[[House], Awaitable[Result]]) -> Result:
        """A request over HTTP. Raise `OfflineError`, or what the house raises."""
        await asyncio.sleep(self._dice.between(1, 80) / 1_000)
        if not self.up.is_set() or self.process.stopped:
            raise OfflineError
        task = self.process.start(_awaited(ask(self.house)))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE_S)
        await asyncio.sleep(self._dice.between(1, 80) / 1_000)
        if not done or task.cancelled():
            raise OfflineError
        return task.result()

    async def bury(self, loop: SimulatedLoop) -> None:
        """After everything has been looked at: let a dead process end, so that nothing of it is left behind."""
        self._troubles.down = True
        for task in self.process.tasks:
            task.cancel()
        loop.thaw(self.process)


async def _awaited(work: Awaitable[Result]) -> Result:
    return await work
