"""One socket's conversation, without the socket: text and time are fed to it, and `outbox` holds what goes out."""

import asyncio
from collections.abc import Sequence

import structlog
from msgspec.structs import replace

from threebirds_server.live.allowances import Allowances, Request
from threebirds_server.live.awake import Awake
from threebirds_server.live.entrance import Entrance
from threebirds_server.live.hearing import Hearer
from threebirds_server.live.places import Place
from threebirds_server.live.rates import Allowance
from threebirds_server.meters import Meter
from threebirds_server.ports import Clock, StoreUnavailableError
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import (
    Act,
    Granted,
    Hello,
    Ping,
    Pull,
    Reply,
    Score,
    ServerFrame,
    Typing,
)
from threebirds_wire.server import FrameRefused, HeartbeatDue, ServerConnection, ServerEvent

log = structlog.get_logger()

FRAMES_PER_MINUTE = 3_000


class Connection(Hearer):
    """Hears, and asks."""

    def __init__(self, entrance: Entrance, allowances: Allowances, clock: Clock, address: str, meter: Meter) -> None:
        super().__init__(address, allowances.limits, clock)
        self._begun = False
        self._entrance = entrance
        self._allowances = allowances
        self._meter = meter
        self._awake = Awake(clock)
        self._wire = ServerConnection(self._awake.now())
        per_minute = max(FRAMES_PER_MINUTE, allowances.limits.actions_per_minute)
        self._frames = Allowance(per_minute, clock.now())

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
        self._attend()

    async def tick(self) -> None:
        self._wire.tick(self._awake.now())
        await self._serve()

    def left(self) -> None:
        if self.outbox.code is not None:
            self._meter.closed(self.outbox.code)
        super().left()

    def begin(self, granted: Granted, frames: Sequence[str]) -> None:
        self._begun = True
        super().begin(granted, frames)

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
