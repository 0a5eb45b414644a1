"""Tells every table when its time is up, also the ones that nobody has open, and gives back what was nobody's time.

Whether the service was away is asked of the store before any table is told anything: a laptop that was closed, a server
that was stopped and a clock that was set are all noticed at the first look afterwards.
"""

import asyncio
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import structlog

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor, ClockAction
from threebirds_rules.engine import next_due_at
from threebirds_rules.state import State
from threebirds_server.live.asks import Ask
from threebirds_server.live.hub import Hub
from threebirds_server.live.table import Table
from threebirds_server.live.unreadable import UNREADABLE
from threebirds_server.meters import Meter
from threebirds_server.ports import Absence, Clock, EventStore, SignsOfLife, StoreUnavailableError, TableRow
from threebirds_wire.errors import Error
from threebirds_wire.frames import TableId

GRACE_MS = 500
"""So much later than due: what was sent in time and is still on its way is not cut off."""
BEAT_MS = 5_000
"""How often the service says that it is there. It also looks for times that another process has set."""
AGAIN_MS = 1_000
"""A table that could not be told is tried again no sooner."""

CLOCK = Actor(kind="clock")

log = structlog.get_logger()


class Sweeper:
    """Any number may run on one database: whoever is first tells a table, and the others are refused."""

    def __init__(self, hub: Hub, store: EventStore, life: SignsOfLife, clock: Clock, meter: Meter) -> None:
        self._hub = hub
        self._store = store
        self._life = life
        self._clock = clock
        self._meter = meter
        self._wakes = asyncio.Event()
        self._unreadable: set[TableId] = set()
        self._beaten_at: int | None = None
        self._looks_at = 0
        self._absences: Sequence[Absence] = ()
        self._swept: list[Callable[[], None]] = []
        self._told: WeakKeyDictionary[Table, int] = WeakKeyDictionary()

    def on_sweep(self, hear: Callable[[], None]) -> None:
        """Of each look at the time, at least one in `BEAT_MS`."""
        self._swept.append(hear)

    def changed(self, table: Table) -> None:
        """A time may have come nearer, or the table was opened after an absence."""
        due = next_due_at(table.replica.state)
        if (due is not None and due + GRACE_MS < self._looks_at) or self._untold(table):
            self._wakes.set()

    async def run(self) -> None:
        while True:
            self._wakes.clear()
            try:
                self._looks_at = await self._sweep()
            except StoreUnavailableError:
                log.warning("sweep_put_off")
                self._looks_at = self._clock.now() + AGAIN_MS
            except Exception:
                log.exception("sweep_failed")
                self._looks_at = self._clock.now() + AGAIN_MS
            await self._clock.wait(self._wakes, self._looks_at)

    async def close(self) -> None:
        """The last sign of life: an absence that begins now is counted to the moment."""
        await self._life.beat(self._clock.now(), self._beaten_at)

    async def _sweep(self) -> int:
        """One `TimeUp` at most for each table, so that at most one phase closes; then, when to look again."""
        now = self._clock.now()
        await self._beat(now)
        for table in tuple(self._hub.tables.values()):
            await self._give_back(table)
        for hear in self._swept:
            hear()
        await self._hub.put_away()
        rows = await self._store.due(now - GRACE_MS)
        for row in rows:
            await self._tell(row)
        next_due = await self._store.next_due_at()
        soonest = self._clock.now() + (AGAIN_MS if rows else 0)
        beat_at = now + BEAT_MS
        return beat_at if next_due is None else max(soonest, min(next_due + GRACE_MS, beat_at))

    async def _beat(self, now: int) -> None:
        last = self._beaten_at
        if last is None or not last <= now < last + BEAT_MS:
            self._absences = await self._life.beat(now, last)
            self._beaten_at = now

    async def _tell(self, row: TableRow) -> None:
        try:
            table = await self._hub.table(row.id)
            if await table.reach(row.head):
                self._told.pop(table, None)
        except StoreUnavailableError:
            raise
        except Exception as raised:  # noqa: BLE001  # whatever is wrong with one table, the others go on
            self._complain_once(row.id, raised)
            return
        if not await self._give_back(table):
            return
        due = next_due_at(table.replica.state)
        if await self._ask(table, asked.TimeUp()) is None and due is not None:
            self._meter.late(self._clock.now() - due - GRACE_MS)

    async def _give_back(self, table: Table) -> bool:
        """Give back, before any phase may close, what the table has lost; False if that is still to be done."""
        for absence in self._untold(table):
            fault = await self._ask(table, asked.GiveTimeBack(since=absence.since, until=absence.until))
            if fault is not None and fault.rule is None:
                return False
            self._told[table] = absence.number
        return True

    def _untold(self, table: Table) -> Sequence[Absence]:
        told = self._told.get(table, 0)
        if not self._absences or self._absences[-1].number <= told:
            return ()
        settled = max(told, _settled(self._absences, table.replica.state, self._clock.now()))
        return [absence for absence in self._absences if absence.number > settled]

    async def _ask(self, table: Table, action: ClockAction) -> Error | None:
        """A refusal by a rule only says that somebody else was quicker, or that nothing was lost here."""
        fault = (await table.ask(Ask(CLOCK, action))).error
        if fault is not None and fault.rule is None:
            log.warning("clock_refused", table=table.id, kind=type(action).__name__, code=fault.code)
        return fault

    def _complain_once(self, table: TableId, raised: Exception) -> None:
        """It stays due, and is tried again every second: another release may have made it readable.

        What cannot be read the hub tells of.
        """
        if table not in self._unreadable and not isinstance(raised, UNREADABLE):
            self._unreadable.add(table)
            log.error("due_table_unreadable", table=table, exc_info=raised)


def _settled(absences: Sequence[Absence], state: State, now: int) -> int:
    """The last absence before which nothing is open: the clock was set back, and the table counts from a time since."""
    counts_from = max(state.counts_from, 0 if state.ballot is None else state.ballot.counts_from)
    return max((one.number for one in absences if one.until < one.since and one.until <= counts_from <= now), default=0)
