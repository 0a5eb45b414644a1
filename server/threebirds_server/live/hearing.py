"""What everybody has in common who hears a table, over a socket or over HTTP."""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from threebirds_rules.names import PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.flags import Flag
from threebirds_server.live.outbox import Outbox
from threebirds_server.live.places import Attendance, Place
from threebirds_server.ports import Clock, SessionId
from threebirds_wire.codec import encode
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Granted, Notice, Presence, ServerFrame, TypingSeen, Welcome
from threebirds_wire.limits import HEARTBEAT_S, PROTOCOL_VERSION, Limits

PARTING: dict[CloseCode, Notice] = {
    CloseCode.RESTARTING: Notice(kind="restarting", message="The server restarts; back in a moment."),
    CloseCode.REMOVED: Notice(kind="removed", message="You are no longer at this table."),
    CloseCode.SEAT_GIVEN: Notice(kind="seat_given", message="You no longer hold this seat."),
}
"""What is said before closing with these codes."""


class Hearer:
    """A `Guest`: its table tells it what its viewer may know, and `outbox` holds it until it is written."""

    def __init__(self, address: str, limits: Limits, clock: Clock) -> None:
        self.address = address
        self.outbox = Outbox()
        self.gone: asyncio.Event = Flag()
        self.place: Place | None = None
        self.viewer = Viewer("public")
        self.person: PersonId | None = None
        self._limits = limits
        self._clock = clock
        self._attendance = Attendance()

    @property
    def session(self) -> SessionId | None:
        return self.place.admission.session if self.place else None

    def sit(self, place: Place) -> None:
        self.place = place
        self.viewer = place.viewer
        self.person = place.person

    def begin(self, granted: Granted, frames: Sequence[str]) -> None:
        self._send(
            Welcome(
                v=PROTOCOL_VERSION,
                heartbeat_s=HEARTBEAT_S,
                limits=self._limits,
                now=self._clock.now(),
                tables=(granted,),
            )
        )
        for text in frames:
            self.tell(text)

    def tell(self, text: str) -> None:
        self.outbox.put(text)

    def hint(self, frame: Presence | TypingSeen) -> None:
        self.outbox.put(encode(frame).decode(), transient=True)

    def dismiss(self, code: CloseCode, *, after_ms: int | None = None) -> None:
        if code in PARTING:
            self._send(replace(PARTING[code], after_ms=after_ms))
        self.outbox.close(code)

    def left(self) -> None:
        """Nobody reads any more."""
        self.gone.set()
        if self.place is not None:
            self.place.table.detach(self)
            self.place.table.tell_presence()

    def _attend(self) -> None:
        if self.place is not None:
            self._attendance.at(self.place)

    def _send(self, frame: ServerFrame) -> None:
        self.outbox.put(encode(frame).decode())
