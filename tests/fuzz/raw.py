"""A websocket's client end, written by hand so that it can break every rule of RFC 6455."""

import asyncio
import base64
import json
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

from threebirds_wire.limits import SUBPROTOCOL

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MASK = b"\x0b\x1e\xaf\x42"
KEY = base64.b64encode(b"sixteen bytes id").decode()
DROPPED = 1006
"""Not on the wire: the connection ended without a closing frame."""


class Frame(NamedTuple):
    opcode: int
    data: bytes


def masked(data: bytes) -> bytes:
    keys = (MASK * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(keys, "big")).to_bytes(len(data), "big")


def frame(data: bytes, opcode: int = TEXT, *, fin: bool = True, reserved: int = 0, mask: bool = True) -> bytes:
    """`reserved`: the three bits after FIN, as a number up to 7."""
    head = struct.pack("!B", fin << 7 | reserved << 4 | opcode)
    size = len(data)
    if size < 126:
        head += struct.pack("!B", mask << 7 | size)
    elif size < 2**16:
        head += struct.pack("!BH", mask << 7 | 126, size)
    else:
        head += struct.pack("!BQ", mask << 7 | 127, size)
    return head + (MASK + masked(data) if mask else data)


def claiming(size: int) -> bytes:
    """The head of a text frame that says that so many bytes follow."""
    return struct.pack("!BBQ", 0x81, 0xFF, size) + MASK


class RawSocket:
    """Reads by itself: `replies` by the request's number, `heard` by the frame's type, at the end `code`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heard: list[dict[str, Any]] = []
        self.pongs = 0
        self.code: int | None = None
        self.news = asyncio.Condition()
        self._reader = reader
        self._writer = writer

    @property
    def closed(self) -> bool:
        return self.code is not None

    async def write(self, data: bytes) -> None:
        """Bytes as they are; a server that has closed hears nothing of them."""
        if self._writer.transport.is_closing():
            return
        with suppress(OSError):
            self._writer.write(data)
            await self._writer.drain()

    async def until(self, kind: str, number: int | None = None) -> dict[str, Any] | None:
        """The first frame of this type (and with this request's number); None if the server closed before."""

        def found() -> dict[str, Any] | None:
            return next(
                (one for one in self.heard if one["type"] == kind and (number is None or one.get("id") == number)), None
            )

        async with self.news:
            await self.news.wait_for(lambda: found() is not None or self.closed)
        return found()

    async def end(self) -> int:
        """Wait until the server has closed; its code."""
        async with self.news:
            await self.news.wait_for(lambda: self.closed)
        assert self.code is not None
        return self.code

    def reset(self) -> None:
        """Be gone at once, as if a cable had been pulled and put back."""
        self._writer.transport.abort()

    async def read_on(self) -> None:
        code = DROPPED
        with suppress(OSError, asyncio.IncompleteReadError):
            while (one := await self._frame()).opcode != CLOSE:
                async with self.news:
                    if one.opcode == PONG:
                        self.pongs += 1
                    else:
                        self.heard.append(json.loads(one.data))
                    self.news.notify_all()
            code = struct.unpack("!H", one.data[:2])[0] if one.data else 1005
        async with self.news:
            self.code = code
            self.news.notify_all()

    async def _frame(self) -> Frame:
        first, second = await self._reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return Frame(first & 0x0F, await self._reader.readexactly(size))


@asynccontextmanager
async def raw_socket(port: int) -> AsyncGenerator[RawSocket]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n".encode()
    )
    status = await reader.readuntil(b"\r\n\r\n")
    assert status.startswith(b"HTTP/1.1 101"), status
    socket = RawSocket(reader, writer)
    reading = asyncio.create_task(socket.read_on())
    try:
        yield socket
    finally:
        socket.reset()
        await reading
