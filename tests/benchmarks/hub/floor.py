"""The floor: what Python can do at best with the same traffic. `python -m tests.benchmarks.hub.floor PORT`

An `asyncio.Protocol` under uvloop that parses nothing: each frame that comes in makes one prepared frame of the usual
size go out to all of its room, and a short one to the sender. No rules, no limits, no keys, no disk.
"""

import asyncio
import base64
import hashlib
import sys
from collections import defaultdict
from typing import cast

import uvloop

KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
EVENT_BYTES = 640


def framed(body: bytes) -> bytes:
    size = len(body)
    return (bytes((0x81, size)) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")) + body


SNAPSHOT = framed(b'{"type":"snapshot"}')
REPLY = framed(b'{"type":"reply","id":1,"ok":true}')
EVENT = framed(b'{"type":"event","text":"' + b"x" * (EVENT_BYTES - 26) + b'"}')

rooms: defaultdict[bytes, list[asyncio.WriteTransport]] = defaultdict(list)


class Floor(asyncio.Protocol):
    """`/ROOM` is the path of a room."""

    def __init__(self) -> None:
        self._buffer = b""
        self._room: list[asyncio.WriteTransport] | None = None
        self._greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        self._buffer = self._frames(data) if self._room is not None else self._accept(data)

    def _accept(self, data: bytes) -> bytes:
        if b"\r\n\r\n" not in data:
            return data
        at = data.lower().index(b"sec-websocket-key:") + 18
        key = data[at : data.index(b"\r\n", at)].strip()
        accept = base64.b64encode(hashlib.sha1(key + KEY, usedforsecurity=False).digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self._room = rooms[data.split(b" ", 2)[1]]
        self._room.append(self._transport)
        return b""

    def _frames(self, data: bytes) -> bytes:
        while len(data) >= 6:
            size, at = data[1] & 127, 2
            if size == 126:
                size, at = data[2] << 8 | data[3], 4
            if len(data) < at + 4 + size:
                break
            self._take(data[at : at + 4], data[at + 4 : at + 4 + size])
            data = data[at + 4 + size :]
        return data

    def _take(self, mask: bytes, body: bytes) -> None:
        """Unmask as cheaply as Python can, and answer."""
        size = len(body)
        _ = int.from_bytes(body, "little") ^ int.from_bytes((mask * (size // 4 + 1))[:size], "little")
        if not self._greeted:
            self._greeted = True
            self._transport.write(SNAPSHOT)
            return
        for transport in self._room or ():
            transport.write(EVENT)
        self._transport.write(REPLY)


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Floor, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
