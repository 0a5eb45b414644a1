"""uvicorn's websockets, made to bear a peer that means harm: they stay small, and say nothing in the log."""

import asyncio
from asyncio import AbstractEventLoop, TimerHandle
from typing import Any, cast

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

from threebirds_server.flags import Flag
from threebirds_wire.errors import CloseCode as OurCloseCode

WRITE_NOW = "threebirds.write_now"

TEXT, LENGTH_IN_2, LENGTH_IN_8, MOST_IN_2 = 0x81, 126, 127, 1 << 16

READ_AHEAD = 4
"""So many messages of one socket wait at most to be served."""

MOST_FRAGMENTS = 1_024
"""A message may come in so many frames: their number is not bounded by the size of a message, for they may be empty."""

PATIENCE_S = 8.0
"""How long a peer may take nothing at all of what waits for it."""
PARTING_S = 4.0
"""How long it may then take to read why it was closed, before everything that waits for it is let go."""


class Inbox:
    """What one reader takes, one after the other: as much of `asyncio.Queue` as is needed, in a tenth of its memory."""

    def __init__(self) -> None:
        self._waiting: list[ASGIReceiveEvent] = []
        self._filled = Flag()

    def put_nowait(self, message: ASGIReceiveEvent) -> None:
        self._waiting.append(message)
        self._filled.set()

    async def get(self) -> ASGIReceiveEvent:
        while not self._waiting:
            self._filled.clear()
            await self._filled.wait()
        return self._waiting.pop(0)

    def qsize(self) -> int:
        return len(self._waiting)

    def empty(self) -> bool:
        return not self._waiting


class Framing(WebSocketsSansIOProtocol):
    """A peer that does not read what it is sent is not read either: the answers to its pings would pile up here.

    Offers the app the extension `WRITE_NOW`, whose `write` sends a text at once and says whether it did.
    """

    _patience: TimerHandle | None = None
    _parting = False
    """The last word is written, and the peer may still read it: whatever it says meanwhile is heard and forgotten."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        # An idle socket is mostly what others keep of it; each of theirs is some hundred bytes, empty.
        self.queue = cast("asyncio.Queue[ASGIReceiveEvent]", Inbox())
        self.writable = Flag()
        self.writable.set()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            # The app that gets this scope is a task, and has not begun.
            self.scope["extensions"] = {**self.scope.get("extensions", {}), WRITE_NOW: {"write": self.write_now}}

    def write_now(self, text: str) -> bool:
        """Write a frame without a task, a queue or a copy in between; False if this socket takes no more now."""
        if self.close_sent or self.disconnected or not self.writable.is_set():
            return False
        body = text.encode()
        self.transport.write(_head(len(body)) + body)
        return True

    def pause_writing(self) -> None:
        super().pause_writing()
        if not self._parting:
            self.transport.pause_reading()
            self._patience = self.loop.call_later(PATIENCE_S, self._lose_patience)

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self._parting:
            self._stop_waiting()
            if not self.read_paused:
                self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        if not self._parting:
            super().data_received(data)

    def handle_ping(self) -> None:
        if not self._parting:
            super().handle_ping()

    def handle_close(self, event: Frame) -> None:
        if not self._parting:
            super().handle_close(event)

    def shutdown(self) -> None:
        """Who is parting goes within `PARTING_S` in any case."""
        if not self._parting:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) < MOST_FRAGMENTS:
            super().handle_cont(event)
        elif not self.close_sent:
            self._fail(CloseCode.POLICY_VIOLATION, "too many fragments")

    def send_receive_event_to_app(self) -> None:
        """Read on until some messages wait: to stop and begin again at each one costs two calls of the system."""
        data = b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        try:
            self.queue.put_nowait(
                {"type": "websocket.receive", "text": data.decode()}
                if self.curr_msg_data_type == "text"
                else {"type": "websocket.receive", "bytes": data}
            )
        except UnicodeDecodeError:
            self._fail(CloseCode.INVALID_DATA, "not UTF-8")
            return
        if self.queue.qsize() >= READ_AHEAD and not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    async def receive(self) -> ASGIReceiveEvent:
        message = await super().receive()
        if not (self.writable.is_set() or self._parting or self.transport.is_closing()):
            self.transport.pause_reading()
        return message

    async def send(self, message: ASGISendEvent) -> None:
        """Raise `ClientDisconnected` for a socket that was closed below us, as for one whose peer has gone.

        Closing never waits for the peer: the code stands after whatever it has not read.
        """
        if message["type"] == "websocket.close" and self.handshake_complete and not self.writable.is_set():
            self._part(message.get("code", CloseCode.NORMAL_CLOSURE))
            return
        await self.writable.wait()
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)
        if message["type"] == "websocket.accept":
            self._forget_the_handshake()

    def _forget_the_handshake(self) -> None:
        """Who asked for what was looked at before the socket was accepted, and nobody asks again for hours."""
        self.request.headers.clear()
        self.response.headers.clear()
        cast("dict[str, Any]", self.scope).clear()

    def _lose_patience(self) -> None:
        """Waiting for the kernel to give up is not enough: it has no such limit everywhere."""
        self._part(OurCloseCode.SLOW)

    def _part(self, code: int) -> None:
        """Say why as the last thing, and abort if the peer does not even read that."""
        if self.close_sent or self.transport.is_closing():
            self._abort_soon()
        else:
            self.conn.send_close(code)
            self.handle_parser_exception()

    def handle_parser_exception(self) -> None:
        """Write that it is over, and read on until the peer has read so and goes.

        The kernel resets a connection that is closed while something is there that nobody has read: the peer would
        never get what was written last.
        """
        assert self.conn.close_sent is not None  # noqa: S101  # whoever calls has just closed it
        self.queue.put_nowait({"type": "websocket.disconnect", "code": self.conn.close_sent.code, "reason": ""})
        self._parting = self.close_sent = True
        # With a timer of its own uvicorn leaves it to that to close.
        self.close_timer = self._abort_soon()
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.write_eof()
        self.transport.resume_reading()

    def _abort_soon(self) -> TimerHandle:
        self._stop_waiting()
        self._patience = self.loop.call_later(PARTING_S, self.transport.abort)
        return self._patience

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.conn.fail(code, reason)
        self.handle_parser_exception()


def _head(size: int) -> bytes:
    """Of a text frame in one piece, as a server sends it (RFC 6455, section 5.2)."""
    if size < LENGTH_IN_2:
        return bytes((TEXT, size))
    if size < MOST_IN_2:
        return bytes((TEXT, LENGTH_IN_2)) + size.to_bytes(2, "big")
    return bytes((TEXT, LENGTH_IN_8)) + size.to_bytes(8, "big")
