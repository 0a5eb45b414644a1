"""A store that fails, another server at the same table, a mistake at one table: what is answered is true."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.clock import CountingIds, FakeClock
from tests.support.desks import Desk
from tests.support.houses import Running, running, seated_table
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.engine import decide
from threebirds_rules.names import ChannelId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_server.ports import (
    Append,
    Committed,
    EventStore,
    Ids,
    Look,
    Outcome,
    StoreUnavailableError,
    UnknownKindError,
)
from threebirds_server.records import open_records
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_wire.frames import TableId

SAID = {"channel": "plenary", "text": "Once."}


class TroubledStore(SqlEventStore):
    """Loses writes or their answers as told, and has mistakes of its own at some tables, in writing or in reading."""

    def __init__(self, database: Database, ids: Ids) -> None:
        super().__init__(database, ids)
        self.lost_before = 0
        self.lost_after = 0
        self.broken: set[TableId] = set()
        self.unreadable: set[TableId] = set()

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        if any(append.table in self.broken for append in batch):
            raise ZeroDivisionError("a mistake in this server")
        if self.lost_before:
            self.lost_before -= 1
            raise StoreUnavailableError("The request was lost.")
        outcomes = await super().commit(batch)
        if self.lost_after:
            self.lost_after -= 1
            raise StoreUnavailableError("The answer was lost.")
        return outcomes

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        if table in self.unreadable:
            raise UnknownKindError("pledged", 3)
        return await super().look(table, after, cid=cid)


@asynccontextmanager
async def troubled(data: Path) -> AsyncGenerator[tuple[Running, TroubledStore]]:
    clock, ids = FakeClock(), CountingIds()
    url = f"sqlite:///{data / 'threebirds.db'}"
    records = await asyncio.to_thread(open_records, url, clock, ids)
    store = TroubledStore(records.database, ids)
    async with running(data, clock=clock, ids=ids, store=records._replace(events=store)) as house:
        yield house, store


async def two_desks(house: Running) -> tuple[Desk, Desk]:
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    desks = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
    for desk in desks:
        await desk.until_event("attended")
    return desks


def texts(desk: Desk) -> list[str]:
    channels = [channel for channel in desk.view["channels"] if channel["id"] == "plenary"]
    return [message["text"] for channel in channels for message in channel["messages"]]


async def test_a_write_that_was_lost_is_answered_busy_and_done_when_it_is_sent_again(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        store.lost_before = 1
        cid = mine.cid()
        lost = await mine.act("say", cid=cid, action=SAID)
        done = await mine.act("say", cid=cid, action=SAID)
        await theirs.until(done["n"])
    assert (lost["error"]["code"], lost["error"]["retry"]) == ("busy", "same_cid")
    assert (done["ok"], done.get("dup", False)) == (True, False)
    assert texts(theirs) == ["Once."]


async def test_a_write_whose_answer_was_lost_is_found_again_and_told_once(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        store.lost_after = 1
        cid = mine.cid()
        lost = await mine.act("say", cid=cid, action=SAID)
        again = await mine.act("say", cid=cid, action=SAID)
        await theirs.until_event("said")
        await mine.does("say", channel="plenary", text="And more.")
        await theirs.until_event("said")
    assert lost["error"]["code"] == "busy"
    assert (again["ok"], again["dup"]) == (True, True)
    assert texts(mine) == texts(theirs) == ["Once.", "And more."]


async def test_an_action_after_a_lost_answer_is_decided_on_what_was_really_written(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        store.lost_after = 1
        await mine.act("pass")
        reply = await mine.act("pass")
        await theirs.until_event("passed")
    assert reply["error"]["code"] == "illegal_action"


async def test_what_another_server_wrote_first_is_read_and_the_action_decided_again(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        await elsewhere_said(house, store, mine.table)
        reply = await mine.does("say", channel="plenary", text="Once.")
        await theirs.until(reply["n"])
    assert texts(mine) == texts(theirs) == ["From the other server.", "Once."]


async def elsewhere_said(house: Running, store: EventStore, table: TableId) -> None:
    """Another process writes into the same log."""
    replica = (await house.house.hub.table(table)).replica
    actor = Actor(kind="seat", role=RoleId("BUY"), person=replica.state.seats[1].head)
    action = asked.Say(channel=ChannelId("plenary"), text="From the other server.")
    events = decide(replica.rules, replica.state, actor, action, house.house.clock.now())
    assert not isinstance(events, Refused)
    append = Append(table=table, head=replica.head, actor=actor, events=events, status="running", next_due_at=None)
    assert isinstance((await store.commit([append]))[0], Committed)


async def test_a_mistake_at_one_table_writes_nothing_and_leaves_the_others_alone(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, _ = await two_desks(house)
        other, _ = await two_desks(house)
        store.broken.add(mine.table)
        broken = await mine.act("say", action=SAID)
        await other.does("say", channel="plenary", text="Not our business.")
        store.broken.clear()
        await mine.does("say", channel="plenary", text="Again.")
    assert broken["error"]["code"] == "internal"
    assert texts(mine) == ["Again."]


async def test_a_table_that_this_release_cannot_read_is_closed_and_the_others_are_not(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk, _ = await two_desks(house)
        store.unreadable.add(table)
        away = await guest.hello(table, "seat:SUP")
        reply = await away.receive()
        assert reply["error"]["code"] == "internal"
        assert await away.closed() == 4001
        await desk.does("say", channel="plenary", text="We go on.")


async def test_everybody_is_told_to_come_back_when_the_server_goes(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, _):
        mine, theirs = await two_desks(house)
        going = asyncio.create_task(house.house.hub.drain())
        notice = await mine.read_until("notice")
        codes = [await mine.socket.closed(), await theirs.socket.closed()]
        await going
    assert notice["kind"] == "restarting"
    assert codes == [4001, 4001]


async def test_nobody_is_let_in_while_the_server_goes(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, _):
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        await house.house.hub.drain()
        socket = await guest.hello(table, "seat:SUP")
        assert (await socket.receive())["error"]["code"] == "busy"
        assert await socket.closed() == 4001
