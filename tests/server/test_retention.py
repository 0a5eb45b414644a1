"""What nobody has touched for long is deleted by itself, and nothing else is."""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.clock import FakeClock
from tests.support.forging import run
from tests.support.houses import Guest, Running, running
from threebirds_server.erasure.retention import DAY_MS, LOOK_EVERY_MS
from threebirds_server.ids import RandomIds
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.records import Records, open_records
from threebirds_server.store import tables as t

WORDS = "the birds fly at dawn"
HOUR = LOOK_EVERY_MS


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def house_of(
    data: Path, clock: FakeClock, *, days: int = 10, store: Records | None = None
) -> AbstractAsyncContextManager[Running]:
    return running(data, clock=clock, ids=RandomIds(), store=store, keep_days=days)


async def talked(house: Running, *, over: bool = True) -> tuple[str, Guest]:
    """A table at which something was said, and which has ended since or never began."""
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario="winter")
    guest = await house.seated(made["table"], made["code"], "SUP")
    desk = await guest.at_table(made["table"], "seat:SUP")
    await desk.does("say", channel="plenary", text=WORDS)
    await desk.socket.leave()
    if over:
        leading = await facilitator.at_table(made["table"], "facilitator")
        await leading.does("start", empty="bot", bot="still")
        await leading.does("end")
        await leading.socket.leave()
    return made["table"], guest


async def pass_hours(clock: FakeClock, hours: int) -> None:
    for _ in range(hours):
        await clock.waits("retention")
        await clock.advance(HOUR)
    await clock.waits("retention")


async def left(house: Running) -> set[str]:
    return {row.id for row in await house.house.records.events.tables()}


def raw(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


@pytest.mark.parametrize("end", ["over", "never begun"])
async def test_what_nobody_has_touched_for_long_goes_with_its_words(tmp_path: Path, clock: FakeClock, end: str) -> None:
    async with house_of(tmp_path, clock) as house:
        old, _ = await talked(house, over=end == "over")
    clock = FakeClock(clock.now() + 10 * DAY_MS)
    async with house_of(tmp_path, clock) as house:
        assert WORDS.encode() in await asyncio.to_thread(raw, tmp_path)
        young, guest = await talked(house)
        assert await left(house) == {old, young}
        await pass_hours(clock, 1)
        assert await left(house) == {young}
        assert old.encode() not in await asyncio.to_thread(raw, tmp_path)
        assert (await guest.get(f"/api/tables/{young}/view?viewer=seat:SUP"))["view"]


async def test_who_looks_on_is_sent_away(tmp_path: Path, clock: FakeClock) -> None:
    async with house_of(tmp_path, clock) as house:
        table, guest = await talked(house)
    clock = FakeClock(clock.now() + 11 * DAY_MS)
    async with house_of(tmp_path, clock) as house:
        back = house.same_browser(guest)
        desk = await back.at_table(table, "seat:SUP")
        await pass_hours(clock, 1)
        assert await desk.socket.closed() in {4003, 4502}, "an hour without a pong may have come first"
        assert (await back.asks("/api/ticket", table=table, viewer="seat:SUP")).status_code == 404


async def test_as_long_as_something_happens_nothing_goes(tmp_path: Path, clock: FakeClock) -> None:
    async with house_of(tmp_path, clock) as house:
        table, guest = await talked(house, over=False)
    clock = FakeClock(clock.now() + 11 * DAY_MS)
    async with house_of(tmp_path, clock) as house:
        desk = await house.same_browser(guest).at_table(table, "seat:SUP")
        await desk.does("say", channel="plenary", text=WORDS)
        await pass_hours(clock, 2)
        assert await left(house) == {table}


@pytest.mark.parametrize("damage", [update(t.event).values(at=1), update(t.tables).values(head=999)])
async def test_a_damaged_table_is_as_young_as_when_it_was_made(tmp_path: Path, clock: FakeClock, damage: Any) -> None:
    async with house_of(tmp_path, clock) as house:
        table, _ = await talked(house)
        await run(house.house.records.database, damage)
        await pass_hours(clock, 2)
        assert await left(house) == {table}


async def test_a_clock_that_is_set_takes_nothing_with_it(tmp_path: Path, clock: FakeClock) -> None:
    async with house_of(tmp_path, clock) as house:
        table, _ = await talked(house)
        await pass_hours(clock, 1)
        await clock.jump(365 * DAY_MS)
        await clock.waits("retention")
        assert await left(house) == {table}
        await clock.jump(-365 * DAY_MS)
        await pass_hours(clock, 2)
        assert await left(house) == {table}


async def test_with_0_everything_is_kept(tmp_path: Path, clock: FakeClock) -> None:
    async with house_of(tmp_path, clock) as house:
        table, _ = await talked(house)
    clock = FakeClock(clock.now() + 10_000 * DAY_MS)
    async with house_of(tmp_path, clock, days=0) as house:
        await clock.advance(2 * HOUR)
        assert await left(house) == {table}


async def test_an_outage_puts_it_off_until_the_next_hour(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house_of(tmp_path, clock) as house:
        await talked(house)
    clock = FakeClock(clock.now() + 11 * DAY_MS)
    records: Records = await asyncio.to_thread(
        open_records, f"sqlite:///{tmp_path / 'threebirds.db'}", clock, RandomIds()
    )
    scrub = records.database.scrub
    async with house_of(tmp_path, clock, store=records) as house:

        async def held_up() -> None:
            raise StoreUnavailableError("Somebody reads.")

        monkeypatch.setattr(records.database, "scrub", held_up)
        await pass_hours(clock, 1)
        assert await left(house) == set()
        monkeypatch.setattr(records.database, "scrub", scrub)
        await pass_hours(clock, 1)
        assert WORDS.encode() not in await asyncio.to_thread(raw, tmp_path)
