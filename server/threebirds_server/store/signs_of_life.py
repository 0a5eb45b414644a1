"""When the service was there, in SQL: one row that every worker renews, and a row for each time that nobody did."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from threebirds_server.ports import Absence
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.upserts import upsert

AWAY_MS = 15_000
"""Nobody noticed less: a restart, a slow disk, clocks of two machines that differ a little."""
KEPT_MS = 60 * 24 * 60 * 60 * 1_000
SERVICE = "threebirds"
BALLAST = "x" * 16_384


class SqlSignsOfLife:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, now: int, last: int | None) -> Sequence[Absence]:
        return await self._database.write(lambda connection: _beat(connection, now, last))

    async def try_to_write(self) -> None:
        await self._database.write(_try)


def _beat(connection: Connection, now: int, last: int | None) -> Sequence[Absence]:
    """Whoever comes first after an absence writes it down; the others wait for the row, and find it fresh."""
    alive = t.service_alive
    at = connection.scalar(select(alive.c.at).where(alive.c.name == SERVICE).with_for_update())
    if at is None:
        first = upsert(connection, alive).values(name=SERVICE, at=now)
        connection.execute(first.on_conflict_do_nothing())
        return _absences(connection)
    # Another machine's clock may be ahead of this one. Ours was set back if it is behind what we ourselves wrote.
    set_back = at - now > AWAY_MS and (last is None or last - now > AWAY_MS)
    if set_back or now - at > AWAY_MS:
        _note(connection, at, now)
    if set_back or now > at:
        connection.execute(update(alive).where(alive.c.name == SERVICE).values(at=now))
    return _absences(connection)


def _try(connection: Connection) -> None:
    """More than fits into the pages that a row of `service_alive` has: a full disk is noticed too."""
    probe = t.service_probe
    connection.execute(upsert(connection, probe).values(name=SERVICE, ballast=BALLAST).on_conflict_do_nothing())
    connection.execute(delete(probe).where(probe.c.name == SERVICE))


def _note(connection: Connection, since: int, until: int) -> None:
    absence = t.service_absence
    newest = connection.scalar(select(func.max(absence.c.number))) or 0
    connection.execute(insert(absence).values(number=newest + 1, since=since, until=until))
    old = (absence.c.until < until - KEPT_MS) & (absence.c.number <= newest)
    connection.execute(delete(absence).where(old))


def _absences(connection: Connection) -> Sequence[Absence]:
    found = connection.execute(select(t.service_absence).order_by(t.service_absence.c.number)).mappings()
    return [Absence(**row) for row in found]
