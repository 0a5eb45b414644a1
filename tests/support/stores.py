"""Tables, appends and answers for tests of the store, and a store that waits or fails as told."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from msgspec.structs import replace

from tests.support.clock import NEW_YEAR_2010, CountingIds
from threebirds_rules import events as facts
from threebirds_rules.actions import Actor
from threebirds_rules.events import Event
from threebirds_rules.names import ChannelId, MessageId, PersonId, RoleId
from threebirds_server.ports import (
    Answer,
    Append,
    EventStore,
    JoinCode,
    NewTable,
    Outcome,
    PinnedRules,
    StoreUnavailableError,
)
from threebirds_server.store.committer import BatchWriter, Committer
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database
from threebirds_wire.frames import TableId

HOST = Actor(kind="host")
RUSSIA = RoleId("RUS")
OLGA = PersonId("p_olga")


def a_new_table(table: str = "t1", **changes: Any) -> NewTable:
    """A table whose code is its own, of a scenario that nobody reads here."""
    new = NewTable(
        id=table,
        code=JoinCode(table.upper().rjust(8, "X")),
        epoch=f"epoch of {table}",
        title=f"Table {table}",
        rules=PinnedRules(scenario="river", digest="d1", document="id: river\n"),
        created_at=NEW_YEAR_2010,
    )
    return replace(new, **changes)


def table_opened() -> Event:
    return facts.TableOpened(at=NEW_YEAR_2010, digest="d1", seed="a seed", roles=(RUSSIA,), switches=())


def joined(person: PersonId = OLGA, name: str = "Olga") -> Event:
    return facts.PersonJoined(at=NEW_YEAR_2010, person=person, name=name)


def said(text: str = "Good morning.", **changes: Any) -> Event:
    event = facts.Said(
        at=NEW_YEAR_2010 + 1,
        audience=(RUSSIA,),
        message=MessageId("m1"),
        channel=ChannelId("plenary"),
        role=RUSSIA,
        person=OLGA,
        text=text,
    )
    return replace(event, **changes)


def an_answer(cid: str, **changes: Any) -> Answer:
    answer = Answer(cid=cid, principal="p_olga", digest=f"digest of {cid}", reply=f"reply to {cid}".encode())
    return replace(answer, **changes)


def an_append(table: str, head: int, *events: Event, cid: str | None = None, **changes: Any) -> Append:
    """Something said, unless other events are given."""
    append = Append(
        table=table,
        head=head,
        actor=Actor(kind="seat", role=RUSSIA, person=OLGA),
        events=events or (said(),),
        status="running",
        next_due_at=None,
        answer=an_answer(cid) if cid else None,
    )
    return replace(append, **changes)


async def create(store: EventStore, *tables: str) -> None:
    """Tables with one event each, in the lobby."""
    for table in tables:
        await store.create(a_new_table(table), an_append(table, 0, table_opened(), actor=HOST, status="lobby"))


async def texts(store: EventStore, table: TableId) -> list[str]:
    """What was said at a table, in the order of its log, which has to be dense."""
    look = await store.look(table)
    assert [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))
    return [one.event.text for one in look.recorded if isinstance(one.event, facts.Said)]


@asynccontextmanager
async def opened_store(url: str) -> AsyncGenerator[SqlEventStore]:
    database = open_database(url)
    try:
        yield SqlEventStore(database, CountingIds())
    finally:
        await database.close()


@asynccontextmanager
async def committing(store: BatchWriter) -> AsyncGenerator[Committer]:
    committer = Committer(store)
    committer.start()
    try:
        yield committer
    finally:
        await committer.close()


class TroubledStore:
    """A store before which every commit waits until `open` is set, and then has the next one of the `troubles`.

    `request lost`: nothing is written. `answer lost`: it is written, and nobody hears of it. `rival first`: somebody
    else writes to the same table before.
    """

    def __init__(self, store: BatchWriter) -> None:
        self._store = store
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()
        self.batches: list[Sequence[Append]] = []
        self.troubles: deque[str] = deque()

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        self.batches.append(batch)
        self.asked.set()
        await self.open.wait()
        trouble = self.troubles.popleft() if self.troubles else "none"
        if trouble == "request lost":
            raise StoreUnavailableError("The request was lost.")
        if trouble == "rival first":
            await self._store.commit([an_append(batch[0].table, batch[0].head, said("rival"))])
        outcomes = await self._store.commit(batch)
        if trouble == "answer lost":
            raise StoreUnavailableError("The answer was lost.")
        return outcomes
