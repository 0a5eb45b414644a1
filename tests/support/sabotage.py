"""What is done to a server in a process of its own before it serves: the moment of its death, its mistakes, its clock.

Nothing of this is in the server: its seams are wrapped, in the forked process alone. Whoever moves a seam finds that a
point is never reached, and `test_kills.py` fails.
"""

import asyncio
import contextlib
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Connection, Engine, event

from threebirds_rules import events as facts
from threebirds_rules.chance import draw
from threebirds_server import app, house, serving
from threebirds_server.clock import LOOK_AGAIN_S, SystemClock
from threebirds_server.live.outbox import Outbox
from threebirds_server.live.replica import Replica, Staged
from threebirds_server.ports import Append, Committed, Outcome
from threebirds_server.store.committer import Committer
from threebirds_server.store.event_store import SqlEventStore
from threebirds_wire.frames import TableId

Point = Literal[
    "before begin",
    "after insert",
    "before commit",
    "in commit or checkpoint",
    "after commit, before memory",
    "after memory, before ack",
    "between two viewers' queues",
    "before a phase closes by the clock",
    "after a phase closes by the clock",
    "before the clock gives time back",
    "after the clock gives time back",
]
Mistake = Literal["answers before it commits", "does not sync", "checkpoints often"]
SOME_PAGES = 40
COMMIT_TAKES_US = 1_500
"""About as long as a commit and its checkpoint take; the moment of death is drawn from it."""
EVENT_FRAME = '"type":"event"'
INSERT_EVENTS = "INSERT INTO event "


class Sabotage(Struct, frozen=True, kw_only=True):
    """The server dies the `at`th time that it is at `point`; its clock runs `rate` times as fast since `since`."""

    point: Point | None = None
    at: int = 1
    mistake: Mistake | None = None
    rate: int = 1
    since: int = 0


def commit_sabotage(sabotage: Sabotage) -> None:
    if sabotage.point is not None:
        DEATHS[sabotage.point](Death(sabotage.at))
    if sabotage.mistake is not None:
        MISTAKES[sabotage.mistake]()
    if sabotage.rate != 1:
        for module in (serving, app):
            setattr(module, "SystemClock", lambda: FastClock(sabotage.rate, sabotage.since))  # noqa: B010  # no class


class Death:
    def __init__(self, at: int) -> None:
        self._left = at

    def near(self) -> bool:
        """Whether this is the time of which it was said that it is the last."""
        self._left -= 1
        return self._left == 0

    def passes(self) -> None:
        if self.near():
            die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def around_commits(death: Death, *, before: bool, of: type[object] = object) -> None:
    commit = SqlEventStore.commit

    async def fatal(self: SqlEventStore, batch: Sequence[Append], /) -> Sequence[Outcome]:
        meant = any(isinstance(event, of) for append in batch for event in append.events)
        if before and meant:
            death.passes()
        outcomes = await commit(self, batch)
        if not before and meant:
            death.passes()
        return outcomes

    SqlEventStore.commit = fatal


def after_insert(death: Death) -> None:
    def executed(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(INSERT_EVENTS):
            death.passes()

    event.listen(Engine, "after_cursor_execute", executed)


def at_commits_of_events(act: Callable[[], None]) -> None:
    """Just before the statement COMMIT of a transaction with events in it."""
    marked = "holds events"

    def executed(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(INSERT_EVENTS):
            connection.info[marked] = True

    def committing(connection: Connection) -> None:
        if connection.info.pop(marked, False):
            act()

    event.listen(Engine, "after_cursor_execute", executed)
    event.listen(Engine, "commit", committing)


def before_commit(death: Death) -> None:
    at_commits_of_events(death.passes)


def in_commit(death: Death) -> None:
    """Somewhere in the time of a commit, with SQLite's checkpoint in each of them. Who survives tries the next one."""

    checkpoint_often(pages=1)

    def strike() -> None:
        time.sleep(draw(str(os.getpid()), "commit") % COMMIT_TAKES_US / 1e6)
        die()

    def committing() -> None:
        if death.near():
            threading.Thread(target=strike).start()

    at_commits_of_events(committing)


def after_memory(death: Death) -> None:
    adopt = Replica.adopt

    def fatal(self: Replica, staged: Staged, cid: str | None = None) -> None:
        adopt(self, staged, cid)
        if cid is not None:
            death.passes()

    Replica.adopt = fatal


def between_queues(death: Death) -> None:
    """Of the viewers of one event: from the second one on."""
    put = Outbox.put
    last: list[str] = [""]

    def fatal(self: Outbox, text: str, *, transient: bool = False) -> None:
        if EVENT_FRAME in text:
            if last[0]:
                death.passes()
            last[0] = text
        else:
            last[0] = ""
        put(self, text, transient=transient)

    Outbox.put = fatal


DEATHS: dict[Point, Callable[[Death], None]] = {
    "before begin": lambda death: around_commits(death, before=True),
    "after insert": after_insert,
    "before commit": before_commit,
    "in commit or checkpoint": in_commit,
    "after commit, before memory": lambda death: around_commits(death, before=False),
    "after memory, before ack": after_memory,
    "between two viewers' queues": between_queues,
    "before a phase closes by the clock": lambda death: around_commits(death, before=True, of=facts.PhaseClosed),
    "after a phase closes by the clock": lambda death: around_commits(death, before=False, of=facts.PhaseClosed),
    "before the clock gives time back": lambda death: around_commits(death, before=True, of=facts.TimeGivenBack),
    "after the clock gives time back": lambda death: around_commits(death, before=False, of=facts.TimeGivenBack),
}


class HastyCommitter(Committer):
    """Says of what a seat does that it is on disk while it is being written; the next one waits for that."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._being_written: dict[TableId, asyncio.Future[Outcome]] = {}

    async def append(self, append: Append, /) -> Outcome:
        if append.table in self._being_written:
            await self._being_written.pop(append.table)
        if append.actor.kind != "seat" or append.answer is None:
            return await super().append(append)
        self._being_written[append.table] = asyncio.ensure_future(super().append(append))
        return Committed(append.head + len(append.events))


def answer_before_commit() -> None:
    setattr(house, "Committer", HastyCommitter)  # noqa: B010


def do_not_sync() -> None:
    def beginning(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA synchronous = NORMAL")

        else:
            connection.exec_driver_sql("SET synchronous_commit = off")

    event.listen(Engine, "begin", beginning)


def checkpoint_often(pages: int = SOME_PAGES) -> None:
    def connected(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")

    event.listen(Engine, "connect", connected)


MISTAKES: dict[Mistake, Callable[[], None]] = {
    "answers before it commits": answer_before_commit,
    "does not sync": do_not_sync,
    "checkpoints often": checkpoint_often,
}


class FastClock(SystemClock):
    """Since `since` a second has been `rate` seconds here, also while no server was up."""

    def __init__(self, rate: int, since: int) -> None:
        self._rate = rate
        self._since = since

    def now(self) -> int:
        return self._since + (super().now() - self._since) * self._rate

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        while not wakes.is_set() and (left := until - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left / 1_000 / self._rate, LOOK_AGAIN_S)):
                    await wakes.wait()
        return wakes.is_set()
