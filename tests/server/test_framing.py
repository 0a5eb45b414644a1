"""The websocket below the protocol, in front of a peer that means harm."""

import asyncio
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.server import ServerState

from tests.fuzz.raw import CONTINUED, PING, frame
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
        self.aborted = asyncio.Event()
        self.written = b""

    def write(self, data: Any) -> None:
        self.written += bytes(data)

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
    assert (peer.wire.code, peer.wire.closing) == (4002, True)
    await peer.go()


@pytest.mark.usefixtures("impatient")
async def test_who_takes_something_is_waited_for(peer: Peer) -> None:
    peer.framing.pause_writing()
    peer.framing.resume_writing()
    await settle()
    assert not peer.wire.closing
    await peer.go()


async def test_closing_does_not_wait_for_a_peer_that_does_not_read(peer: Peer) -> None:
    peer.framing.pause_writing()
    await peer.framing.send({"type": "websocket.close", "code": 4001, "reason": ""})
    assert peer.wire.code == 4001
    peer.framing.resume_writing()
    with pytest.raises(ClientDisconnected):
        await peer.framing.send({"type": "websocket.send", "text": "too late", "bytes": None})
    await peer.go()
