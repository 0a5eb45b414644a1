"""When a table is folded: where nothing happens any more, and when the server stops, with all that people need."""

from pathlib import Path

from sqlalchemy import func, select

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Running, let_pass, running, seated_table, two_desks
from threebirds_server.live.sweeper import BEAT_MS
from threebirds_server.store import tables as t

MOST_BEATS = 100


async def kept(house: Running) -> int:
    count = select(func.count()).select_from(t.snapshot)
    return await house.house.records.database.read(lambda connection: connection.execute(count).scalar_one())


async def talk(desk: Desk) -> None:
    for number in range(10):
        await desk.does("say", channel="plenary", text=f"Number {number}.")


async def test_a_table_that_has_come_to_rest_is_kept_once(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        mine, _ = await two_desks(house)
        await talk(mine)
        at_work = await kept(house)
        # It is folded in a thread of its own, which takes no time of this clock.
        for _ in range(MOST_BEATS):
            await let_pass(clock, BEAT_MS)
            if await kept(house):
                break
        for _ in range(4):
            await let_pass(clock, BEAT_MS)
        assert (at_work, await kept(house)) == (0, 1)


async def test_a_table_of_which_nobody_has_the_stream_is_not_kept(tmp_path: Path) -> None:
    """It would say where nobody was, and take the place of a fold that does."""
    async with running(tmp_path) as house:
        table, guests = await seated_table(house, "winter", ["SUP", "BUY"])
        await talk(await guests[0].at_table(table, "seat:SUP"))
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        before, loaded = await kept(house), await house.house.hub.table(table)
        assert (before, loaded.replica.followed) == (1, False)
        for _ in range(4):
            await let_pass(clock, BEAT_MS)
    async with running(tmp_path) as house:
        assert await kept(house) == 1


async def test_after_a_restart_people_go_on_where_they_were_and_no_frame_is_made_again(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, guests = await seated_table(house, "winter", ["SUP", "BUY"])
        desk = await guests[0].at_table(table, "seat:SUP")
        await talk(desk)
        guest, moment = guests[0], desk.moment
    async with running(tmp_path) as house:
        back = await house.same_browser(guest).connect(table, "seat:SUP", since=moment)
        replica = (await house.house.hub.table(table)).replica
        assert back.welcome["tables"][0]["mode"] == "replay"
        assert replica.held_from == replica.head
        await back.does("say", channel="plenary", text="And on.")
