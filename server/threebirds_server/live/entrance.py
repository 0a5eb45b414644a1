"""From a ticket to a place at a table, or to the reason why not."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import structlog

from threebirds_server.live.asks import Listener
from threebirds_server.live.hub import Hub
from threebirds_server.live.places import Place
from threebirds_server.ports import SessionStore, StoreUnavailableError, UnknownTableError
from threebirds_wire.errors import CloseCode, Error, error
from threebirds_wire.frames import Hello
from threebirds_wire.limits import Limits

log = structlog.get_logger()


class TurnedAway(NamedTuple):
    error: Error
    code: CloseCode


RESTARTING = TurnedAway(error("busy", "The server restarts; please come back in a moment."), CloseCode.RESTARTING)
OUTAGE = TurnedAway(error("busy", "The server is not able to read on; please come back shortly."), CloseCode.RESTARTING)
# A table that this release cannot read is left alone: another worker, or the next release, may know it.
UNREADABLE = TurnedAway(error("internal", "This table cannot be read at this moment."), CloseCode.RESTARTING)
BAD_TICKET = TurnedAway(error("unauthenticated", "This ticket is unknown, used or too old."), CloseCode.BAD_TOKEN)
GONE = TurnedAway(error("unknown_table", "This table is no longer there."), CloseCode.REMOVED)
SEAT_LOST = TurnedAway(error("not_your_seat", "You no longer hold this seat."), CloseCode.SEAT_GIVEN)
CROWDED = TurnedAway(error("rate_limited", "Too many windows are open on this seat; close one."), CloseCode.SLOW)


class Guest(Listener, Protocol):
    """A listener that has no place until it is let in."""

    def sit(self, place: Place, /) -> None: ...


class Entrance:
    def __init__(self, hub: Hub, sessions: SessionStore, limits: Limits, bots: Sequence[str]) -> None:
        self._hub = hub
        self._sessions = sessions
        self._limits = limits
        self._bots = bots

    async def let_in(self, hello: Hello, guest: Guest) -> TurnedAway | None:
        """Give the guest its place and let it begin there, or say why not."""
        try:
            return RESTARTING if self._hub.draining else await self._let_in(hello, guest)
        except UnknownTableError:
            return GONE
        except (StoreUnavailableError, asyncio.QueueFull):
            return OUTAGE
        except Exception:
            log.exception("table_unreadable")
            return UNREADABLE

    async def _let_in(self, hello: Hello, guest: Guest) -> TurnedAway | None:
        admission = await self._sessions.redeem_ticket(hello.ticket)
        if admission is None:
            return BAD_TICKET
        table = await self._hub.table(admission.table)
        place = Place(table, admission.viewer, admission.person, admission.session, self._bots)
        if table.removed(place.viewer, place.person):
            return SEAT_LOST
        if self._crowded(place):
            return CROWDED
        guest.sit(place)
        key = (table.id, str(place.viewer))
        await table.attach(guest, next((one for one in hello.resume if (one.table, one.viewer) == key), None))
        return None

    def _crowded(self, place: Place) -> bool:
        listeners = place.table.listeners
        of_person = sum(one.person == place.person for one in listeners) if place.person else 0
        of_viewer = sum(one.viewer == place.viewer for one in listeners)
        return of_person >= self._limits.sockets_per_person or of_viewer >= self._limits.sockets_per_seat
