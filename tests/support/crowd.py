"""Many people at many tables of a real server: what each of them was sent, and how long it took."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from itertools import count

import msgspec
from httpx2 import AsyncClient
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection as WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.support.foundry import Foundry
from tests.support.players import FIRST_PHASE, ROLES, Class, Player, socket_at
from threebirds_rules import actions as asked
from threebirds_rules.names import ChannelId
from threebirds_wire.codec import encode
from threebirds_wire.frames import Act, ClientFrame, Held, Hello, Pong
from threebirds_wire.limits import PROTOCOL_VERSION
from threebirds_wire.marks import mark_after

WINDOWS = 3
"""How many sockets a person may have."""
SOCKETS_A_TABLE = WINDOWS * len(ROLES)
AT_ONCE = 25
"""How many people set themselves up at a time; what is measured has no such bound."""
SMALL_BUFFER = 4_096
PATIENCE_S = 300
"""A busy client is no failure of the server: what it took is printed."""

_numbers = count(1)


class Refusal(msgspec.Struct):
    retry: str


class Glance(msgspec.Struct):
    """As much of a frame as is needed here. A client that keeps views would be busier than the server."""

    type: str
    n: int = 0
    kind: str = ""
    text: str = ""
    id: int | None = None
    error: Refusal | None = None
    epoch: str = ""
    mark: str = ""


class Window:
    """One socket of one seat. `heard` and `acked` say when each text of the plenary came, and its reply."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.heard: dict[str, float] = {}
        self.acked: dict[str, float] = {}
        self.gaps = 0
        self.snapshots = 0
        self.changed = asyncio.Event()
        self.socket: WebSocket | None = None
        self._held: Held | None = None
        self._asked: list[Act] = []
        self._reading: asyncio.Task[None] | None = None

    async def open(self, *, reads: bool = True, buffer: int | None = None) -> None:
        """Return when the first frames are there: a snapshot, or the welcome that says what follows."""
        ticket = await self.player.ticket()
        small = buffer and await small_socket(self.player.address, buffer)
        self.socket = await connect(
            socket_at(self.player.address),
            compression=None,
            proxy=None,
            sock=small or None,
            max_queue=4,
            open_timeout=PATIENCE_S,
            ping_interval=None,
        )
        resume = (self._held,) if self._held else ()
        await self._send(Hello(v=PROTOCOL_VERSION, ticket=ticket, resume=resume))
        while (await self._take(await self.socket.recv())).type != ("welcome" if resume else "snapshot"):
            pass
        if reads:
            self._reading = asyncio.create_task(self._read(self.socket))
            self._reading.add_done_callback(lambda _: self.changed.set())

    async def say(self, text: str) -> None:
        cid = f"{next(_numbers):08x}-0000-7000-8000-000000000000"
        action = asked.Say(channel=ChannelId("plenary"), text=text)
        table, viewer = self.player.table, self.player.viewer
        await self._ask(Act(id=0, table=table, viewer=viewer, cid=cid, phase=FIRST_PHASE, action=action))

    async def _ask(self, act: Act) -> None:
        self._asked.append(act)
        await self._send(replace(act, id=len(self._asked)))

    async def until(self, done: Callable[["Window"], bool]) -> None:
        """Raise what ended the reading if that has ended: nothing will change any more."""
        while not done(self):
            if self._reading is not None and self._reading.done():
                await self._reading
                assert self.socket is not None
                raise AssertionError(f"The server closed this socket with {self.socket.close_code}.")
            self.changed.clear()
            await self.changed.wait()

    async def leave(self) -> None:
        assert self.socket is not None
        await self.socket.close()
        if self._reading:
            await self._reading

    async def _read(self, socket: WebSocket) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in socket:
                await self._take(text)

    async def _take(self, text: str | bytes) -> Glance:
        now = time.perf_counter()
        glance = msgspec.json.decode(text, type=Glance)
        match glance.type:
            case "event":
                self._follow(glance, text)
                if glance.kind == "said":
                    self.heard[glance.text] = now
            case "snapshot":
                self.snapshots += 1
                self._hold(glance.n, glance.mark, glance.epoch)
            case "reply":
                await self._answered(self._asked[(glance.id or 0) - 1], glance, now)
            case "ping":
                await self._send(Pong())
            case _:
                pass
        self.changed.set()
        return glance

    async def _answered(self, act: Act, glance: Glance, now: float) -> None:
        """On a slow disk a server says that it is busy: then the same is asked once more, as every client does."""
        assert isinstance(act.action, asked.Say)
        if glance.error is None:
            self.acked[act.action.text] = now
        else:
            assert glance.error.retry == "same_cid", glance
            await self._ask(act)

    def _follow(self, glance: Glance, text: str | bytes) -> None:
        assert self._held is not None
        self.gaps += glance.n != self._held.after + 1
        self._hold(glance.n, mark_after(self._held.mark, text), self._held.epoch)

    def _hold(self, n: int, mark: str, epoch: str) -> None:
        table, viewer = self.player.table, self.player.viewer
        self._held = Held(table=table, viewer=viewer, epoch=epoch, after=n, mark=mark)

    async def _send(self, frame: ClientFrame) -> None:
        assert self.socket is not None
        await self.socket.send(encode(frame).decode())


