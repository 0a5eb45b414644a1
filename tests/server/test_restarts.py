"""A planned restart in the middle of everything: nothing acknowledged is lost, and nobody holds it up."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

from tests.fuzz.raw import frame
from tests.server.test_connections import LONG, Mute
from tests.support.clock import CountingIds
from tests.support.foundry import Foundry, foundry
from tests.support.hosts import Host, OpenedTable, host, seated
from tests.support.long_runs import Counts
from threebirds_client import Door, Seat, connect
from threebirds_client.door import Place
from threebirds_rules import actions as asked
from threebirds_rules.events import Said
from threebirds_rules.names import ChannelId
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

TABLES = 3
ENOUGH = 30
"""So many acknowledgements of each seat before the server is told to stop."""
MUCH = 100
"""So many long speeches at one table that twenty times all of them fit in no buffer."""
ENDS_WITHIN_S = 10


class Talker:
    """A seat that speaks as fast as it is answered."""

    def __init__(self, seat: Seat, name: str) -> None:
        self.acknowledged: list[str] = []
        self.enough = asyncio.Event()
        self._seat = seat
        self._name = name

    async def talk(self) -> None:
        for number in count(1):
            await self.say(f"{self._name} {number}")
            if number >= ENOUGH:
                self.enough.set()

    async def say(self, text: str) -> None:
        await self._seat.act(asked.Say(channel=ChannelId("plenary"), text=text))
        self.acknowledged.append(text)


@asynccontextmanager
async def talker(url: str, place: Place) -> AsyncGenerator[Talker]:
    assert place.viewer is not None
    async with connect(url, table=place.table, viewer=place.viewer, token=place.token) as seat:
        yield Talker(seat, f"{place.table} {place.viewer}")


async def a_table(desk: Host, door: Door) -> tuple[OpenedTable, list[Place]]:
    table = await desk.opened()
    places = [await seated(door, table.code, role) for role in ("SUP", "BUY")]
    await desk.begin(table.id)
    return table, places


async def a_stuck_facilitator(server: Foundry, desk: Host, table: OpenedTable) -> Mute:
    """Asks for the whole table again and again, and reads nothing of it."""
    mute = await Mute(server.port).open()
    hello = f'{{"type": "hello", "v": 1, "ticket": "{await desk.ticket(table.id)}"}}'
    pull = f'{{"type": "pull", "table": "{table.id}", "viewer": "facilitator", "after": 0}}'
    await mute.write(frame(hello.encode()))
    for _ in range(20):
        await mute.write(frame(pull.encode()))
        await asyncio.sleep(0.02)
    return mute


async def test_told_to_stop_in_the_middle_of_everything_it_ends_in_time_and_has_all_it_acknowledged(
    tmp_path: Path, counts: Counts
) -> None:
    async with foundry(data=str(tmp_path), port=0, actions_per_minute=1_000_000) as server, AsyncExitStack() as stack:
        greeted = await server.start()
        desk = await stack.enter_async_context(host(greeted.address, greeted.token))
        door = await stack.enter_async_context(Door(greeted.address))
        tables = [await a_table(desk, door) for _ in range(TABLES)]
        places = [place for _, places in tables for place in places]
        talkers = [await stack.enter_async_context(talker(greeted.address, place)) for place in places]
        for number in range(MUCH):
            await talkers[0].say(f"{number} {LONG}".strip())
        mute = await a_stuck_facilitator(server, desk, tables[0][0])
        talking = [asyncio.create_task(one.talk()) for one in talkers]
        for one in talkers:
            await one.enough.wait()
        async with asyncio.timeout(ENDS_WITHIN_S):
            assert await server.stop() == 0
        mute.close()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
    acknowledged = [text for one in talkers for text in one.acknowledged]
    assert len(acknowledged) >= len(talkers) * ENOUGH
    said = await all_said(tmp_path, [table.id for table, _ in tables])
    counts(
        tables=TABLES, acknowledged=len(acknowledged), in_the_logs=len(said), lost=len(set(acknowledged) - set(said))
    )
    assert len(said) == len(set(said))
    assert set(acknowledged) <= set(said)


async def all_said(data: Path, tables: list[str]) -> list[str]:
    database = open_database(f"sqlite:///{data / 'threebirds.db'}")
    store = SqlEventStore(database, CountingIds())
    try:
        looks = [await store.look(table) for table in tables]
    finally:
        await database.close()
    return [one.event.text for look in looks for one in look.recorded if isinstance(one.event, Said)]
