"""Real sockets that take nothing, are cut, come from elsewhere or are told to come back: nobody else waits for them."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
import uvloop
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import connect as dial

from tests.fuzz.raw import KEY, frame
from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Running, running, seated_table
from tests.support.sockets import ClosedError, Socket
from threebirds_server.framing import Framing
from threebirds_server.listening import DEAD_PEER_MS, listen
from threebirds_server.live.hub import BACK_AFTER_MS, BACK_WITHIN_MS

LONG = "We have been over this before. " * 120
SAID_BEFORE = 100
LOOPS = [asyncio.new_event_loop, uvloop.new_event_loop]


@asynccontextmanager
async def served(house: Running, host: str = "127.0.0.1") -> AsyncGenerator[tuple[uvicorn.Server, int]]:
    """As `threebirds serve` does it, in the test's own loop; and the port."""
    listening = listen(host, 0)
    server = uvicorn.Server(uvicorn.Config(house.app, lifespan="off", log_config=None, ws=Framing))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield server, listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving


class Mute:
    """A socket that says what it is told to, and reads nothing but the answer to its handshake."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        self._socket.setblocking(False)  # noqa: FBT003  # the standard library has it so

    async def open(self) -> "Mute":
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self._socket, ("127.0.0.1", self._port))
        await self.write(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await loop.sock_recv(self._socket, 2_048)
        return self

    async def write(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    def close(self) -> None:
        self._socket.close()


async def stuck(house: Running, server: uvicorn.Server, port: int) -> tuple[Mute, Desk]:
    """A socket of the buyers that asks for everything until no more of it fits anywhere; and a desk beside it."""
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    desk = await supplier.at_table(table, "seat:SUP")
    for _ in range(SAID_BEFORE):
        await desk.does("say", channel="plenary", text=LONG)
    mute = await Mute(port).open()
    ticket = await buyers.ticket(table, "seat:BUY")
    await mute.write(frame(f'{{"type": "hello", "v": 1, "ticket": "{ticket}"}}'.encode()))
    pull = f'{{"type": "pull", "table": "{table}", "viewer": "seat:BUY", "after": 0}}'.encode()
    while all(one.writable.is_set() for one in open_sockets(server)):
        await mute.write(frame(pull))
        await desk.does("say", channel="plenary", text=LONG)
    return mute, desk


def open_sockets(server: uvicorn.Server) -> list[Framing]:
    return [one for one in server.server_state.connections if isinstance(one, Framing)]


async def gone(house: Running, desk: Desk) -> None:
    while any(str(one.viewer) == "seat:BUY" for one in house.house.hub.tables[desk.table].listeners):
        await desk.does("say", channel="plenary", text="We go on.")


async def test_who_takes_nothing_is_closed_and_forgotten_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threebirds_server.framing.PATIENCE_S", 0.3)
    monkeypatch.setattr("threebirds_server.framing.PARTING_S", 0.3)
    monkeypatch.setattr("threebirds_server.listening.DEAD_PEER_MS", 3_600_000)
    async with running(tmp_path, actions_per_minute=1_000_000) as house:
        # Leaving it waits for every socket, and only our own patience can end this one.
        async with served(house) as (server, port):
            mute, desk = await stuck(house, server, port)
            await gone(house, desk)
        mute.close()


async def test_draining_waits_for_nobody_who_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threebirds_server.framing.PATIENCE_S", 3_600.0)
    clock = FakeClock()
    async with (
        running(tmp_path, clock=clock, actions_per_minute=1_000_000) as house,
        served(house) as (server, port),
    ):
        mute, desk = await stuck(house, server, port)
        draining = asyncio.create_task(house.house.hub.drain())
        assert await desk.socket.closed() == 4001
        while not draining.done():
            await clock.advance(500)
        for one in open_sockets(server):
            one.transport.abort()
        mute.close()


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0"])  # noqa: S104  # what --lan listens on
@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Only Linux lets a write end by itself.")
def test_every_accepted_socket_ends_by_itself_when_its_peer_is_gone(
    tmp_path: Path, host: str, loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    async def limits() -> set[int]:
        async with running(tmp_path) as house, served(house, host) as (server, port):
            near = "[::1]" if host == "::1" else "127.0.0.1"
            async with dial(f"ws://{near}:{port}/ws", proxy=None):
                accepted = [one.transport.get_extra_info("socket") for one in open_sockets(server)]
                return {one.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) for one in accepted}

    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(limits()) == {DEAD_PEER_MS}


async def test_no_websocket_route_accepts_a_page_of_another_site(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        routes = [route.path for route in house.app.routes if isinstance(route, WebSocketRoute)]
        assert routes
        for path in routes:
            for origin in ("https://evil.example", "https://localhost.evil.example", "null", "http://localhost:1"):
                with pytest.raises(ClosedError):
                    await Socket(house.app, {"origin": origin}, path=path).open()


async def test_a_class_that_is_told_to_come_back_does_not_come_back_as_one(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        desks = [await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")]
        draining = asyncio.create_task(house.house.hub.drain())
        waits = [(await desk.read_until("notice"))["after_ms"] for desk in desks]
        await draining
        assert len(set(waits)) == len(waits)
        assert all(BACK_AFTER_MS <= wait <= BACK_AFTER_MS + BACK_WITHIN_MS for wait in waits)
