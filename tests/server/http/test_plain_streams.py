"""A stream over HTTP: the frames of a socket line by line, from any place, for as long as its reader reads."""

import asyncio
from pathlib import Path

import pytest
from starlette.types import Message

from tests.support.clock import FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running, seated_table
from tests.support.lines import Lines, lines, reading

LONG = "We have been over this before. " * 125


async def a_short_game(house: Running) -> tuple[Guest, Desk]:
    """Somebody who held the seat from its first moment, and knows each moment since."""
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    mine, theirs = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
    await theirs.does("say", channel="SUP+BUY", text="Between us.")
    await theirs.does("table", options={"transit": 2, "investment": 1}, note="A start.")
    await theirs.does("pass")
    while not mine.events or mine.events[-1]["kind"] != "passed":
        await mine.read()
    return supplier, mine


async def until_present(desk: Desk, people: int) -> None:
    while len((await desk.read_until("presence"))["present"]) != people:
        pass


async def test_a_stream_begins_with_a_welcome_and_a_snapshot_and_goes_on_as_things_happen(house: Running) -> None:
    guest, mine = await a_short_game(house)
    follower = await reading(guest, mine.table, mine.viewer)
    await follower.read_until("snapshot")
    await mine.does("say", channel="plenary", text="Good morning.")
    await follower.until_event("said")
    assert follower.welcome["tables"][0]["mode"] == "snapshot"
    assert follower.frames == [mine.frames[-1]]
    assert follower.moment.held == mine.moment.held
    assert sorted_json(follower.view) == sorted_json(mine.view)


async def test_from_every_number_the_rest_comes_byte_for_byte(house: Running) -> None:
    guest, mine = await a_short_game(house)
    for lacking, moment in enumerate(reversed(mine.moments)):
        stream = lines(guest, mine.table, mine.viewer, **moment.held)
        assert await stream.open() == 200
        assert (await stream.receive())["tables"][0]["mode"] == "replay"
        for text in mine.frames[len(mine.frames) - lacking :]:
            assert await stream.line() == text
        await stream.leave()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"mark": "0123456789abcdef"}, "history_differs"),
        ({"after": 1_000}, "history_differs"),
        ({"epoch": "another"}, "epoch_changed"),
    ],
)
async def test_another_history_gets_a_snapshot_and_the_reason(
    house: Running, change: dict[str, object], reason: str
) -> None:
    guest, mine = await a_short_game(house)
    follower = await reading(guest, mine.table, mine.viewer, **{**mine.moment.held, **change})
    assert (await follower.read_until("snapshot"))["reason"] == reason
    assert sorted_json(follower.view) == sorted_json(mine.view)


async def test_without_a_mark_nobody_asks_which_history_it_was(house: Running) -> None:
    guest, mine = await a_short_game(house)
    moment = mine.moments[0]
    follower = await reading(guest, mine.table, mine.viewer, epoch=moment.epoch, after=moment.after)
    assert follower.welcome["tables"][0]["mode"] == "replay"


@pytest.mark.parametrize("query", [{"after": 3}, {"epoch": "e", "after": -1}, {"epoch": "e", "mark": "xyz"}])
async def test_a_place_in_no_stream_is_refused(house: Running, query: dict[str, object]) -> None:
    guest, mine = await a_short_game(house)
    stream = lines(guest, mine.table, mine.viewer, **query)
    assert await stream.open() == 400
    assert b"bad_frame" in await stream.body()


async def test_a_blank_line_comes_every_ten_seconds(house: Running, clock: FakeClock) -> None:
    guest, mine = await a_short_game(house)
    stream = lines(guest, mine.table, "public")
    await stream.open()
    await stream.receive_until("snapshot")
    for _ in range(5):
        await clock.advance(10_000)
        while await stream.line():
            pass
        mine.socket.send({"type": "pong"})
    assert stream.headers["content-type"] == "application/x-ndjson"
    assert stream.headers["x-accel-buffering"] == "no"
    assert "content-length" not in stream.headers