async def small_socket(address: str, buffer: int) -> socket.socket:
    """A connection whose reader has little room: whoever does not read is noticed soon."""
    host, port = address.removeprefix("http://").split(":")
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    small.setblocking(False)  # noqa: FBT003  # the library's own argument
    await asyncio.get_running_loop().sock_connect(small, (host, int(port)))
    return small


class Crowd:
    """People at `tables` tables, each with as many windows open as they may."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.windows = windows
        self.said: dict[str, tuple[str, float]] = {}
        """When each text was sent, and to which table."""

    async def talk(self, number: int, a_second: float) -> None:
        """So many say something, one after the other round the tables, no faster than that."""
        began = time.perf_counter()
        for at in range(number):
            await asyncio.sleep(max(0, began + at / a_second - time.perf_counter()))
            speaker = self.windows[at * SOCKETS_A_TABLE % len(self.windows)]
            await self.say(speaker, f"{len(self.said)} of the day")

    async def say(self, speaker: Window, text: str) -> None:
        self.said[text] = (speaker.player.table, time.perf_counter())
        await speaker.say(text)

    async def all_heard(self, windows: Iterable[Window] | None = None) -> None:
        """Return when everybody who may know has every text."""
        tables = {
            table: {text for text, (of, _) in self.said.items() if of == table} for table, _ in self.said.values()
        }
        for window in windows or self.windows:
            wanted = tables.get(window.player.table, set())
            await window.until(lambda window, wanted=wanted: window.heard.keys() >= wanted)

    def deliveries(self) -> list[float]:
        """Milliseconds from the sending of each text to its arrival at each window."""
        return [
            1_000 * (at - self.said[text][1])
            for window in self.windows
            for text, at in window.heard.items()
            if text in self.said
        ]

    def acks(self) -> list[float]:
        return [1_000 * (at - self.said[text][1]) for window in self.windows for text, at in window.acked.items()]


async def gathered(server: Foundry, browsers: AsyncExitStack, *, tables: int) -> Crowd:
    players = await Class(server, browsers).players(tables)
    windows = [Window(player) for player in players for _ in range(WINDOWS)]
    await in_turns(window.open() for window in windows)
    return Crowd(windows)


async def in_turns(work: Iterable[Awaitable[object]], at_once: int = AT_ONCE) -> None:
    gate = asyncio.Semaphore(at_once)

    async def one(it: Awaitable[object]) -> None:
        async with gate:
            await it

    await asyncio.gather(*map(one, work))


def percentile(figures: Iterable[float], part: float) -> float:
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


async def join(address: str, browser: AsyncClient, code: str, name: str) -> float:
    """Join by code, and return how many milliseconds it took."""
    began = time.perf_counter()
    (await browser.post(f"{address}/api/join", json={"code": code, "name": name})).raise_for_status()
    return 1_000 * (time.perf_counter() - began)
