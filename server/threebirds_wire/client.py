"""The client's end, without a socket and without a clock; it outlives its sockets.

`open` it on each new socket with a fresh ticket, feed it text with `receive` and time with `tick`,
and tell it with `lost` that a socket is gone. It says hello with what it holds, keeps every view up
to date, asks again for what it missed, and sends every unanswered request once more under the same
`cid`. `now` is milliseconds of any steady clock.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, assert_never

from threebirds_wire.codec import decode_server, encode
from threebirds_wire.errors import CloseCode, Error, error
from threebirds_wire.frames import (
    Act,
    ClientFrame,
    EventFrame,
    Hello,
    Notice,
    Ping,
    Pong,
    Presence,
    Pull,
    Reply,
    Score,
    ServerFrame,
    Snapshot,
    SnapshotReason,
    TypingSeen,
    Welcome,
)
from threebirds_wire.holdings import Holding, StreamKey, advanced, holding_of
from threebirds_wire.limits import FRAME_BYTES, PROTOCOL_VERSION, SILENCE_S

Request = Act | Score

TOO_LONG = error("too_large", f"That is too long: a frame has at most {FRAME_BYTES:,} bytes.")


class ViewReplaced(NamedTuple):
    """A snapshot came: `reason` is None for the first one of a stream."""

    holding: Holding
    reason: SnapshotReason | None


class Happened(NamedTuple):
    """One event; `holding` is the stream after it, `fields` the whole frame with the fields of its kind."""

    holding: Holding
    event: EventFrame
    fields: Mapping[str, Any]


class Answered(NamedTuple):
    request: Request
    reply: Reply


class Unread(NamedTuple):
    """A frame that was not understood, or an error that answers none of our requests."""

    error: Error


ClientEvent = Welcome | ViewReplaced | Happened | Answered | Presence | TypingSeen | Notice | Unread


class ClientConnection:
    """`deadline` is when `tick` must be called next; after that `dead` says whether to give this socket up."""

    def __init__(self, *, sdk: str) -> None:
        self.dead = False
        self.holdings: dict[StreamKey, Holding] = {}
        self._sdk = sdk
        self._welcomed = False
        self._heard = 0
        self._next_id = 1
        self._unanswered: dict[int, Request] = {}
        self._pulled: dict[StreamKey, int] = {}
        self._events: list[ClientEvent] = []
        self._output: list[bytes] = []

    @property
    def deadline(self) -> int:
        return self._heard + SILENCE_S * 1000

    def open(self, ticket: str, now: int) -> None:
        """A new socket is there: say hello, with all that is held."""
        self.lost()
        self.dead = False
        self._heard = now
        resume = tuple(self.holdings[key].held for key in sorted(self.holdings))
        self._output = [encode(Hello(v=PROTOCOL_VERSION, ticket=ticket, sdk=self._sdk, resume=resume))]

    def lost(self, code: int | None = None) -> None:
        """The socket is gone: what was not answered waits for the next one, but for a frame that was too large.

        The server says of such a frame that it came, with the close `code`, and not which one it was.
        """
        self._welcomed = False
        self._pulled.clear()
        self._output.clear()
        if code == CloseCode.TOO_LARGE and self._unanswered:
            longest = max(self._unanswered.values(), key=lambda request: len(encode(request)))
            self._answered(Reply(id=longest.id, ok=False, error=TOO_LONG))

    def next_id(self) -> int:
        """A number for a request that no other one of this client has."""
        self._next_id += 1
        return self._next_id - 1

    def ask(self, request: Request) -> None:
        """Send now or as soon as there is a welcome, and again on each new socket until it is answered."""
        frame = encode(request)
        if len(frame) > FRAME_BYTES:
            self._events.append(Answered(request, Reply(id=request.id, ok=False, error=TOO_LONG)))
            return
        self._unanswered[request.id] = request
        if self._welcomed:
            self._output.append(frame)

    def send(self, frame: ClientFrame) -> None:
        """Send something that is worth nothing later, such as `typing`; without a welcome it is dropped."""
        if self._welcomed:
            self._output.append(encode(frame))

    def receive(self, data: str | bytes, now: int) -> None:
        """After calling this, take `events_received` and send `data_to_send`."""
        self._heard = now
        decoded = decode_server(data)
        if isinstance(decoded, Error):
            self._events.append(Unread(decoded))
        else:
            self._take(*decoded, data)

    def tick(self, now: int) -> None:
        self.dead = self.dead or now >= self.deadline

    def events_received(self) -> list[ClientEvent]:
        """What has come in since the last call, in order."""
        events, self._events = self._events, []
        return events

    def data_to_send(self) -> list[bytes]:
        """The text frames to send, in order, each as UTF-8."""
        output, self._output = self._output, []
        return output

    def _take(self, frame: ServerFrame, body: Mapping[str, Any], data: str | bytes) -> None:
        match frame:
            case Welcome():
                self._begin(frame)
            case Snapshot():
                self._replace(frame, body)
            case EventFrame():
                self._apply(frame, body, data)
            case Reply():
                self._answered(frame)
            case Ping():
                self._pong(frame)
            case Presence() | TypingSeen() | Notice():
                self._events.append(frame)
            case _:
                assert_never(frame)

    def _begin(self, welcome: Welcome) -> None:
        self._welcomed = True
        self._output += [encode(request) for request in self._unanswered.values()]
        self._events.append(welcome)

    def _replace(self, snapshot: Snapshot, body: Mapping[str, Any]) -> None:
        holding = holding_of(snapshot, body)
        self.holdings[holding.key] = holding
        self._pulled.pop(holding.key, None)
        self._events.append(ViewReplaced(holding, snapshot.reason))

    def _apply(self, event: EventFrame, body: Mapping[str, Any], data: str | bytes) -> None:
        """Only the very next event is applied: an older one is known, and one beyond a gap must wait."""
        key = (event.table, event.viewer)
        holding = self.holdings.get(key)
        if holding is None or event.n <= holding.n:
            return
        if event.n > holding.n + 1:
            self._pull(holding)
            return
        try:
            after = advanced(holding, event, data)
        except LookupError as fault:
            self._give_up(key, fault)
            return
        self.holdings[key] = after
        self._events.append(Happened(after, event, body))

    def _give_up(self, key: StreamKey, fault: LookupError) -> None:
        """A change that fits nowhere: what we hold is not what the server thinks. The next socket brings a snapshot."""
        del self.holdings[key]
        self.dead = True
        self._events.append(Unread(error("internal", f"The view and its changes do not fit: {fault}.")))

    def _answered(self, reply: Reply) -> None:
        request = None if reply.id is None else self._unanswered.pop(reply.id, None)
        if request is not None:
            self._events.append(Answered(request, reply))
        elif reply.error is not None:
            self._events.append(Unread(reply.error))

    def _pong(self, ping: Ping) -> None:
        self._output.append(encode(Pong()))
        self._pulled.clear()
        for head in ping.heads:
            holding = self.holdings.get((head.table, head.viewer))
            if holding is not None and head.n > holding.n:
                self._pull(holding)

    def _pull(self, holding: Holding) -> None:
        """Ask for what is missing; until the next ping only once from the same place."""
        if self._pulled.get(holding.key) != holding.n:
            self._pulled[holding.key] = holding.n
            self._output.append(encode(Pull(table=holding.table, viewer=holding.viewer, after=holding.n)))
