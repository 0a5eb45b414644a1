"""A store that fails, another server at the same table, a mistake at one table: what is answered is true."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support.clock import CountingIds, FakeClock
from tests.support.desks import Desk
from tests.support.forging import rechain, run
from tests.support.houses import Running, let_pass, running, seated_table, two_desks
from tests.support.long_runs import Counts
from tests.support.sockets import Socket
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.engine import decide
from threebirds_rules.names import ChannelId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_server.folded import Wanted
from threebirds_server.live.asks import Ask
from threebirds_server.live.places import Place
from threebirds_server.live.sweeper import AGAIN_MS
from threebirds_server.live.table import MAILBOX
from threebirds_server.ports import (
    Answer,
    Append,
    Committed,
    EventStore,
    Ids,
    Load,
    Look,
    Outcome,
    StoreUnavailableError,
    TableRow,
    UnknownKindError,
)
from threebirds_server.records import open_records
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_wire.frames import Pull, TableId

SAID = {"channel": "plenary", "text": "Once."}


class TroubledStore(SqlEventStore):
    """Loses writes or their answers as told, and has mistakes of its own at some tables, in writing or in reading."""

    def __init__(self, database: Database, ids: Ids) -> None:
        super().__init__(database, ids)
        self.database = database
        self.lost_before = 0
        self.lost_after = 0
        self.broken: set[TableId] = set()
        self.unreadable: set[TableId] = set()
        self.outages = 0
        self.open = asyncio.Event()
        self.open.set()

    async def commit(self, batch: Sequence[Append], /) -> Sequence[Outcome]:
        await self.open.wait()
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

    async def due(self, at: int, /) -> Sequence[TableRow]:
        if self.outages:
            self.outages -= 1
            raise StoreUnavailableError("Not at this moment.")
        return await super().due(at)

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        if table in self.unreadable:
            raise UnknownKindError("pledged", 3)
        return await super().look(table, after, cid=cid)

    async def load(self, table: TableId, /, *, engine: str | None = None, wanted: Wanted | None = None) -> Load:
        if table in self.unreadable:
            raise UnknownKindError("pledged", 3)
        return await super().load(table, engine=engine, wanted=wanted)


@asynccontextmanager
async def troubled(data: Path, clock: FakeClock | None = None) -> AsyncGenerator[tuple[Running, TroubledStore]]:
    clock, ids = clock or FakeClock(), CountingIds()
    url = f"sqlite:///{data / 'threebirds.db'}"
    records = await asyncio.to_thread(open_records, url, clock, ids)
    store = TroubledStore(records.database, ids)
    async with running(data, clock=clock, ids=ids, store=records._replace(events=store)) as house:
        yield house, store


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


async def elsewhere_said(house: Running, store: EventStore, table: TableId, *, cid: str = "") -> None:
    """Another process writes into the same log."""
    replica = (await house.house.hub.table(table)).replica
    actor = Actor(kind="seat", role=RoleId("BUY"), person=replica.state.seats[1].head)
    action = asked.Say(channel=ChannelId("plenary"), text="From the other server.")
    events = decide(replica.rules, replica.state, actor, action, house.house.clock.now())
    assert not isinstance(events, Refused)
    append = Append(
        table=table,
        head=replica.head,
        actor=actor,
        events=events,
        status="running",
        next_due_at=None,
        answer=Answer(cid=cid, principal="somebody", digest="something", reply=b"") if cid else None,
    )
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


@pytest.mark.parametrize("damage", ["a changed row", "events that are no game"])
async def test_a_damaged_table_is_closed_and_the_others_are_not(tmp_path: Path, damage: str) -> None:
    async with troubled(tmp_path) as (house, store):
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk, _ = await two_desks(house)
        ticket = await guest.ticket(table, "seat:SUP")
        log = (t.event.c.table_id == table) & (t.event.c.kind == "person_seated")
        never_tabled = {"kind": "withdrawn", "body": '{"proposal":"none"}'}
        other = {"at": 1} if damage == "a changed row" else never_tabled
        await run(store.database, update(t.event).where(log).values(**other))
        if damage == "events that are no game":
            await rechain(store.database, table)
        del house.house.hub.tables[table]

        no_ticket = await guest.asks("/api/ticket", table=table, viewer="seat:SUP")
        away = await Socket(house.app).open()
        away.send({"type": "hello", "v": 1, "ticket": ticket, "resume": []})
        assert (await away.receive())["error"]["code"] == no_ticket.json()["error"]["code"] == "internal"
        assert await away.closed() == 4001
        await desk.does("say", channel="plenary", text="We go on.")
        rows = await (await house.facilitator()).get("/api/tables")
    assert {row["table"] == table: len(row["seats"]) for row in rows} == {True: 0, False: 2}


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


async def test_a_cid_that_another_server_has_answered_meanwhile_is_not_done_again(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, _ = await two_desks(house)
        cid = mine.cid()
        await elsewhere_said(house, store, mine.table, cid=cid)
        reply = await mine.act("say", cid=cid, action=SAID)
    assert reply["error"]["code"] == "cid_reused"
    assert texts(mine) == ["From the other server."]


async def test_what_goes_wrong_three_times_is_refused_at_once_and_other_things_are_not(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        store.broken.add(mine.table)
        for _ in range(3):
            await mine.act("say", action=SAID)
        store.broken.clear()
        refused = await mine.act("say", action=SAID)
        await mine.does("draft", options={"price": 1})
        await theirs.does("say", channel="plenary", text="We can.")
    assert refused["error"]["code"] == "internal"


async def test_a_table_with_too_much_to_do_answers_busy(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        mine, _ = await two_desks(house)
        table = await house.house.hub.table(mine.table)
        store.open.clear()
        pause = Ask(Actor(kind="facilitator"), asked.Pause())
        waiting = [asyncio.create_task(table.ask(pause)) for _ in range(MAILBOX + 2)]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        store.open.set()
        replies = await asyncio.gather(*waiting)
    assert {error.code for task in done if (error := task.result().error)} == {"busy"}
    assert sum(reply.ok for reply in replies) == 1


async def test_who_asks_for_frames_while_the_store_is_away_is_told_to_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(place: Place, frame: Pull) -> tuple[str, ...]:
        raise StoreUnavailableError("Not at this moment.")

    monkeypatch.setattr(Place, "pull", away)
    async with troubled(tmp_path) as (house, _):
        mine, _ = await two_desks(house)
        mine.socket.send({"type": "pull", "table": mine.table, "viewer": mine.viewer, "after": 1})
        reply = await mine.socket.receive_until("reply")
    assert (reply["error"]["code"], reply["error"]["retry"]) == ("busy", "same_cid")


async def test_everybody_who_waits_for_a_database_that_hangs_is_answered_and_does_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counts: Counts
) -> None:
    monkeypatch.setattr("threebirds_server.live.table.ANSWER_WITHIN_S", 0.2)
    async with troubled(tmp_path) as (house, store):
        mine, theirs = await two_desks(house)
        store.open.clear()
        asks = [(desk, desk.cid(), f"{number}") for number in range(10) for desk in (mine, theirs)]
        told = {
            desk: [ask_to_say(desk, cid, text) for who, cid, text in asks if who is desk] for desk in (mine, theirs)
        }
        answers = [await desk.reply(request) for desk in (mine, theirs) for request in told[desk]]
        other = house.guest()
        assert (await other.http.get("/healthz")).status_code == 200
        store.open.set()
        again = [await desk.act("say", cid=cid, action={**SAID, "text": text}) for desk, cid, text in asks]
        log = [one.cid for one in (await store.look(mine.table)).recorded]
    assert {(answer["error"]["code"], answer["error"]["retry"]) for answer in answers} == {("busy", "same_cid")}
    assert all(answer["ok"] for answer in again)
    assert [log.count(cid) for _, cid, _ in asks] == [1] * len(asks)
    counts(answered_busy=len(answers), done_once=len(again))


def ask_to_say(desk: Desk, cid: str, text: str) -> int:
    return desk.ask("say", cid=cid, action={**SAID, "text": text})


async def test_whoever_comes_while_the_database_hangs_is_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with troubled(tmp_path) as (house, store):
        table, (guest, _) = await seated_table(house, "winter", ["SUP", "BUY"])
        away = await guest.hello(table, "seat:SUP")
        await away.receive_until("welcome")
        store.open.clear()
        monkeypatch.setattr("threebirds_server.live.bustle.ANSWER_WITHIN_S", 0.1)
        away.send(
            {
                "type": "act",
                "id": 1,
                "table": table,
                "viewer": "seat:SUP",
                "phase": "1.table",
                "cid": "00000000-0000-7000-8000-00000000abcd",
                "action": {"kind": "say", **SAID},
            }
        )
        late = await guest.hello(table, "seat:SUP")
        assert (await late.receive())["error"]["code"] == "busy"
        assert await late.closed() == 4001
        store.open.set()
        assert (await away.receive_until("reply"))["ok"]
        assert len((await house.house.hub.table(table)).listeners) == 1


async def test_the_clock_goes_on_after_an_outage_and_past_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    clock = FakeClock()
    async with troubled(tmp_path, clock) as (house, store):
        unreadable, _ = await seated_table(house, "winter", ["SUP"])
        mine, _ = await two_desks(house)
        del house.house.hub.tables[unreadable]
        store.unreadable.add(unreadable)
        store.outages = 2
        for _ in range(22):
            await let_pass(clock, 10_000)
            await mine.read_until("ping")
            mine.socket.send({"type": "pong"})
        await let_pass(clock, AGAIN_MS)
        await mine.until_event("phase_closed")


async def test_a_flood_of_frames_is_slowed_down_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    clock = FakeClock()
    async with troubled(tmp_path, clock) as (house, _):
        mine, _ = await two_desks(house)
        for _ in range(500):
            mine.socket.send({"type": "pong"})
        request = mine.ask("say", action=SAID)
        reading = asyncio.create_task(mine.reply(request))
        await clock.waited_for(5)
        assert not reading.done()
        await clock.advance(1_000)
        assert (await reading)["ok"]


async def test_a_table_that_cannot_be_read_does_not_spoil_the_lists_of_the_others(tmp_path: Path) -> None:
    async with troubled(tmp_path) as (house, store):
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        await guest.post("/api/play", scenario="winter", role="BUY")
        del house.house.hub.tables[table]
        store.unreadable.add(table)
        rows = await (await house.facilitator()).get("/api/tables")
        people = (await guest.get("/api/me"))["people"]
    assert [len(row["seats"]) for row in rows if row["table"] == table] == [0]
    assert {person["table"] == table: person["viewer"] for person in people} == {True: None, False: "seat:BUY"}
