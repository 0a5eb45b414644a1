"""The server's end of one connection, without a socket and without a clock.

Feed it text with `receive` and time with `tick`; then take what the client asked from
`events_received` and what must be sent from `data_to_send`, and close the socket when `closing` is
set. `now` is milliseconds of any steady clock.
"""

from typing import NamedTuple

from threebirds_wire.codec import decode_client, encode, request_id, unsupported
from threebirds_wire.errors import HANDLING, CloseCode, Error, error
from threebirds_wire.frames import (
    Act,
    ClientFrame,
    Hello,
    Pong,
    Pull,
    Reply,
    Score,
    ServerFrame,
    Typing,
)
from threebirds_wire.limits import HEARTBEAT_S, HELLO_WITHIN_S, PROTOCOL_VERSION, SILENCE_S


class HeartbeatDue(NamedTuple):
    """Time to send a `ping` with the heads of this connection's streams."""


class FrameRefused(NamedTuple):
    """A bad frame, already answered; told for the log and for limits."""

    error: Error


class Closing(NamedTuple):
    """The socket is to be closed with this code as soon as what waits has been sent."""

    code: CloseCode
    reason: str


ServerEvent = Hello | Act | Score | Pull | Typing | HeartbeatDue | FrameRefused


class ServerConnection:
    """`deadline` is when `tick` must be called next; `closing` is set once and stays."""

    def __init__(self, now: int) -> None:
        self.greeted = False
        self.closing: Closing | None = None
        self._heard = now
        self._hello_by = now + HELLO_WITHIN_S * 1000
        self._ping_at = now + HEARTBEAT_S * 1000
        self._events: list[ServerEvent] = []
        self._output: list[bytes] = []

    @property
    def deadline(self) -> int:
        if not self.greeted:
            return self._hello_by
        return min(self._ping_at, self._heard + SILENCE_S * 1000)

    def receive(self, data: str | bytes, now: int) -> None:
        """After calling this, take `events_received`, send `data_to_send`, look at `closing`."""
        if self.closing is not None:
            return
        self._heard = now
        if isinstance(data, bytes):
            self._answer_bad(error("bad_frame", "A frame is text, and this one is binary."), None)
            return
        frame = decode_client(data)
        if isinstance(frame, Error):
            self._answer_bad(frame, request_id(data))
        else:
            self._take(frame)

    def tick(self, now: int) -> None:
        """Let time pass: it may be late for a hello, time for a ping, or too long since anything was heard."""
        if self.closing is not None or now < self.deadline:
            return
        if not self.greeted:
            self.close(CloseCode.NO_PONG, f"No hello within {HELLO_WITHIN_S} seconds.")
        elif now >= self._heard + SILENCE_S * 1000:
            self.close(CloseCode.NO_PONG, f"Nothing heard for {SILENCE_S} seconds.")
        else:
            self._ping_at = now + HEARTBEAT_S * 1000
            self._events.append(HeartbeatDue())

    def events_received(self) -> list[ServerEvent]:
        """What has come in since the last call, in order."""
        events, self._events = self._events, []
        return events

    def data_to_send(self) -> list[bytes]:
        """The text frames to send, in order, each as UTF-8."""
        output, self._output = self._output, []
        return output

    def send(self, frame: ServerFrame) -> None:
        self._output.append(encode(frame))

    def send_encoded(self, frame: bytes) -> None:
        """Send a frame that was encoded once for many connections, as `event_frame` makes it."""
        self._output.append(frame)

    def refuse(self, request: int | None, because: Error) -> None:
        """Answer a request with an error; one that ends the conversation closes the connection too."""
        self.send(Reply(id=request, ok=False, error=because))
        code = HANDLING[because.code].close
        if code is not None:
            self.close(code, because.message)

    def close(self, code: CloseCode, reason: str) -> None:
        if self.closing is None:
            self.closing = Closing(code, reason)

    def _take(self, frame: ClientFrame) -> None:
        match frame:
            case Hello():
                self._greet(frame)
            case _ if not self.greeted:
                self._answer_bad(error("bad_frame", "The first frame must be a `hello`."), request_id_of(frame))
            case Pong():
                pass
            case _:
                self._events.append(frame)

    def _greet(self, hello: Hello) -> None:
        if self.greeted:
            self._answer_bad(error("bad_frame", "This connection has already said hello."), None)
        elif hello.v != PROTOCOL_VERSION:
            self._answer_bad(unsupported(hello.v), None)
        else:
            self.greeted = True
            self._events.append(hello)

    def _answer_bad(self, because: Error, request: int | None) -> None:
        """A client whose first words make no sense will not do better next time; later ones may be a slip."""
        self._events.append(FrameRefused(because))
        self.refuse(request, because)
        if because.code == "too_large":
            self.close(CloseCode.TOO_LARGE, because.message)
        elif not self.greeted:
            self.close(CloseCode.BAD_PROTOCOL, because.message)


def request_id_of(frame: ClientFrame) -> int | None:
    """The request's `id`, for frames that have one."""
    return frame.id if isinstance(frame, Act | Score) else None
