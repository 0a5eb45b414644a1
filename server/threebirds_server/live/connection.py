"""One socket's conversation, without the socket: text and time are fed to it, and `outbox` holds what goes out."""

import asyncio
from collections.abc import Iterator

import structlog
from msgspec.structs import replace

from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.live.allowances import Allowances, Request
from threebirds_server.live.awake import Awake
from threebirds_server.live.entrance import Entrance
from threebirds_server.live.outbox import Outbox
from threebirds_server.live.places import Attendance, Place
from threebirds_server.live.presence import tell_presence
from threebirds_server.live.rates import Allowance
from threebirds_server.meters import Meter
from threebirds_server.ports import Clock, SessionId, StoreUnavailableError
from threebirds_wire.codec import encode
from threebirds_wire.errors import CloseCode, Error, error
from threebirds_wire.frames import (
    Act,
    Granted,
    Hello,
    Notice,
    Ping,
    Presence,
    Pull,
    Reply,
    Score,
    ServerFrame,
    Typing,
    TypingSeen,
    Welcome,
)
from threebirds_wire.limits import HEARTBEAT_S, PROTOCOL_VERSION, Limits
from threebirds_wire.server import FrameRefused, HeartbeatDue, ServerConnection, ServerEvent

log = structlog.get_logger()

FRAMES_PER_MINUTE = 3_000
PARTING: dict[CloseCode, Notice] = {
    CloseCode.RESTARTING: Notice(kind="restarting", message="The server restarts; back in a moment."),
    CloseCode.REMOVED: Notice(kind="removed", message="You are no longer at this table."),
    CloseCode.SEAT_GIVEN: Notice(kind="seat_given", message="You no longer hold this seat."),
}


def welcome(granted: Granted, limits: Limits, now: int) -> Welcome:
    return Welcome(v=PROTOCOL_VERSION, heartbeat_s=HEARTBEAT_S, limits=limits, now=now, tables=(granted,))


def parting(code: CloseCode, after_ms: int | None) -> Iterator[Notice]:
    """What is said before closing with this code, if anything."""
    if code in PARTING:
        yield replace(PARTING[code], after_ms=after_ms)


class Connection:
    """Also a `Listener`: its table tells it what its viewer may know."""

    def __init__(self, entrance: Entrance, allowances: Allowances, clock: Clock, address: str, meter: Meter) -> None:
        self.address = address
        self.outbox = Outbox()
        self.gone = asyncio.Event()
        self.place: Place | None = None
        self._begun = False
        self.viewer = Viewer("public")
        self.person: PersonId | None = None
        self._entrance = entrance
        self._allowances = allowances
        self._clock = clock
        self._meter = meter
        self._awake = Awake(clock)
        self._wire = ServerConnection(self._awake.now())
        per_minute = max(FRAMES_PER_MINUTE, allowances.limits.actions_per_minute)
        self._frames = Allowance(per_minute, clock.now())
        self._attendance = Attendance()

    @property
    def session(self) -> SessionId | None:
        return self.place.admission.session if self.place else None

    @property
    def deadline(self) -> int:
        """When `tick` has to be called at the latest."""
        return self._awake.on_the_clock(self._wire.deadline)

    async def receive(self, data: str | bytes) -> None:
        """Serve one frame to the end: the next one is read when this one is answered."""
        if self.outbox.code is not None:
            return
        # Reading on only when there is an allowance for it slows a flood down at its source and loses nothing.
        if pause := self._frames.take(self._clock.now()):
            await self._clock.sleep_until(self._clock.now() + pause)
        self._wire.receive(data, self._awake.now())
        await self._serve()
        if self.place is not None:
            self._attendance.at(self.place)

    async def tick(self) -> None:
        self._wire.tick(self._awake.now())
        await self._serve()

    def left(self) -> None:
        """The socket is closed."""
        self.gone.set()
        if self.outbox.code is not None:
            self._meter.closed(self.outbox.code)
        if self.place is not None:
            self.place.table.detach(self)
            tell_presence(self.place.table)

    def sit(self, place: Place) -> None:
        self.place = place
        self.viewer = place.viewer
        self.person = place.person

    def begin(self, granted: Granted, frames: tuple[str, ...]) -> None:
        self._begun = True
        self._send(welcome(granted, self._allowances.limits, self._clock.now()))
        for text in frames:
            self.tell(text)

    def tell(self, text: str) -> None:
        self.outbox.put(text)

    def hint(self, frame: Presence | TypingSeen) -> None:
        self.outbox.put(encode(frame).decode(), transient=True)

    def dismiss(self, code: CloseCode, *, after_ms: int | None = None) -> None:
        for notice in parting(code, after_ms):
            self._send(notice)
        self.outbox.close(code)

    async def _serve(self) -> None:
        events = self._wire.events_received()
        self._flush()
        for event in events:
            await self._handle(event)

    async def _handle(self, event: ServerEvent) -> None:
        match event:
            case Hello():
                await self._greet(event)
            case HeartbeatDue():
                self._beat()
            case FrameRefused():
                log.info("frame_refused", code=event.error.code)
            case Act() | Score() | Pull() | Typing():
                await self._request(event)

    async def _greet(self, hello: Hello) -> None:
        refusal = await self._entrance.let_in(hello, self)
        if refusal is not None:
            self._refuse(None, refusal.error)
            self.outbox.close(refusal.code)
        elif self.place is not None:
            tell_presence(self.place.table)

    async def _request(self, frame: Request) -> None:
        request = frame.id if isinstance(frame, Act | Score) else None
        place = self.place
        if place is None:
            self._refuse(request, error("unauthenticated", "This connection has no seat."))
            return
        refusal = place.stranger(frame) or self._allowances.exceeded(place, frame)
        if refusal is not None:
            self._refuse(request, refusal)
            return
        try:
            await self._answer(place, frame)
        except (StoreUnavailableError, asyncio.QueueFull):
            self._refuse(request, error("busy", "The server cannot read at this moment; please try again."))
        except Exception:
            log.exception("request_failed", table=place.table.id, kind=type(frame).__name__)
            self._refuse(request, error("internal", "Something went wrong here; please try again."))

    async def _answer(self, place: Place, frame: Request) -> None:
        match frame:
            case Act():
                self._reply(frame.id, await place.act(frame))
            case Score():
                self._reply(frame.id, place.score(frame))
            case Pull():
                for text in await place.pull(frame):
                    self.tell(text)
            case Typing():
                if refusal := place.typing(frame):
                    self._refuse(None, refusal)

    def _beat(self) -> None:
        # Who waits at the door of a slow table has no stream yet, and nothing to be behind of.
        heads = (self.place.head,) if self.place and self._begun else ()
        self._send(Ping(now=self._clock.now(), heads=heads))

    def _reply(self, request: int, reply: Reply) -> None:
        self._send(replace(reply, id=request))

    def _refuse(self, request: int | None, because: Error) -> None:
        self._wire.refuse(request, because)
        self._flush()

    def _send(self, frame: ServerFrame) -> None:
        self._wire.send(frame)
        self._flush()

    def _flush(self) -> None:
        for data in self._wire.data_to_send():
            self.outbox.put(data.decode())
        if self._wire.closing is not None:
            self.outbox.close(self._wire.closing.code)