async def test_whoever_reads_a_stream_is_at_the_table_and_there_in_every_phase(
    house: Running, clock: FakeClock
) -> None:
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    theirs = await buyers.at_table(table, "seat:BUY")
    facilitator = await (await house.facilitator()).at_table(table, "facilitator")
    stream = lines(supplier, table, "seat:SUP")
    await stream.open()
    await until_present(theirs, 2)
    while (await facilitator.until_event("attended"))["role"] != "SUP":
        pass
    await facilitator.does("close_phase")
    await clock.advance(10_000)
    while (await facilitator.until_event("attended"))["role"] != "SUP":
        pass
    await stream.leave()
    await until_present(theirs, 1)


async def test_a_fourth_window_of_one_person_is_turned_away_whatever_it_is(house: Running) -> None:
    guest, mine = await a_short_game(house)
    for _ in range(2):
        assert await lines(guest, mine.table, mine.viewer).open() == 200
    assert await lines(guest, mine.table, mine.viewer).open() == 429


async def test_who_loses_the_seat_is_told_and_the_stream_ends(house: Running) -> None:
    guest, mine = await a_short_game(house)
    stream = lines(guest, mine.table, mine.viewer)
    await stream.open()
    facilitator = await (await house.facilitator()).at_table(mine.table, "facilitator")
    await facilitator.does("hand_to_bot", role="SUP", bot="still")
    assert (await stream.receive_until("notice"))["kind"] == "seat_given"
    assert await stream.closed() == 200


async def test_everybody_is_told_to_come_back_when_the_server_goes(house: Running) -> None:
    guest, mine = await a_short_game(house)
    stream = lines(guest, mine.table, mine.viewer)
    await stream.open()
    going = asyncio.create_task(house.house.hub.drain())
    assert (await stream.receive_until("notice"))["kind"] == "restarting"
    assert await stream.closed() == 200
    await mine.socket.closed()
    await going
    assert await lines(guest, mine.table, mine.viewer).open() == 503


class StuckLines(Lines):
    """Takes so many lines, and then nothing more."""

    taken = 0

    async def _deliver(self, message: Message) -> None:
        self.taken += 1
        if self.taken > 3:
            await asyncio.Event().wait()
        await super()._deliver(message)


async def stuck_reader(house: Running, guest: Guest, desk: Desk) -> StuckLines:
    cookies = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
    path, query = f"/api/tables/{desk.table}/stream", {"viewer": "seat:BUY"}
    stuck = StuckLines(house.app, path, query, {"cookie": cookies})
    assert await stuck.open() == 200
    return stuck


async def test_who_stops_reading_is_cut_off_and_nobody_waits_for_it(tmp_path: Path, clock: FakeClock) -> None:
    async with running(tmp_path / "quick", clock=clock, actions_per_minute=100_000) as house:
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        desk, other = [await supplier.at_table(table, "seat:SUP") for _ in range(2)]
        stuck = await stuck_reader(house, buyers, desk)
        await until_present(desk, 2)
        for _ in range(140):
            await desk.does("say", channel="plenary", text=LONG)
            await other.does("say", channel="plenary", text=LONG)
        await clock.advance(5_000)
        await until_present(desk, 1)
        assert await stuck.closed() == 0


async def test_who_takes_nothing_for_two_beats_is_cut_off_too(house: Running, clock: FakeClock) -> None:
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    desk = await supplier.at_table(table, "seat:SUP")
    stuck = await stuck_reader(house, buyers, desk)
    await desk.does("say", channel="plenary", text="Are you there?")
    for _ in range(3):
        await clock.advance(10_000)
        desk.socket.send({"type": "pong"})
    assert await stuck.closed() == 0


async def test_what_a_stranger_may_not_see_no_stream_tells(house: Running) -> None:
    _, mine = await a_short_game(house)
    stranger = house.guest()
    await stranger.post("/api/play", scenario="winter", role="SUP")
    bodies: list[bytes] = []
    for table in (mine.table, "t_none"):
        stream = lines(stranger, table, mine.viewer)
        assert await stream.open() == 404
        bodies.append(await stream.body())
    assert bodies[0] == bodies[1]
