"""A websocket over a network that delays, cuts, goes silent, and stops reading. It never reorders: TCP does not."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from starlette.types import Message

from tests.simulation.dice import Dice
from tests.simulation.loop import OUTSIDE
from threebirds_wire.limits import SUBPROTOCOL

WINDOW = 12
"""So many frames fit into all the buffers between a server and a client that does not read."""
FASTEST_MS, SLOWEST_MS = 1, 120
TICK_S = 1e-6
CUT = 1006

SCOPE = {
    "type": "websocket",
    "asgi": {"version": "3.0"},
    "scheme": "ws",
    "path": "/ws",
    "raw_path": b"/ws",
    "query_string": b"",
    "headers": [(b"host", b"simulation")],
    "client": ("192.0.2.1", 50_000),
    "server": ("simulation", 80),
    "subprotocols": [SUBPROTOCOL],
    "state": {},
}


class Hears(Protocol):
    """The client's end."""

    def on_text(self, text: str, /) -> None: ...

    def on_close(self, code: int, /) -> None: ...


class Way:
    """One direction: what is sent arrives later, in order."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._last = 0.0

    def carry(self, deliver: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        soonest = loop.time() + self._dice.between(FASTEST_MS, SLOWEST_MS) / 1_000
        self._last = max(soonest, self._last + TICK_S)
        loop.call_at(self._last, deliver, context=OUTSIDE)


class Link:
    """`receive` and `send` are the server's end as ASGI has it; `text`, `leave` and `reads` are the client's."""

    def __init__(self, dice: Dice, client: Hears) -> None:
        self.dead = False
        self.silent = False
        self.reads = True
        self._dice = dice
        self._client = client
        self._up, self._down = Way(dice), Way(dice)
        self._arrived: asyncio.Queue[Message] = asyncio.Queue()
        self._arrived.put_nowait({"type": "websocket.connect"})
        self._unread: deque[Message] = deque()
        self._under_way = 0
        self._room = asyncio.Event()

    def text(self, data: bytes) -> None:
        if not self.dead and not self.silent:
            message: Message = {"type": "websocket.receive", "text": data.decode()}
            self._up.carry(lambda: None if self.silent else self._arrived.put_nowait(message))

    def leave(self) -> None:
        """The client goes; the server hears of it unless the line is silent."""
        if not self.dead:
            self.dead = True
            self._up.carry(self._tell_server)

    def cut(self) -> None:
        """Both ends hear of it; what was under way is lost."""
        if not self.dead:
            self.dead = True
            self._up.carry(self._tell_server)
            self._down.carry(self._tell_client)

    def read_on(self) -> None:
        self.reads = True
        while self._unread and not self.dead:
            self._take(self._unread.popleft())

    async def receive(self) -> Message:
        return await self._arrived.get()

    async def send(self, message: Message) -> None:
        """Return when the frame is in a buffer; raise OSError where there is nobody any more."""
        await asyncio.sleep(self._dice.between(0, 3) / 1_000)
        while self._under_way >= WINDOW and not self.dead:
            self._room.clear()
            await self._room.wait()
        if self.dead:
            raise OSError("The connection is gone.")
        self._under_way += 1
        self._down.carry(lambda: self._arrive(message))

    def ended(self) -> None:
        """The server's end is closed; whoever has not been told why hears that it is gone."""
        if not self.dead:
            self._down.carry(self._gone)

    def _gone(self) -> None:
        if not self.dead:
            self.dead = True
            self._tell_client()

    def _tell_client(self) -> None:
        if not self.silent:
            self._client.on_close(CUT)

    def heal(self) -> None:
        """A line that carries nothing is given up, and who does not read reads on."""
        if self.silent:
            self.silent, self.dead = False, True
            self._up.carry(self._tell_server)
            self._down.carry(self._tell_client)
        self.read_on()

    def _tell_server(self) -> None:
        self._room.set()
        if not self.silent:
            self._arrived.put_nowait({"type": "websocket.disconnect", "code": CUT})

    def _arrive(self, message: Message) -> None:
        if self.dead or self.silent:
            return
        if self.reads:
            self._take(message)
        else:
            self._unread.append(message)

    def _take(self, message: Message) -> None:
        self._under_way -= 1
        self._room.set()
        if message["type"] == "websocket.send":
            self._client.on_text(message["text"])
        elif message["type"] == "websocket.close":
            self.dead = True
            self._client.on_close(message["code"])
