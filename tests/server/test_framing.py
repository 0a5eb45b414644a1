"""The websocket below the protocol, in front of a peer that means harm."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing, suppress
from typing import Any

import pytest
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.server import ServerState

from tests.fuzz.raw import CLOSE, CONTINUED, PING, frame
from tests.support.clock import settle
from threebirds_server.framing import MOST_FRAGMENTS, PARTING_S, PATIENCE_S, Framing

HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: c2l4dGVlbiBieXRlcyBpZA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Wire(asyncio.Transport):
    """Takes everything, and knows whether it is being read."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = True
        self.closing = False
        self.ended = False
        self.aborted = asyncio.Event()
        self.written = b""

    def write(self, data: Any) -> None:
        assert not self.ended
        self.written += bytes(data)

    def write_eof(self) -> None:
        self.ended = True

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True

    def abort(self) -> None:
        self.aborted.set()

    @property
    def code(self) -> int:
        """With which the socket was closed, in the last frame."""
        at = self.written.rindex(b"\x88")
        return int.from_bytes(self.written[at + 2 : at + 4], "big")


class Peer:
    """A socket whose server has accepted it and echoes what it hears."""

    def __init__(self) -> None:
        self.wire = Wire()
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.accepted = asyncio.Event()
        config = uvicorn.Config(self._app, interface="asgi3", ws=Framing, ws_per_message_deflate=False, log_config=None)
        config.load()
        self.framing = Framing(config, ServerState(), {})

    async def knock(self) -> None:
        self.framing.connection_made(self.wire)
        self.framing.data_received(HANDSHAKE)
        await self.accepted.wait()

    async def go(self) -> None:
        self.framing.connection_lost(None)
        await asyncio.gather(*self.framing.tasks)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        self.accepted.set()
        async for text in socket.iter_text():
            self.heard.put_nowait(text)


@pytest.fixture
async def peer() -> Peer:
    peer = Peer()
    await peer.knock()
    return peer


async def test_who_does_not_read_the_answers_to_its_pings_is_not_read_either(peer: Peer) -> None:
    peer.framing.data_received(frame(b"are you there?", PING) * 100)
    peer.framing.pause_writing()
    assert not peer.wire.reading
    peer.framing.data_received(frame(b"a last word"))
    assert await peer.heard.get() == "a last word"
    assert not peer.wire.reading
    peer.framing.resume_writing()
    assert peer.wire.reading
    await peer.go()


async def test_a_message_in_too_many_pieces_of_nothing_closes_and_is_forgotten(peer: Peer) -> None:
    peer.framing.data_received(frame(b"a", fin=False) + frame(b"", CONTINUED, fin=False) * (MOST_FRAGMENTS + 500))
    assert peer.wire.code == 1008
    assert len(peer.framing.frames) <= MOST_FRAGMENTS
    await peer.go()


async def test_a_message_in_many_pieces_is_put_together(peer: Peer) -> None:
    pieces = frame(b"x", CONTINUED, fin=False) * (MOST_FRAGMENTS - 2)
    peer.framing.data_received(frame(b"x", fin=False) + pieces + frame(b"x", CONTINUED))
    assert await peer.heard.get() == "x" * MOST_FRAGMENTS
    await peer.go()


