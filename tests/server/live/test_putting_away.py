"""Tables that are over and that nobody has open leave the memory, and come back as they were."""

import asyncio
import gc
from pathlib import Path
from weakref import WeakSet

from tests.support.clock import FakeClock
from tests.support.desks import sorted_json
from tests.support.houses import Running, let_pass, running, seated_table
from tests.support.long_runs import Counts
from threebirds_server.live.hub import IDLE_MS
from threebirds_server.live.table import Table

TABLES = 12


async def over(house: Running) -> str:
    """A table that was played and ended, and that everybody has left."""
    table, (guest,) = await seated_table(house, "winter", ["SUP"])
    desk = await guest.at_table(table, "seat:SUP")
    await desk.does("say", channel="plenary", text="That was it.")
    facilitator = await (await house.facilitator()).at_table(table, "facilitator")
    await facilitator.does("end")
    await desk.socket.leave()
    await facilitator.socket.leave()
    return table


class Remembered:
    """The tables of one house that are still in memory; those of other tests are none of its business."""

    def __init__(self, house: Running) -> None:
        self._house = house
        self._seen = WeakSet[Table]()

    def count(self) -> int:
        self._seen.update(self._house.house.hub.tables.values())
        gc.collect()
        return len(self._seen)


async def test_memory_follows_what_is_played_and_not_what_was(tmp_path: Path, counts: Counts) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        remembered, most = Remembered(house), 0
        for _ in range(TABLES):
            await over(house)
            most = max(most, remembered.count())
            await let_pass(clock, IDLE_MS // 2)
        await let_pass(clock, IDLE_MS + 5_000)
        left = remembered.count()
        tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith(("table", "bots"))]
        counts(tables=TABLES, most_in_memory=most, left=left)
        assert most <= 5
        assert (left, house.house.hub.tables, tasks) == (0, {}, [])


async def test_whoever_comes_back_to_a_table_that_was_put_away_goes_on_where_they_were(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        half = desk.moment
        facilitator = await (await house.facilitator()).at_table(table, "facilitator")
        await facilitator.does("end")
        await desk.until_event("table_ended")
        await desk.socket.leave()
        await facilitator.socket.leave()
        await let_pass(clock, IDLE_MS + 5_000)
        assert table not in house.house.hub.tables
        back = await guest.connect(table, "seat:SUP", since=half)
        await back.until(desk.n)
        assert back.welcome["tables"][0]["mode"] == "replay"
        assert (back.mark, sorted_json(back.view)) == (desk.mark, sorted_json(desk.view))
        reply = await back.act("say", action={"channel": "plenary", "text": "Too late."})
        assert reply["error"]["code"] == "game_over"


async def test_a_table_that_somebody_looks_at_stays_and_so_does_one_that_is_played(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        played, (guest,) = await seated_table(house, "winter", ["SUP"])
        looked_at = await over(house)
        for _ in range(4):
            await let_pass(clock, IDLE_MS // 2)
            await house.house.hub.table(looked_at)
        assert set(house.house.hub.tables) == {played, looked_at}
        assert (await guest.at_table(played, "seat:SUP")).view["status"] == "running"
