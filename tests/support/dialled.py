"""A websocket over a real network to a real server, with the face of the one in this process."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.support.desks import Desk
from tests.support.houses import Guest
from tests.support.sockets import ClosedError, Frame, Socket
from threebirds_wire.limits import SUBPROTOCOL


class DialledSocket(Socket):
    """Frames go out in the order in which they were given; the one that asks never waits."""

    def __init__(self, there: ClientConnection) -> None:  # nothing of the other kind is used
        self.texts: list[str] = []
        self._there = there
        self._outgoing: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write())

    def send(self, frame: Mapping[str, Any] | str) -> None:
        self._outgoing.put_nowait(frame if isinstance(frame, str) else json.dumps(frame))

    def send_binary(self, data: bytes) -> None:
        self._outgoing.put_nowait(data)

    async def receive(self) -> Frame:
        try:
            text = await self._there.recv(decode=True)
        except ConnectionClosed as closed:
            raise ClosedError(1006 if closed.rcvd is None else closed.rcvd.code) from closed
        self.texts.append(text)
        return json.loads(text)

    async def leave(self) -> None:
        self._writing.cancel()
        await self._there.close()

    async def _write(self) -> None:
        try:
            while True:
                await self._there.send(await self._outgoing.get())
        except ConnectionClosed:
            return


async def dial(port: int, **options: Any) -> DialledSocket:
    address, spoken = f"ws://127.0.0.1:{port}/ws", [Subprotocol(SUBPROTOCOL)]
    return DialledSocket(await connect(address, subprotocols=spoken, proxy=None, max_size=None, **options))


async def dialled_desk(guest: Guest, port: int, table: str, viewer: str) -> Desk:
    """Seated at a real socket, with the snapshot read."""
    socket = await dial(port)
    socket.send({"type": "hello", "v": 1, "ticket": await guest.ticket(table, viewer)})
    desk = Desk(socket, table, viewer)
    await desk.read_until("snapshot")
    return desk
