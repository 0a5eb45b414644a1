"""Group commit: while one transaction is written the next one gathers. There is no timer."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, NamedTuple, Protocol

from threebirds_server.meters import UNMETERED, Meter
from threebirds_server.ports import Append, Outcome, StoreUnavailableError

MOST_AT_ONCE = 256


class BatchWriter(Protocol):
    """The part of an `EventStore` that writes."""

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]: ...


class _Waiting(NamedTuple):
    append: Append
    outcome: asyncio.Future[Outcome]

    def refuse(self, error: Exception) -> None:
        if not self.outcome.done():
            self.outcome.set_exception(error)

    def answer(self, outcome: Outcome) -> None:
        if not self.outcome.done():
            self.outcome.set_result(outcome)


class Committer:
    """The one writer of logs in this process. `start` it in a running loop; `close` writes what still waits."""

    def __init__(self, store: BatchWriter, meter: Meter = UNMETERED) -> None:
        self._store = store
        self._meter = meter
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done() and not self._closing

    @property
    def waiting(self) -> int:
        """How many appends wait for the next commit."""
        return len(self._waiting)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="committer")

    async def append(self, append: Append, /) -> Outcome:
        """Raise `StoreUnavailableError` if the outcome is open, or what the store says of events it cannot write.

        Whoever is cancelled while waiting does not hear the outcome; the append is written all the same.
        """
        if self._closing:
            raise StoreUnavailableError("The server is stopping.")
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(append, outcome))
        self._arrived.set()
        return await outcome

    async def close(self) -> None:
        """Return when everything that was handed over has been written and answered."""
        self._stop()
        if self._task:
            await asyncio.shield(self._task)

    def _stop(self) -> None:
        self._closing = True
        self._arrived.set()

    async def _run(self) -> None:
        while self._waiting or not self._closing:
            if self._waiting:
                await self._uncancelled(self._commit(self._take_batch()))
            else:
                self._arrived.clear()
                await self._uncancelled(self._arrived.wait())

    async def _uncancelled(self, work: Coroutine[Any, Any, object]) -> None:
        """Whoever cancels the committer asks it to stop after what waits; it is never cut off in a commit."""
        task = asyncio.ensure_future(work)
        while not task.done():
            try:
                await asyncio.shield(task)
            except asyncio.CancelledError:
                self._stop()

    def _take_batch(self) -> Sequence[_Waiting]:
        """At most one append of each table, for the next one has to be judged by the head that this one makes."""
        batch: dict[str, _Waiting] = {}
        left: list[_Waiting] = []
        for waiting in self._waiting:
            if len(batch) == MOST_AT_ONCE or waiting.append.table in batch:
                left.append(waiting)
            else:
                batch[waiting.append.table] = waiting
        self._waiting = left
        return list(batch.values())

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        try:
            with self._meter.commit(len(batch)):
                outcomes = await self._store.commit([waiting.append for waiting in batch])
        except StoreUnavailableError as error:
            _refuse(batch, str(error))
        except asyncio.CancelledError:
            _refuse(batch, "The server is stopping.")
        except Exception as error:  # noqa: BLE001  # whatever it is, it is one append's, and the others do not suffer it
            await self._commit_one_by_one(batch, error)
        else:
            for waiting, outcome in zip(batch, outcomes, strict=True):
                waiting.answer(outcome)

    async def _commit_one_by_one(self, batch: Sequence[_Waiting], error: Exception) -> None:
        if len(batch) == 1:
            batch[0].refuse(error)
            return
        for waiting in batch:
            await self._commit([waiting])


def _refuse(batch: Sequence[_Waiting], reason: str) -> None:
    for waiting in batch:
        waiting.refuse(StoreUnavailableError(reason))
