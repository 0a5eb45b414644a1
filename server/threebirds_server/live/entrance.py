"""From a ticket, or from who asks, to a place at a table, or to the reason why not."""

import asyncio
from collections.abc import Awaitable, Generator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol, TypeVar

import structlog

from threebirds_server.failures import Failures
from threebirds_server.live.asks import Listener, Since
from threebirds_server.live.hub import Hub
from threebirds_server.live.places import Place
from threebirds_server.live.unreadable import UNREADABLE, why_not
from threebirds_server.ports import Admission, SessionStore, StoreUnavailableError, UnknownTableError
from threebirds_wire.errors import CloseCode, Error, error
from threebirds_wire.frames import Hello, TableId
from threebirds_wire.limits import Limits

log = structlog.get_logger()
Found = TypeVar("Found")


class TurnedAway(NamedTuple):
    error: Error
    code: CloseCode


RESTARTING = TurnedAway(error("busy", "The server restarts; please come back in a moment."), CloseCode.RESTARTING)
OUTAGE = TurnedAway(error("busy", "The server is not able to read on; please come back shortly."), CloseCode.RESTARTING)
MISTAKE = TurnedAway(error("internal", "This table cannot be read at this moment."), CloseCode.RESTARTING)
BAD_TICKET = TurnedAway(error("unauthenticated", "This ticket is unknown, used or too old."), CloseCode.BAD_TOKEN)
GONE = TurnedAway(error("unknown_table", "This table is no longer there."), CloseCode.REMOVED)
SEAT_LOST = TurnedAway(error("not_your_seat", "You no longer hold this seat."), CloseCode.SEAT_GIVEN)
CROWDED = TurnedAway(error("rate_limited", "Too many windows are open on this seat; close one."), CloseCode.SLOW)


class Guest(Listener, Protocol):
    """A listener that has no place until it is let in. `address` is where on the network it comes from."""

    @property
    def address(self) -> str: ...

    def sit(self, place: Place, /) -> None: ...


class Entrance:
    def __init__(
        self, hub: Hub, sessions: SessionStore, limits: Limits, bots: Sequence[str], failures: Failures
    ) -> None:
        self._hub = hub
        self._sessions = sessions
        self._limits = limits
        self._bots = bots
        self._failures = failures
        self._coming: dict[TableId, list[Guest]] = {}

    async def let_in(self, hello: Hello, guest: Guest) -> TurnedAway | None:
        """Give whoever has a ticket its place and let it begin there, or say why not."""
        return await self._or_why_not(self._with_ticket(hello, guest))

    async def show_in(self, admission: Admission, guest: Guest, since: Since | None) -> TurnedAway | None:
        """The same for a guest whose authority is known."""
        return await self._or_why_not(self._show_in(admission, guest, since))

    async def place(self, admission: Admission) -> Place | TurnedAway:
        """The place alone, for one request."""
        return await self._or_why_not(self._place(admission))

    async def _with_ticket(self, hello: Hello, guest: Guest) -> TurnedAway | None:
        if self._hub.draining:
            return RESTARTING
        admission = await self._sessions.redeem_ticket(hello.ticket)
        self._hub.bustle.stir()
        if admission is None:
            return self._bad_ticket(guest.address)
        key = (admission.table, str(admission.viewer))
        held = next((one for one in hello.resume if (one.table, one.viewer) == key), None)
        return await self._show_in(admission, guest, held and Since(held.epoch, held.after, held.mark))

    async def _show_in(self, admission: Admission, guest: Guest, since: Since | None) -> TurnedAway | None:
        place = await self._place(admission)
        if isinstance(place, TurnedAway):
            return place
        if self._crowded(place):
            return CROWDED
        guest.sit(place)
        try:
            with self._on_the_way(guest, place.table.id):
                await place.table.attach(guest, since)
        except UNREADABLE as damage:
            # What is in memory may be well, and whatever is added to such a log could never be read again.
            await self._hub.forget(place.table.id, CloseCode.RESTARTING, damage)
            raise
        if self._hub.has_ended(admission.session):
            place.table.detach(guest)
            return BAD_TICKET
        self._hub.bustle.stir()
        return None

    async def _place(self, admission: Admission) -> Place | TurnedAway:
        if self._hub.draining:
            return RESTARTING
        table = await self._hub.table(admission.table)
        place = Place(table, admission, self._bots)
        return SEAT_LOST if table.removed(place.viewer, place.person) else place

    def _bad_ticket(self, address: str) -> TurnedAway:
        fault = self._failures.failed(address, BAD_TICKET.error)
        return BAD_TICKET if fault is BAD_TICKET.error else TurnedAway(fault, CloseCode.SLOW)

    @contextmanager
    def _on_the_way(self, guest: Guest, table: TableId) -> Generator[None]:
        """Who waits for the table is counted, too: else a hundred windows that open at once all come in."""
        self._coming.setdefault(table, []).append(guest)
        try:
            yield
        finally:
            self._coming[table].remove(guest)
            if not self._coming[table]:
                del self._coming[table]

    def _crowded(self, place: Place) -> bool:
        listeners = {*place.table.listeners, *self._coming.get(place.table.id, ())}
        of_person = sum(one.person == place.person for one in listeners) if place.person else 0
        of_viewer = sum(one.viewer == place.viewer for one in listeners)
        return of_person >= self._limits.sockets_per_person or of_viewer >= self._limits.sockets_per_seat

    async def _or_why_not(self, looking: Awaitable[Found]) -> Found | TurnedAway:
        try:
            return await self._hub.bustle.patiently(looking)
        except UnknownTableError:
            return GONE
        except (StoreUnavailableError, asyncio.QueueFull, TimeoutError):
            return OUTAGE
        except UNREADABLE as raised:
            return TurnedAway(why_not(raised), CloseCode.RESTARTING)
        except Exception:
            log.exception("not_let_in")
            return MISTAKE
