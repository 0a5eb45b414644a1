"""The lead of a delegation whose head is away."""

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.state import SeatState
from threebirds_server.live.asks import Ask
from threebirds_server.live.presence import present
from threebirds_server.live.table import Table
from threebirds_server.ports import Clock
from threebirds_wire.frames import TableId

ABSENT_MS = 60_000
LOOK_MS = 5_000


class AbsentHeads:
    """Passes the lead of a delegation on when its head has been away for a minute and another member is there."""

    def __init__(self, tables: dict[TableId, Table], clock: Clock) -> None:
        self._tables = tables
        self._clock = clock
        self._away_since: dict[tuple[TableId, RoleId, PersonId], int] = {}

    async def run(self) -> None:
        while True:
            await self._clock.sleep_until(self._clock.now() + LOOK_MS)
            await self.look()

    async def look(self) -> None:
        here = {table.id: frozenset(present(table.listeners)) for table in self._tables.values()}
        for table in tuple(self._tables.values()):
            if table.replica.state.status in {"lobby", "running", "paused"}:
                for seat in table.replica.state.seats:
                    await self._look_at(table, seat, here[table.id])

    async def _look_at(self, table: Table, seat: SeatState, here: frozenset[PersonId]) -> None:
        if seat.head is None:
            return
        key = (table.id, seat.role, seat.head)
        if seat.head in here:
            self._away_since.pop(key, None)
            return
        now = self._clock.now()
        # A clock that was set back makes nobody wait for longer.
        since = self._away_since[key] = min(now, self._away_since.get(key, now))
        heir = next((person for person in seat.people if person in here), None)
        if heir is not None and now - since >= ABSENT_MS:
            self._away_since.pop(key)
            await table.ask(Ask(Actor(kind="host"), asked.Lead(person=heir)))
