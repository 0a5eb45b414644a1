"""Many who come in at once: nobody is sent away for being one of many, and nobody sees more for it."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.simulation.dice import Dice
from tests.simulation.loop import SimulatedLoop
from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import Running, running, seated_table
from tests.support.long_runs import Counts
from tests.support.sockets import Socket
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.engine import decide
from threebirds_rules.names import PersonId
from threebirds_rules.refusals import Refused
from threebirds_server.live import bustle as of_servers
from threebirds_server.live.bustle import Bustle
from threebirds_server.ports import Append, Committed, Ids, Look
from threebirds_server.records import open_records
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_wire.frames import TableId

WATCHING = 40
"""As many sockets as one viewer may have."""
HOST = Actor(kind="host")


class WatchedStore(SqlEventStore):
    """Counts looks; `held` lets the next one find what there is, and come back with it later."""

    def __init__(self, database: Database, ids: Ids) -> None:
        super().__init__(database, ids)
        self.looks = 0
        self.found = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def look(self, table: TableId, after: int = 0, *, cid: str | None = None) -> Look:
        self.looks += 1
        found = await super().look(table, after, cid=cid)
        self.found.set()
        await self.go_on.wait()
        return found


@asynccontextmanager
async def watched(data: Path) -> AsyncGenerator[tuple[Running, WatchedStore]]:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{data / 'threebirds.db'}", clock, ids)
    store = WatchedStore(records.database, ids)
    async with running(data, clock=clock, ids=ids, store=records._replace(events=store)) as house:
        yield house, store


async def all_at_once(house: Running, tickets: list[str]) -> list[Socket]:
    """Sockets that have all said hello before one of them is answered."""
    sockets = [await Socket(house.app).open() for _ in tickets]
    for socket, ticket in zip(sockets, tickets, strict=True):
        socket.send({"type": "hello", "v": 1, "ticket": ticket, "resume": []})
    return sockets


async def test_a_hall_that_comes_to_one_table_at_once_is_let_in_to_the_last(tmp_path: Path, counts: Counts) -> None:
    """They share what is the same for them: one look at the log, a snapshot a viewer, and who is there is told once."""
    async with watched(tmp_path) as (house, store):
        table, _ = await seated_table(house, "winter", ["SUP", "BUY"])
        teacher = await house.facilitator()
        viewers = ["facilitator", "observer", "public"]
        tickets = [await teacher.ticket(table, viewer) for viewer in viewers for _ in range(WATCHING)]
        store.looks = 0
        sockets = await all_at_once(house, tickets)
        firsts = [[(await socket.receive())["type"] for _ in range(2)] for socket in sockets]
        await sockets[0].receive_until("presence")
        assert len((await house.house.hub.table(table)).listeners) == len(tickets)
    counts(came=len(tickets), looks=store.looks)
    assert firsts == [["welcome", "snapshot"]] * len(tickets)
    assert store.looks <= 3
    assert len({socket.texts[1] for socket in sockets}) == len(viewers)


async def test_of_all_windows_that_somebody_opens_at_once_only_as_many_as_usual_come_in(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, (supplier,) = await seated_table(house, "winter", ["SUP"])
        sockets = await all_at_once(house, [await supplier.ticket(table, "seat:SUP") for _ in range(12)])
        firsts = [await socket.receive() for socket in sockets]
    let_in = [frame for frame in firsts if frame["type"] == "welcome"]
    refused = [frame["error"]["code"] for frame in firsts if frame["type"] == "reply"]
    assert (len(let_in), refused) == (3, ["rate_limited"] * 9)


async def test_nobody_is_let_in_by_what_was_looked_up_before_they_lost_their_seat(tmp_path: Path) -> None:
    """Another server has taken the seat away, and told so, while the first window waits for the database."""
    async with watched(tmp_path) as (house, store):
        table, (supplier, _) = await seated_table(house, "winter", ["SUP", "BUY"])
        first, *others = [await supplier.ticket(table, "seat:SUP") for _ in range(3)]
        store.found.clear()
        store.go_on.clear()
        early = await all_at_once(house, [first])
        await store.found.wait()
        await left_elsewhere(house, store, table)
        late = await all_at_once(house, others)
        store.go_on.set()
        heard = [await socket.receive() for socket in late]
        codes = [await socket.closed() for socket in (*early, *late)]
    assert [frame["kind"] for frame in heard] == ["removed", "removed"]
    assert codes == [4502, 4502, 4502]


async def left_elsewhere(house: Running, store: SqlEventStore, table: TableId) -> None:
    replica = (await house.house.hub.table(table)).replica
    person = replica.state.seats[0].head
    assert person is not None
    events = decide(replica.rules, replica.state, HOST, asked.Leave(person=PersonId(person)), house.house.clock.now())
    assert not isinstance(events, Refused)
    head = replica.head
    append = Append(table=table, head=head, actor=HOST, events=events, status="running", next_due_at=None)
    assert isinstance((await store.commit([append]))[0], Committed)


@pytest.fixture
def time_jumps() -> Generator[asyncio.Runner]:
    """A loop in which nobody has to wait for a time."""
    with asyncio.Runner(loop_factory=lambda: SimulatedLoop(Dice("bustle"))) as runner:
        yield runner


def test_nobody_who_waits_for_others_is_sent_away_and_everybody_when_nothing_moves(
    time_jumps: asyncio.Runner,
) -> None:
    patience = of_servers.ANSWER_WITHIN_S

    async def come(bustle: Bustle, door: asyncio.Lock, takes: float) -> float:
        async with door:
            await asyncio.sleep(takes)
            bustle.stir()
            return asyncio.get_running_loop().time()

    async def crowd(takes: float) -> list[float | BaseException]:
        """Twelve of them, of whom each takes so long."""
        bustle, door = Bustle(), asyncio.Lock()
        waiting = [bustle.patiently(come(bustle, door, takes)) for _ in range(12)]
        return await asyncio.gather(*waiting, return_exceptions=True)

    in_time = time_jumps.run(crowd(patience - 1))
    hung = time_jumps.run(crowd(patience + 1))
    assert max(at for at in in_time if isinstance(at, float)) == pytest.approx(12 * (patience - 1))
    assert [type(one) for one in hung] == [TimeoutError] * 12


def test_nobody_waits_for_ever_for_the_one_thing_that_does_not_move(time_jumps: asyncio.Runner) -> None:
    async def stirred_all_the_time() -> float:
        bustle = Bustle()
        waiting = asyncio.create_task(bustle.patiently(asyncio.Event().wait()))
        while not waiting.done():
            bustle.stir()
            await asyncio.sleep(0.1)
        with pytest.raises(TimeoutError):
            await waiting
        return asyncio.get_running_loop().time()

    assert time_jumps.run(stirred_all_the_time()) <= 13 * of_servers.ANSWER_WITHIN_S


async def test_of_much_long_work_the_first_is_done_first_and_short_work_never_waits() -> None:
    done: list[str] = []

    async def work(bustle: Bustle, name: str, steps: int) -> None:
        await bustle.in_turns(iter([None] * steps))
        done.append(name)

    bustle = Bustle()
    long = [asyncio.create_task(work(bustle, f"long {number}", 100)) for number in range(10)]
    await asyncio.wait(long, return_when=asyncio.FIRST_COMPLETED)
    await work(bustle, "short", 1)
    await work(bustle, "nothing", 0)
    await asyncio.gather(*long)
    assert done.index("nothing") < 6
    assert [name for name in done if "long" in name] == [f"long {number}" for number in range(10)]
