"""Where a simulated server writes: every answer takes a while, and some requests or answers are lost."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, StaticPool, create_engine, event

from tests.simulation.dice import Dice
from tests.simulation.history import Answer, Commit
from tests.simulation.loop import OUTSIDE
from tests.simulation.memory import Memory, MemoryEvents, MemorySessions, MemorySignsOfLife
from threebirds_server.ports import Clock, Ids, Lost, StoreUnavailableError
from threebirds_server.records import Records
from threebirds_server.store import tables as t
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.sessions import SqlSessions
from threebirds_server.store.signs_of_life import SqlSignsOfLife

Result = TypeVar("Result")
Work = Callable[[Any], Result]


class Medium(Protocol):
    """What survives a crash. `write` and `read` do their work at one instant."""

    def write(self, work: Work[Result], /) -> tuple[Result, list[Commit]]: ...

    def read(self, work: Work[Result], /) -> Result: ...

    def answers(self) -> list[Answer]: ...


class InMemory:
    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def write(self, work: Work[Result], /) -> tuple[Result, list[Commit]]:
        before = {table: row.head for table, row in self.memory.tables.items()}
        result = work(self.memory)
        return result, self._commits(before)

    def read(self, work: Work[Result], /) -> Result:
        return work(self.memory)

    def answers(self) -> list[Answer]:
        kept = self.memory.answers.items()
        return [Answer(table=table, cid=cid, principal=one.principal, digest=one.digest) for (table, cid), one in kept]

    def _commits(self, before: Mapping[str, int]) -> list[Commit]:
        return [
            Commit(table=table, first=head + 1, last=row.head, cid=self.memory.logs[table][-1].cid)
            for table, row in self.memory.tables.items()
            if row.head > (head := before.get(table, 0))
        ]


class InSqlite:
    """The real statements on a real database without a file. One for each process of the machine, used again."""

    _NEW = "SELECT rowid, table_id, seq, cid FROM event WHERE rowid > ? ORDER BY rowid"

    def __init__(self) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        event.listen(self.engine, "begin", _begin)
        t.metadata.create_all(self.engine)
        self.empty = self.image()
        self._last = 0

    def image(self) -> sqlite3.Connection:
        """A copy of everything that is there now."""
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        self.raw.backup(copy)
        return copy

    def load(self, image: sqlite3.Connection) -> None:
        image.backup(self.raw)
        self._last = self.raw.execute("SELECT coalesce(max(rowid), 0) FROM event").fetchone()[0]

    def write(self, work: Work[Result], /) -> tuple[Result, list[Commit]]:
        with self.engine.begin() as connection:
            result = work(connection)
        return result, self._commits()

    def read(self, work: Work[Result], /) -> Result:
        with self.engine.begin() as connection:
            return work(connection)

    def answers(self) -> list[Answer]:
        found = self.raw.execute("SELECT table_id, cid, principal, digest FROM action_reply")
        return [Answer(table=table, cid=cid, principal=who, digest=digest) for table, cid, who, digest in found]

    def _commits(self) -> list[Commit]:
        """By table and cid of the rows that are new: what an append wrote is one of these."""
        new: dict[tuple[str, str | None], list[int]] = {}
        for row, table, seq, cid in self.raw.execute(self._NEW, (self._last,)).fetchall():
            new.setdefault((table, cid), []).append(seq)
            self._last = max(self._last, row)
        return [
            Commit(table=table, first=min(numbers), last=max(numbers), cid=cid) for (table, cid), numbers in new.items()
        ]


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


class Troubles:
    """How often something goes wrong with a disk, and whether it is down."""

    def __init__(self, *, one_in: int) -> None:
        self.one_in = one_in
        self.down = False


class SlowDisk:
    """A server's way to its medium. What it has sent is done even if it dies meanwhile, or lost: the dice decide."""

    def __init__(self, medium: Medium, dice: Dice, troubles: Troubles, committed: Callable[[Commit], None]) -> None:
        self._medium = medium
        self._dice = dice
        self._troubles = troubles
        self._committed = committed
        self._sent: set[asyncio.TimerHandle] = set()
        self.lost_races = 0

    async def write(self, work: Work[Result], /) -> Result:
        return await self._ask(work, self._write)

    async def read(self, work: Work[Result], /) -> Result:
        return await self._ask(work, self._medium.read)

    async def close(self) -> None:
        pass

    def server_died(self) -> None:
        for handle in self._sent:
            if self._dice.once_in(2):
                handle.cancel()

    def _write(self, work: Work[Result]) -> Result:
        result, commits = self._medium.write(work)
        for commit in commits:
            self._committed(commit)
        self.lost_races += _lost(result)
        return result

    async def _ask(self, work: Work[Result], perform: Callable[[Work[Result]], Result]) -> Result:
        """Ask, and hear the outcome of it."""
        await self._pass_time()
        if self._troubles.down or self._lost():
            await self._pass_time()
            raise StoreUnavailableError("The request was lost.")
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._send(lambda: _answer(answer, lambda: perform(work)))
        result = await answer
        await self._pass_time()
        if self._lost():
            raise StoreUnavailableError("The answer was lost.")
        return result

    def _send(self, done: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()

        def arrive() -> None:
            self._sent.discard(handle)
            done()

        handle = loop.call_later(self._dice.between(0, 6) / 1_000, arrive, context=OUTSIDE)
        self._sent.add(handle)

    def _lost(self) -> bool:
        return self._troubles.one_in > 0 and self._dice.once_in(self._troubles.one_in)

    async def _pass_time(self) -> None:
        await asyncio.sleep(self._dice.between(0, 6) / 1_000)


def _lost(result: object) -> int:
    """Of the outcomes of a batch, if that is what it is."""
    outcomes = cast("list[object]", result) if isinstance(result, list) else []
    return sum(isinstance(outcome, Lost) for outcome in outcomes)


def _answer(answer: asyncio.Future[Result], perform: Callable[[], Result]) -> None:
    """Nobody may be waiting any more: what was asked is done all the same."""
    try:
        result = perform()
    except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to whoever asked
        if not answer.done():
            answer.set_exception(error)
    else:
        if not answer.done():
            answer.set_result(result)


class Still:
    """The same medium, at once: for making games and for looking at them afterwards."""

    def __init__(self, medium: Medium) -> None:
        self._medium = medium

    async def write(self, work: Work[Result], /) -> Result:
        return self._medium.write(work)[0]

    async def read(self, work: Work[Result], /) -> Result:
        return self._medium.read(work)

    async def close(self) -> None:
        pass


def records(medium: Medium, disk: Any, clock: Clock, ids: Ids) -> Records:
    """The stores of this kind of medium, on this way to it."""
    if isinstance(medium, InMemory):
        return Records(disk, MemoryEvents(disk), MemorySessions(disk, clock, ids), MemorySignsOfLife(disk))
    return Records(disk, SqlEventStore(disk, ids), SqlSessions(disk, clock, ids), SqlSignsOfLife(disk))
