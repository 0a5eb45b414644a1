"""One stream over HTTP: the frames of a socket, one a line, and a blank line as its heartbeat."""

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.live.connection import parting, welcome
from threebirds_server.live.outbox import Outbox
from threebirds_server.live.places import Attendance, Place
from threebirds_server.live.presence import tell_presence
from threebirds_server.live.socket import PARTING_MS
from threebirds_server.ports import Clock, SessionId
from threebirds_server.tasks import first_of
from threebirds_wire.codec import encode
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Granted, Presence, ServerFrame, TypingSeen
from threebirds_wire.limits import HEARTBEAT_S, Limits

HEARTBEAT_MS = HEARTBEAT_S * 1_000
MEDIA_TYPE = "application/x-ndjson"


class Reader:
    """A `Guest`: a listener that only listens."""

    address = ""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.outbox = Outbox()
        self.gone = asyncio.Event()
        self.place: Place | None = None
        self._limits = limits
        self._clock = clock
        self._attendance = Attendance()
        self._taken = 0
        self._taken_before = -1

    @property
    def viewer(self) -> Viewer:
        return self.place.viewer if self.place else Viewer("public")

    @property
    def person(self) -> PersonId | None:
        return self.place.person if self.place else None

    @property
    def session(self) -> SessionId | None:
        return self.place.admission.session if self.place else None

    def sit(self, place: Place) -> None:
        self.place = place

    def begin(self, granted: Granted, frames: tuple[str, ...]) -> None:
        self._put(welcome(granted, self._limits, self._clock.now()))
        for text in frames:
            self.tell(text)

    def tell(self, text: str) -> None:
        self.outbox.put(text)

    def hint(self, frame: Presence | TypingSeen) -> None:
        self.outbox.put(encode(frame).decode(), transient=True)

    def dismiss(self, code: CloseCode, *, after_ms: int | None = None) -> None:
        for notice in parting(code, after_ms):
            self._put(notice)
        self.outbox.close(code)

    def left(self) -> None:
        self.gone.set()
        if self.place is not None:
            self.place.table.detach(self)
            tell_presence(self.place.table)

    async def line(self) -> str | None:
        """The next one to be written; None: that was all."""
        text = await self.outbox.take()
        self._taken += 1
        return f"{text}\n" if isinstance(text, str) else None

    async def keep_time(self) -> None:
        """Beat until the stream is to end, and then give the writer a moment to say so."""
        self._attend()
        while not await self._clock.wait(self.outbox.closing, self._clock.now() + HEARTBEAT_MS):
            self._beat()
        await self._clock.sleep_until(self._clock.now() + PARTING_MS)

    def _beat(self) -> None:
        """A line that still waits to be written since the last beat is one that nobody reads."""
        if self._taken == self._taken_before:
            self.outbox.close(CloseCode.SLOW)
            return
        self._taken_before = self._taken
        self.outbox.put("", transient=True)
        self._attend()

    def _attend(self) -> None:
        if self.place is not None:
            self._attendance.at(self.place)

    def _put(self, frame: ServerFrame) -> None:
        self.outbox.put(encode(frame).decode())


class LineByLine(Response):
    """Goes on until the reader is sent away, goes by itself, or takes nothing more."""

    media_type = MEDIA_TYPE

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        # Some proxies keep an answer until it is whole.
        self.headers["x-accel-buffering"] = "no"
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as all responses
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await first_of(self._write(send), _gone(receive), self._reader.keep_time())
        finally:
            self._reader.left()

    async def _write(self, send: Send) -> None:
        while (line := await self._reader.line()) is not None:
            await send({"type": "http.response.body", "body": line.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
