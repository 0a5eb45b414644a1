"""uvicorn's websockets, made to bear a peer that means harm: they stay small, and say nothing in the log."""

from asyncio import TimerHandle

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

from threebirds_wire.errors import CloseCode as OurCloseCode

MOST_FRAGMENTS = 1_024
"""A message may come in so many frames: their number is not bounded by the size of a message, for they may be empty."""


PATIENCE_S = 8.0
"""How long a peer may take nothing at all of what waits for it."""
PARTING_S = 4.0
"""How long it may then take to read why it was closed, before everything that waits for it is let go."""


class Framing(WebSocketsSansIOProtocol):
    """A peer that does not read what it is sent is not read either: the answers to its pings would pile up here."""

    _patience: TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self.transport.pause_reading()
        self._patience = self.loop.call_later(PATIENCE_S, self._lose_patience)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_waiting()
        if not self.read_paused:
            self.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) < MOST_FRAGMENTS:
            super().handle_cont(event)
        elif not self.close_sent:
            self._fail(CloseCode.POLICY_VIOLATION, "too many fragments")

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_utf8(b"".join(self.frames)):
            self.frames = []
            self._fail(CloseCode.INVALID_DATA, "not UTF-8")
        else:
            super().send_receive_event_to_app()

    async def receive(self) -> ASGIReceiveEvent:
        message = await super().receive()
        if not (self.writable.is_set() or self.transport.is_closing()):
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

    def _lose_patience(self) -> None:
        """Waiting for the kernel to give up is not enough: it has no such limit everywhere."""
        self._part(OurCloseCode.SLOW)

    def _part(self, code: int) -> None:
        """Say why as the last thing, and abort if the peer does not even read that."""
        self._stop_waiting()
        self._patience = self.loop.call_later(PARTING_S, self.transport.abort)
        if not (self.close_sent or self.transport.is_closing()):
            self.conn.send_close(code)
            self.handle_parser_exception()

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.conn.fail(code, reason)
        self.handle_parser_exception()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
