"""A log that is damaged while its table runs: nothing is added to what could never be read again."""

import asyncio
from pathlib import Path

from sqlalchemy import update

from tests.support.clock import CountingIds, FakeClock
from tests.support.forging import run
from tests.support.houses import running, seated_table
from tests.support.sockets import Socket
from threebirds_server.records import open_records
from threebirds_server.store import tables as t


async def test_a_table_whose_log_was_damaged_is_closed_as_soon_as_it_is_noticed(tmp_path: Path) -> None:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{tmp_path / 'threebirds.db'}", clock, ids)
    async with running(tmp_path, clock=clock, ids=ids, store=records) as house:
        damaged, (guest, other) = await seated_table(house, "winter", ["SUP", "BUY"])
        sound, (third,) = await seated_table(house, "winter", ["SUP"])
        mine = await guest.at_table(damaged, "seat:SUP")
        await mine.until_event("attended")
        theirs = await third.at_table(sound, "seat:SUP")
        ticket = await other.ticket(damaged, "seat:BUY")
        await run(records.database, update(t.tables).where(t.tables.c.id == damaged).values(chain="0" * 32))

        late = await Socket(house.app).open()
        late.send({"type": "hello", "v": 1, "ticket": ticket, "resume": []})
        assert (await late.receive())["error"]["code"] == "internal"
        assert [await late.closed(), await mine.socket.closed()] == [4001, 4001]
        assert damaged not in house.house.hub.tables
        await theirs.does("say", channel="plenary", text="We go on.")
