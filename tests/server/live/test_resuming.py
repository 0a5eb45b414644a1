"""Coming back: from any place in the stream exactly the rest, and if that cannot be, a snapshot and why."""

from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running, seated_table
from tests.support.sockets import Socket


async def a_short_game(house: Running) -> tuple[Guest, Desk]:
    """Somebody who held the seat from its first moment, and knows each moment since."""
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    mine, theirs = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
    await theirs.does("say", channel="SUP+BUY", text="Between us.")
    await theirs.does("table", options={"transit": 2, "investment": 1}, note="A start.")
    await mine.until_event("tabled")
    text = mine.view["proposals"][0]
    await mine.does("amend", read=text, proposal=text["id"], options={"investment": 2})
    await theirs.does("pass")
    await mine.until_event("passed")
    return supplier, mine


async def test_from_every_number_the_rest_comes_byte_for_byte(house: Running) -> None:
    guest, mine = await a_short_game(house)
    for lacking, moment in enumerate(reversed(mine.moments)):
        back = await guest.connect(mine.table, mine.viewer, since=moment)
        await back.until(mine.n)
        assert back.welcome["tables"][0]["mode"] == "replay"
        assert back.frames == mine.frames[len(mine.frames) - lacking :]
        assert sorted_json(back.view) == sorted_json(mine.view)
        await back.socket.leave()


async def test_a_view_that_followed_the_changes_is_the_snapshot(house: Running) -> None:
    guest, mine = await a_short_game(house)
    latest = await guest.at_table(mine.table, mine.viewer)
    assert sorted_json(latest.view) == sorted_json(mine.view)
    assert latest.moment.held == mine.moment.held


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
    back = await guest.connect(mine.table, mine.viewer, since=mine.moment._replace(**change))
    snapshot = await back.read_until("snapshot")
    assert back.welcome["tables"][0]["mode"] == "snapshot"
    assert snapshot["reason"] == reason
    assert sorted_json(back.view) == sorted_json(mine.view)


async def test_of_all_that_a_client_holds_the_stream_of_its_ticket_goes_on(house: Running) -> None:
    guest, mine = await a_short_game(house)
    since = mine.moments[1]
    held = [
        {"table": table, "viewer": viewer, "epoch": since.epoch, "after": after, "mark": since.mark}
        for table, viewer, after in (
            ("t_other", mine.viewer, 3),
            (mine.table, "seat:BUY", 5),
            (mine.table, mine.viewer, since.after),
            (mine.table, "facilitator", 99),
        )
    ]
    socket = await Socket(house.app).open()
    ticket = await guest.ticket(mine.table, mine.viewer)
    socket.send({"type": "hello", "v": 1, "ticket": ticket, "resume": held})
    welcome = await socket.receive_until("welcome")
    [granted] = welcome["tables"]
    assert (granted["viewer"], granted["mode"]) == (mine.viewer, "replay")
    assert (await socket.receive_until("event"))["n"] == since.after + 1


async def test_what_is_no_longer_kept_is_replaced_by_a_snapshot(tmp_path: Path) -> None:
    async with running(tmp_path / "short", frames_kept=2) as house:
        guest, mine = await a_short_game(house)
        far = await guest.connect(mine.table, mine.viewer, since=mine.moments[0])
        near = await guest.connect(mine.table, mine.viewer, since=mine.moments[-3])
        assert (await far.read_until("snapshot"))["reason"] == "too_far_behind"
        assert near.welcome["tables"][0]["mode"] == "replay"


async def test_a_first_visit_gets_a_snapshot_without_a_reason(house: Running) -> None:
    guest, mine = await a_short_game(house)
    first = await guest.connect(mine.table, mine.viewer)
    assert "reason" not in await first.read_until("snapshot")


