"""Who is at the table, who types, and what becomes of a delegation whose head is away."""

from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running, seated_table

MINUTE_MS = 60_000


async def a_delegation(house: Running) -> tuple[str, Guest, Guest]:
    """Two people on one seat, and where they sit; the first one leads."""
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario="winter")
    first = await house.seated(made["table"], made["code"], "SUP")
    second = await house.seated(made["table"], made["code"], "SUP")
    return made["table"], first, second


def head(desk: Desk) -> str:
    return next(seat["head"] for seat in desk.view["seats"] if seat["role"] == "SUP")


async def test_everybody_hears_who_comes_and_who_goes(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, first, second = await a_delegation(house)
        desk = await first.at_table(table, "seat:SUP")
        alone = (await desk.read_until("presence"))["present"]
        other = await second.at_table(table, "seat:SUP")
        both = (await desk.read_until("presence"))["present"]
        await other.socket.leave()
        again = (await desk.read_until("presence"))["present"]
    assert (len(alone), len(both)) == (1, 2)
    assert again == alone


async def test_the_lead_passes_on_when_the_head_has_been_away_for_a_minute(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, first, second = await a_delegation(house)
        gone = await first.at_table(table, "seat:SUP")
        was = head(gone)
        await gone.socket.leave()
        desk = await second.at_table(table, "seat:SUP")
        await let_pass(desk, clock, MINUTE_MS)
        assert head(desk) == was
        while head(desk) == was:
            await let_pass(desk, clock, 10_000)
        assert "head_changed" in [event["kind"] for event in desk.events]


async def test_a_head_who_comes_back_in_time_keeps_the_lead(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, first, second = await a_delegation(house)
        desk = await second.at_table(table, "seat:SUP")
        was = head(desk)
        await let_pass(desk, clock, 50_000)
        back = await first.at_table(table, "seat:SUP")
        await let_pass(desk, clock, 10_000)
        back.socket.send({"type": "pong"})
        await let_pass(desk, clock, 10_000)
        assert head(desk) == was


async def test_a_clock_that_is_set_back_makes_nobody_wait_longer_for_the_lead(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, _, second = await a_delegation(house)
        desk = await second.at_table(table, "seat:SUP")
        was = head(desk)
        await let_pass(desk, clock, 20_000)
        await clock.jump(-3_600_000)
        set_back_at = clock.now()
        while head(desk) == was:
            await let_pass(desk, clock, 10_000)
        # By its own time: the test's clock runs on while the disk is waited for.
        (changed,) = [event for event in desk.events if event["kind"] == "head_changed"]
        assert changed["at"] < set_back_at + 3 * MINUTE_MS


async def test_a_head_alone_keeps_the_lead_while_away(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, _, _ = await a_delegation(house)
        await clock.advance(3 * MINUTE_MS)
        state = (await house.house.hub.table(table)).replica.state
        assert state.seats[0].head == state.seats[0].people[0]


async def test_typing_is_seen_in_the_plenary_and_in_the_delegation_only(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        mine, theirs = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
        for channel in ("delegation", "BUY+SUP", "plenary"):
            mine.socket.send({"type": "typing", "table": table, "viewer": "seat:SUP", "channel": channel})
        seen = await theirs.read_until("typing")
        assert (seen["channel"], seen["role"]) == ("plenary", "SUP")


@pytest.mark.parametrize("channel", ["BUY+SUP", "SUP+USA", "nowhere"])
async def test_typing_elsewhere_is_refused_whether_there_is_such_a_place_or_not(tmp_path: Path, channel: str) -> None:
    async with running(tmp_path) as house:
        table, (supplier, _) = await seated_table(house, "winter", ["SUP", "BUY"])
        mine = await supplier.at_table(table, "seat:SUP")
        mine.socket.send({"type": "typing", "table": table, "viewer": "seat:SUP", "channel": channel})
        refused = (await mine.read_until("reply"))["error"]
        assert (refused["code"], refused["path"]) == ("forbidden", "channel")
        assert refused["message"] == "Only the plenary and the own delegation of a seat see who types."


async def let_pass(desk: Desk, clock: FakeClock, ms: int) -> None:
    """Let time pass for somebody who answers pings."""
    for _ in range(ms // 10_000):
        await clock.advance(10_000)
        await desk.read_until("ping")
        desk.socket.send({"type": "pong"})
