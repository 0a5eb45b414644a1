"""The clock at the tables: phases close when they are due, also where nobody looks, and never in a rush."""

from pathlib import Path

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, Running, let_pass, running, seated_table
from threebirds_server.live.sweeper import GRACE_MS

FIRST_PHASE_MS = 220_000


async def a_table(house: Running) -> tuple[str, Guest]:
    table, (guest,) = await seated_table(house, "winter", ["SUP"])
    return table, guest


async def answering(desk: Desk, clock: FakeClock, ms: int) -> None:
    """Let time pass for somebody who answers every ping."""
    for _ in range(ms // 10_000):
        await let_pass(clock, 10_000)
        await desk.read_until("ping")
        desk.socket.send({"type": "pong"})


async def test_a_phase_closes_half_a_second_after_it_is_due(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        desk = await guest.at_table(table, "seat:SUP")
        await answering(desk, clock, FIRST_PHASE_MS)
        await desk.does("say", channel="plenary", text="In the last moment.")
        assert desk.phase == "1.table"
        await clock.advance(GRACE_MS)
        closed = await desk.until_event("phase_closed")
        assert closed["reason"] == "time"


async def test_a_paused_table_is_never_due(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        facilitator = await (await house.facilitator()).at_table(table, "facilitator")
        await facilitator.does("pause")
        await let_pass(clock, FIRST_PHASE_MS * 2)
        desk = await guest.at_table(table, "seat:SUP")
        assert (desk.view["status"], desk.phase) == ("paused", "1.table")


async def test_who_answers_is_there_and_who_does_not_is_absent(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, (here, _) = await seated_table(house, "winter", ["SUP", "BUY"])
        desk = await here.at_table(table, "seat:SUP")
        await desk.until_event("attended")
        seats = {seat.role: seat.attended for seat in (await house.house.hub.table(table)).replica.state.seats}
        assert seats == {"SUP": True, "BUY": False}


async def test_being_there_is_told_once_in_each_phase_by_an_answer_to_a_ping(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest = await a_table(house)
        desk = await guest.at_table(table, "seat:SUP")
        facilitator = await (await house.facilitator()).at_table(table, "facilitator")
        await desk.until_event("attended")
        await facilitator.does("close_phase")
        await answering(desk, clock, 20_000)
        await desk.does("say", channel="plenary", text="Two pings later.")
        assert [event["kind"] for event in desk.events].count("attended") == 2