@pytest.mark.parametrize("folded_every", [1, 3, 1_000])
async def test_a_restart_continues_the_stream_where_it_was(tmp_path: Path, clock: FakeClock, folded_every: int) -> None:
    async with running(tmp_path / "one", clock=clock, folded_every=folded_every) as house:
        guest, mine = await a_short_game(house)
    async with running(tmp_path / "one", clock=clock) as house:
        back = await house.same_browser(guest).connect(mine.table, mine.viewer, since=mine.moments[0])
        await back.until(mine.n)
        assert back.frames == mine.frames
        await back.does("say", channel="plenary", text="We go on.")


async def test_a_reply_that_was_lost_is_given_again_after_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    async with running(tmp_path / "one", clock=clock) as house:
        guest, mine = await a_short_game(house)
        cid = mine.cid()
        drawn = await mine.act("circulate", cid=cid, action={"options": {"price": 1}, "to": ["BUY"]})
        await mine.does("take_back")
    async with running(tmp_path / "one", clock=clock) as house:
        back = await house.same_browser(guest).at_table(mine.table, mine.viewer)
        again = await back.act("circulate", cid=cid, action={"options": {"price": 1}, "to": ["BUY"]})
        other = await back.act("circulate", cid=cid, action={"options": {"price": 2}, "to": ["BUY"]})
    assert (again["ok"], again["dup"], again["n"]) == (True, True, drawn["n"])
    assert other["error"]["code"] == "cid_reused"


async def test_what_could_not_be_done_twice_is_still_answered_as_done(tmp_path: Path, clock: FakeClock) -> None:
    async with running(tmp_path / "one", clock=clock) as house:
        table, (supplier, _) = await seated_table(house, "winter", ["SUP", "BUY"])
        mine = await supplier.at_table(table, "seat:SUP")
        cid = mine.cid()
        await mine.act("pass", cid=cid)
    async with running(tmp_path / "one", clock=clock) as house:
        back = await house.same_browser(supplier).at_table(table, "seat:SUP")
        again, anew = await back.act("pass", cid=cid), await back.act("pass")
    assert again["dup"]
    assert anew["error"]["rule"] == "pass.once"


async def test_pull_brings_the_frames_after_a_number_again(house: Running) -> None:
    guest, mine = await a_short_game(house)
    since = mine.moments[0].after
    latest = await guest.at_table(mine.table, mine.viewer)
    latest.socket.send({"type": "pull", "table": mine.table, "viewer": mine.viewer, "after": since, "limit": 2})
    frames = [await latest.socket.receive_until("event") for _ in range(2)]
    assert [frame["n"] for frame in frames] == [since + 1, since + 2]


async def test_pull_from_beyond_the_end_brings_a_snapshot(house: Running) -> None:
    _, mine = await a_short_game(house)
    mine.socket.send({"type": "pull", "table": mine.table, "viewer": mine.viewer, "after": 9_999})
    assert (await mine.read_until("snapshot"))["reason"] == "history_differs"


async def test_a_ping_tells_how_far_the_stream_is(house: Running, clock: FakeClock) -> None:
    _, mine = await a_short_game(house)
    await clock.advance(10_000)
    ping = await mine.read_until("ping")
    assert ping["heads"] == [{"table": mine.table, "viewer": mine.viewer, "n": mine.n}]


async def test_twenty_silent_seconds_close_a_socket_that_may_come_back(house: Running, clock: FakeClock) -> None:
    _, mine = await a_short_game(house)
    await clock.advance(20_000)
    assert await mine.socket.closed() == 4003


async def test_on_postgresql_a_stream_goes_on_after_a_restart_in_the_same_way(
    tmp_path: Path, clock: FakeClock, database_url: str
) -> None:
    async with running(tmp_path, clock=clock, database_url=database_url) as house:
        guest, mine = await a_short_game(house)
    async with running(tmp_path, clock=clock, database_url=database_url) as house:
        back = await house.same_browser(guest).connect(mine.table, mine.viewer, since=mine.moments[0])
        await back.until(mine.n)
        assert back.frames == mine.frames
        await back.does("say", channel="plenary", text="We go on.")