async def test_what_is_not_utf_8_closes_with_1007_and_leaves_no_trace_in_the_log(
    peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    peer.framing.data_received(frame(b"\xd0", fin=False) + frame(b"x", CONTINUED))
    assert peer.wire.code == 1007
    await peer.go()
    assert caplog.records == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that waits for nobody: all it waits for comes in the next turn of the loop."""
    for name in ("PATIENCE_S", "PARTING_S"):
        monkeypatch.setattr(f"threebirds_server.framing.{name}", 0.0)


def test_a_peer_that_takes_nothing_is_gone_in_fifteen_seconds() -> None:
    assert PATIENCE_S + PARTING_S <= 15


@pytest.mark.usefixtures("impatient")
async def test_who_takes_nothing_for_too_long_is_told_last_of_all_and_let_go(peer: Peer) -> None:
    peer.framing.pause_writing()
    await peer.wire.aborted.wait()
    assert (peer.wire.code, peer.wire.ended) == (4002, True)
    await peer.go()


@pytest.mark.usefixtures("impatient")
async def test_who_takes_something_is_waited_for(peer: Peer) -> None:
    peer.framing.pause_writing()
    peer.framing.resume_writing()
    await settle()
    assert not peer.wire.ended
    await peer.go()


async def test_closing_does_not_wait_for_a_peer_that_does_not_read(peer: Peer) -> None:
    peer.framing.pause_writing()
    await peer.framing.send({"type": "websocket.close", "code": 4001, "reason": ""})
    assert peer.wire.code == 4001
    peer.framing.resume_writing()
    with pytest.raises(ClientDisconnected):
        await peer.framing.send({"type": "websocket.send", "text": "too late", "bytes": None})
    await peer.go()


async def test_what_a_peer_says_after_the_last_word_is_read_and_forgotten(peer: Peer) -> None:
    peer.framing.pause_writing()
    await peer.framing.send({"type": "websocket.close", "code": 4001, "reason": ""})
    assert peer.wire.reading
    before = peer.wire.written
    peer.framing.data_received(frame(b"", PING) + frame(b"a last word") + frame(b"", CLOSE) + b"no frame at all")
    peer.framing.shutdown()
    assert (peer.wire.written, peer.heard.empty(), peer.wire.closing) == (before, True, False)
    await peer.go()


async def test_what_comes_with_the_frame_that_is_wrong_is_forgotten_too(peer: Peer) -> None:
    wrong = frame(b"\xd0", fin=False) + frame(b"x", CONTINUED)
    peer.framing.data_received(wrong + frame(b"", PING) + frame(b"a last word"))
    assert (peer.wire.code, peer.wire.closing) == (1007, False)
    await peer.go()
    assert peer.heard.empty()


class Stuck(Framing):
    """Knows when its peer takes no more, and when it has gone."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.full, self.lost = asyncio.Event(), asyncio.Event()
        super().connection_made(transport)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.full.set()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.lost.set()


async def talk(scope: Scope, receive: Receive, send: Send) -> None:
    """Say more and more to somebody who never says anything."""
    talking = WebSocket(scope, receive, send)
    await talking.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await talking.send_text("We have been over this before. " * 100)


@asynccontextmanager
async def a_deaf_peer() -> AsyncGenerator[tuple[socket.socket, Stuck]]:
    """A real connection on which something waits in each direction that nobody reads."""
    config = uvicorn.Config(talk, interface="asgi3", ws=Stuck, ws_per_message_deflate=False, log_config=None)
    config.load()
    made, loop = list[Stuck](), asyncio.get_running_loop()

    def accepted() -> Stuck:
        made.append(Stuck(config, ServerState(), {}))
        return made[0]

    server = await loop.create_server(accepted, "127.0.0.1", 0)
    with closing(socket.socket()) as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        peer.setblocking(False)  # noqa: FBT003  # the standard library has it so
        await loop.sock_connect(peer, server.sockets[0].getsockname())
        await loop.sock_sendall(peer, HANDSHAKE)
        await loop.sock_recv(peer, 64)
        await made[0].full.wait()
        await loop.sock_sendall(peer, frame(b"What was that?"))
        yield peer, made[0]
    await made[0].lost.wait()
    server.close()


async def all_that_comes(peer: socket.socket) -> bytes:
    came = b""
    while data := await asyncio.get_running_loop().sock_recv(peer, 65_536):
        came += data
    return came


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_slow_reader_that_has_said_something_reads_why_it_was_closed(
    loop: Callable[[], asyncio.AbstractEventLoop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threebirds_server.framing.PARTING_S", 3_600.0)

    async def cut_off() -> bytes:
        async with a_deaf_peer() as (peer, framing):
            await framing.send({"type": "websocket.close", "code": 4002, "reason": ""})
            return await all_that_comes(peer)

    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(cut_off()).endswith(b"\x88\x02" + (4002).to_bytes(2, "big"))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_slow_reader_that_never_reads_is_let_go(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def let_go() -> bool:
        async with a_deaf_peer() as (_, framing):
            return await framing.lost.wait()

    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(let_go())
