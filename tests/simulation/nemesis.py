"""What goes wrong: lines are cut or go silent, clients do not read, servers are killed or freeze, the disk fails.

Each trouble is written into the history with its beginning and its end.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from tests.simulation.devices import Device
from tests.simulation.dice import Dice
from tests.simulation.disks import Troubles
from tests.simulation.history import Nemesis
from tests.simulation.loop import SimulatedLoop
from tests.simulation.players import Player
from tests.simulation.servers import Server, SimulatedClock
from tests.simulation.tape import Tape


class Trouble:
    """Makes trouble until it is told to stop; then everything works again."""

    def __init__(self, loop: SimulatedLoop, dice: Dice, tape: Tape, disk: Troubles, counts: Counter[str]) -> None:
        self._loop = loop
        self._dice = dice
        self._tape = tape
        self._disk = disk
        self._counts = counts
        self._clock = SimulatedClock()
        self.servers: list[Server] = []
        self.players: list[Player] = []
        self.replace: Callable[[Server], Server] = lambda server: server
        self.devices_taken: list[asyncio.Task[None]] = []
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, until: int) -> None:
        while self._clock.now() < until:
            await self._wait(100, 3_500)
            task = asyncio.create_task(self._one())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _one(self) -> None:
        kinds: tuple[Callable[[], Awaitable[None]], ...] = (
            *(self._cut,) * 5,
            *(self._go_silent,) * 2,
            *(self._stop_reading,) * 2,
            *(self._kill,) * 3,
            self._restart,
            self._freeze,
            self._outage,
            self._lose_device,
        )
        await self._dice.one_of(kinds)()

    async def _cut(self) -> None:
        if device := self._a_device():
            self._count("cuts")
            assert device.link is not None
            device.link.cut()

    async def _go_silent(self) -> None:
        """Nobody is told: the line is there and carries nothing."""
        if device := self._a_device():
            self._count("silences")
            assert device.link is not None
            device.link.silent = True

    async def _stop_reading(self) -> None:
        if device := self._a_device():
            self._count("stops of reading")
            link = device.link
            assert link is not None
            link.reads = False
            await self._wait(500, 20_000)
            link.read_on()

    async def _lose_device(self) -> None:
        self._count("lost devices")
        self.devices_taken.append(self._dice.one_of(self.players).lose_device())

    async def _kill(self) -> None:
        at = self._dice.below(len(self.servers))
        server = self.servers[at]
        if server.process.stopped or not server.up.is_set():
            return
        self._count("crashes")
        self._note("crash", begins=True)
        server.kill()
        await self._wait(50, 2_500)
        self.servers[at] = self.replace(server)
        await self.servers[at].up.wait()
        self._note("crash", begins=False)

    async def _restart(self) -> None:
        at = self._dice.below(len(self.servers))
        server = self.servers[at]
        if server.process.stopped or not server.up.is_set():
            return
        self._count("restarts")
        self._note("restart", begins=True)
        await server.stop()
        self.servers[at] = self.replace(server)
        await self.servers[at].up.wait()
        self._note("restart", begins=False)

    async def _freeze(self) -> None:
        server = self._dice.one_of(self.servers)
        if server.process.stopped or not server.up.is_set():
            return
        self._count("freezes")
        self._note("freeze", begins=True)
        server.process.stopped = True
        await self._wait(300, 22_000)
        self._loop.thaw(server.process)
        self._note("freeze", begins=False)

    async def _outage(self) -> None:
        if self._disk.down:
            return
        self._count("outages")
        self._note("outage", begins=True)
        self._disk.down = True
        await self._wait(200, 5_000)
        self._disk.down = False
        self._note("outage", begins=False)

    def _a_device(self) -> Device | None:
        connected = [
            device for player in self.players for device in player.devices if device.link and not device.link.dead
        ]
        return self._dice.one_of(connected) if connected else None

    def _note(self, what: str, *, begins: bool) -> None:
        self._tape.record(Nemesis(at=self._clock.now(), what=what, begins=begins))

    def _count(self, what: str) -> None:
        self._counts[what] += 1

    async def _wait(self, least: int, most: int) -> None:
        await asyncio.sleep(self._dice.between(least, most) / 1_000)
