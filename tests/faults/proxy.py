"""A network that a test can break: it passes bytes on, both ways, as badly as it is told to."""

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Literal

from msgspec import Struct

from tests.support.dice import Dice

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Streams]]
Newcomers = Literal["pass", "refuse", "hang"]

ABORTIVE = struct.pack("ii", 1, 0)
"""SO_LINGER of no time at all: closing sends a reset instead of what is left and a FIN."""


class Weather(Struct):
    """How bytes travel. `bytes_per_s` 0: as fast as they can; `at_once`: no more than so many in one piece."""

    delay_ms: int = 0
    jitter_ms: int = 0
    bytes_per_s: int = 0
    at_once: int = 65_536


class Link:
    """One connection, as two: `client` is the end that dialled in."""

    def __init__(self, client: Streams, server: Streams) -> None:
        self.client = client
        self.server = server
        self.swallows = False
        """Half-open: both ends send, and nothing arrives or ends."""
        self.stalls_after: int | None = None
        """So many more bytes arrive at the client, and then no more, though the connection stays."""
        self.sprung = False

    def close(self) -> None:
        for _, writer in (self.client, self.server):
            writer.close()

    def reset(self) -> None:
        for _, writer in (self.client, self.server):
            if (raw := writer.get_extra_info("socket")) is not None and raw.family != socket.AF_UNIX:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORTIVE)
            writer.transport.abort()


class Proxy:
    """`weather` and `newcomers` may be changed at any time. All chance is drawn from the seed.

    With a `trap` set, a link that carries these bytes to the server passes them on, waits for the answer, drops it and
    resets: what was asked is done, and whoever asked does not know.
    """

    def __init__(self, dial: Dial, seed: str) -> None:
        self.weather = Weather()
        self.newcomers: Newcomers = "pass"
        self.trap: bytes | None = None
        self.trapped = 0
        self.links: list[Link] = []
        self.came = 0
        """How many connections there have been, also the refused ones."""
        self.news = asyncio.Condition()
        self._dial = dial
        self._dice = Dice(seed)
        self._hanging: list[asyncio.StreamWriter] = []
        self._serving: set[asyncio.Future[None]] = set()

    def cut(self) -> None:
        """End every connection in good order."""
        for link in self.links:
            link.close()

    def reset(self) -> None:
        for link in self.links:
            link.reset()

    def half_open(self) -> None:
        """Every connection there is dies without a sign; new ones are not touched."""
        for link in self.links:
            link.swallows = True

    def stall(self, after: int) -> None:
        for link in self.links:
            link.stalls_after = after

    def relent(self) -> None:
        """Let new connections pass again, and end those that were left hanging."""
        self.newcomers = "pass"
        for writer in self._hanging:
            writer.transport.abort()
        self._hanging.clear()

    async def come(self, count: int) -> None:
        """Wait until so many connections have been tried."""
        async with self.news:
            await self.news.wait_for(lambda: self.came >= count)

    async def close(self) -> None:
        self.reset()
        self.relent()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with self.news:
            self.came += 1
            self.news.notify_all()
        if self.newcomers == "hang":
            self._hanging.append(writer)
            return
        try:
            there = await self._dial() if self.newcomers == "pass" else None
        except OSError:
            there = None
        if there is None:
            writer.transport.abort()
            return
        passing = asyncio.ensure_future(self._pass(Link((reader, writer), there)))
        self._serving.add(passing)
        passing.add_done_callback(self._serving.discard)

    async def _pass(self, link: Link) -> None:
        self.links.append(link)
        await asyncio.gather(self._pass_on(link, up=True), self._pass_on(link, up=False))
        self.links.remove(link)
        link.close()

    async def _pass_on(self, link: Link, *, up: bool) -> None:
        source, target = (link.client[0], link.server[1]) if up else (link.server[0], link.client[1])
        with suppress(OSError):
            while data := await source.read(self.weather.at_once):
                await self._travel(len(data))
                if link.swallows:
                    continue
                if up and self.trap is not None and self.trap in data:
                    link.sprung = True
                if not up and link.sprung:
                    self.trapped += 1
                    self.trap = None
                    link.reset()
                    return
                target.write(data if up else self._arriving(link, data))
                await target.drain()
        if not link.swallows:
            target.close()

    def _arriving(self, link: Link, data: bytes) -> bytes:
        if link.stalls_after is None:
            return data
        passed = data[: link.stalls_after]
        link.stalls_after -= len(passed)
        return passed

    async def _travel(self, size: int) -> None:
        weather = self.weather
        ms = weather.delay_ms + (self._dice.below(weather.jitter_ms) if weather.jitter_ms else 0)
        ms += size * 1_000 / weather.bytes_per_s if weather.bytes_per_s else 0
        if ms:
            await asyncio.sleep(ms / 1_000)


@asynccontextmanager
async def proxy_to(dial: Dial, seed: str) -> AsyncGenerator[tuple[Proxy, int]]:
    """A proxy to wherever `dial` leads, and its port on this machine."""
    proxy = Proxy(dial, seed)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    try:
        yield proxy, listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
        await proxy.close()
