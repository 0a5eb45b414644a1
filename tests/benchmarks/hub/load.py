"""The load generator, a process of its own: opens all sockets, plays the script at every table, prints what it saw.

One action is under way at each table: the next one leaves when its sender has the reply and every socket all of its
events. Frames are read as bytes and never parsed as JSON, so that one core of it can load one core of the server.
"""

import asyncio
import base64
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import cast

import msgspec
import uvloop
from msgspec import Struct

from tests.benchmarks.hub.dialects import BoardGame, Dialect, Ours
from tests.benchmarks.hub.script import SEATS, Load

BOARD_GAME = "boardgame.io"
LONG, LONGEST = 126, 127
WINDOW_S = 0.5
THERE_WITHIN_S = 60
OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n"


class Order(Struct, frozen=True):
    """Play for so many seconds, after so many that do not count; the server's process is looked at in between.

    `path` is where a table's sockets are, or names a peer that has its own way of speaking.
    """

    port: int
    path: str
    pid: int
    load: Load
    warm_s: float
    measured_s: float


class Seen(Struct, frozen=True):
    """`windows`: the actions of each half second, and the server's processor time for them. Latencies sorted."""

    actions: int
    deliveries: int
    refused: int
    bytes: int
    windows: tuple[tuple[int, float], ...]
    wall_s: float
    replied: tuple[float, ...]
    delivered: tuple[float, ...]

    @property
    def cost_us(self) -> float:
        """Of an action: the median of the half seconds."""
        return median(spent / done * 1e6 for done, spent in self.windows if done)


def cpu_s(pid: int) -> float:
    """What a process, its threads and its children have used so far, to the nanosecond: Linux counts in `schedstat`."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    own = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    return own + sum(cpu_s(int(child)) for task in tasks for child in (task / "children").read_text().split())


class Socket(asyncio.Protocol):
    """A websocket client that knows no more than it must: says hello, and hands every text frame to `heard`."""

    def __init__(
        self, path: str, heard: Callable[["Socket", bytes], None], hello: str, *, deflate: bool = False
    ) -> None:
        self._path = path
        self._heard = heard
        self._hello = hello
        self._extensions = OFFER if deflate else ""
        self._buffer = b""
        self._open = False
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of classes of their own.
        self.transport = cast("asyncio.WriteTransport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{self._extensions}\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        if not self._open:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._open = True
            if self._hello:
                self.send(self._hello)
        self._buffer = self._frames(data)

    def _frames(self, data: bytes) -> bytes:
        """Hand over what is whole; what is not is the rest."""
        at = 0
        while len(data) - at >= 2:
            size, begin = data[at + 1], at + 2
            if size == LONG:
                size, begin = int.from_bytes(data[begin : begin + 2]), begin + 2
            elif size == LONGEST:
                size, begin = int.from_bytes(data[begin : begin + 8]), begin + 8
            if len(data) < begin + size:
                break
            if data[at] == 0x81:
                self._heard(self, data[begin : begin + size])
            at = begin + size
        return data[at:]

    def send(self, text: str) -> None:
        """Masked with zeros: the server has the same work, and we have none."""
        body = text.encode()
        size = len(body)
        head = bytes((0x81, 0x80 | size)) if size < LONG else b"\x81\xfe" + size.to_bytes(2)
        assert self.transport is not None
        self.transport.write(head + b"\0\0\0\0" + body)


class Room:
    """One table, its eight sockets, and the action that is under way."""

    def __init__(self, player: "Player", dialect: Dialect) -> None:
        self._player = player
        self._dialect = dialect
        self._step = 0
        self._waiting = 0
        self._sent_at = 0.0
        self._replied_at = 0.0
        self.sockets: list[Socket] = []

    async def connect(self, loop: asyncio.AbstractEventLoop, port: int) -> None:
        for seat in range(len(SEATS)):
            made = partial(Socket, self._dialect.path, partial(self.heard, seat), self._dialect.greet(seat))
            _, socket = await loop.create_connection(made, "127.0.0.1", port)
            self.sockets.append(socket)

    def heard(self, seat: int, socket: Socket, body: bytes) -> None:
        match self._dialect.hear(socket, seat, body):
            case "event":
                self._player.deliveries += 1
                self._player.bytes += len(body)
                self._came()
            case "reply":
                self._replied_at = time.perf_counter()
                self._came()
            case "refused":
                self._player.refuse(body)
                self._came()
            case "there":
                self._player.arrived()
            case _:
                pass

    def act(self) -> None:
        """What the script has next, if there is more of it."""
        self._step += 1
        if following := self._dialect.act(self._step):
            sender, text, self._waiting = following
            self._sent_at = self._replied_at = time.perf_counter()
            self.sockets[sender].send(text)

    def _came(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._player.done(self._sent_at, self._replied_at)
            self.act()


class Player:
    def __init__(self, order: Order) -> None:
        self._order = order
        self._rooms = [Room(self, _dialect(order, room)) for room in range(len(order.load.places))]
        self._ready = asyncio.Event()
        self._missing = len(self._rooms) * len(SEATS)
        self._forget()

    def _forget(self) -> None:
        self.deliveries = self.refused = self.bytes = 0
        self._replied: list[float] = []
        self._delivered: list[float] = []

    def arrived(self) -> None:
        self._missing -= 1
        if self._missing == 0:
            self._ready.set()

    def refuse(self, body: bytes) -> None:
        if not self.refused:
            sys.stderr.write(f"The first refusal: {body.decode()}\n")
        self.refused += 1

    def done(self, sent_at: float, replied_at: float) -> None:
        self._replied.append(replied_at - sent_at)
        self._delivered.append(time.perf_counter() - sent_at)

    async def play(self) -> Seen:
        loop = asyncio.get_running_loop()
        for room in self._rooms:
            await room.connect(loop, self._order.port)
        # A socket that is sent away at the door is one that never gets there.
        await asyncio.wait_for(self._ready.wait(), THERE_WITHIN_S)
        for room in self._rooms:
            room.act()
        await asyncio.sleep(self._order.warm_s)
        self._forget()
        sys.stderr.flush()
        began, windows = time.perf_counter(), list[tuple[int, float]]()
        while time.perf_counter() - began < self._order.measured_s:
            done, spent = len(self._delivered), cpu_s(self._order.pid)
            await asyncio.sleep(WINDOW_S)
            windows.append((len(self._delivered) - done, cpu_s(self._order.pid) - spent))
        return Seen(
            actions=len(self._delivered),
            deliveries=self.deliveries,
            refused=self.refused,
            bytes=self.bytes,
            windows=tuple(windows),
            wall_s=time.perf_counter() - began,
            replied=tuple(sorted(self._replied)),
            delivered=tuple(sorted(self._delivered)),
        )


def _dialect(order: Order, room: int) -> Dialect:
    if order.path == BOARD_GAME:
        return BoardGame(room)
    return Ours(room, order.load.places[room], order.load.actions, order.path)


def main() -> None:
    """Read the order as JSON; print what was seen as JSON."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        seen = runner.run(Player(order).play())
    sys.stdout.buffer.write(msgspec.json.encode(seen))


if __name__ == "__main__":
    main()
