"""Bots at a table with people: they play on, take their time, and nobody has to wait for them or their mistakes."""

import asyncio
from pathlib import Path

from tests.support.bots import Failing, Greeting, Passing, Stubborn, Thinking
from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, Running, let_pass, running


async def alone(house: Running) -> tuple[Guest, Desk]:
    guest = house.guest()
    played = await guest.post("/api/play", scenario="winter", role="SUP")
    return guest, await guest.at_table(played["table"], "seat:SUP")


def passed(desk: Desk, role: str) -> bool:
    return next(seat["passed"] for seat in desk.view["seats"] if seat["role"] == role)


def said_in_plenary(desk: Desk) -> list[str]:
    channels = [channel for channel in desk.view["channels"] if channel["id"] == "plenary"]
    return [message["text"] for channel in channels for message in channel["messages"]]


async def until_passed(desk: Desk, role: str) -> None:
    while not passed(desk, role):
        await desk.read_until("event")


async def test_a_phase_closes_when_the_bots_and_the_last_person_have_passed(tmp_path: Path) -> None:
    async with running(tmp_path, bot=Passing()) as house:
        _, desk = await alone(house)
        await until_passed(desk, "BUY")
        await desk.does("pass")
        assert desk.phase == "1.news"


async def test_a_bot_with_a_mistake_passes_and_the_table_goes_on(tmp_path: Path) -> None:
    async with running(tmp_path, bot=Failing()) as house:
        _, desk = await alone(house)
        await until_passed(desk, "BUY")
        await desk.does("say", channel="plenary", text="Good.")


async def test_a_bot_that_asks_for_what_cannot_be_passes_in_the_end(tmp_path: Path) -> None:
    async with running(tmp_path, bot=Stubborn()) as house:
        _, desk = await alone(house)
        await until_passed(desk, "BUY")
        await desk.does("say", channel="plenary", text="Good.")


async def test_people_get_a_second_or_two_to_follow_each_move(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock, bot=Greeting(), bot_pace_ms=1_000) as house:
        _, desk = await alone(house)
        began = clock.now()
        while not said_in_plenary(desk):
            await clock.advance(100)
            await desk.does("draft", options={})
        assert 1_000 <= clock.now() - began <= 2_200


async def test_nobody_waits_for_a_bot_to_pass(tmp_path: Path) -> None:
    async with running(tmp_path, clock=FakeClock(), bot=Passing(), bot_pace_ms=1_000) as house:
        _, desk = await alone(house)
        await until_passed(desk, "BUY")


async def test_nobody_waits_for_a_bot_that_thinks(tmp_path: Path) -> None:
    bot = Thinking()
    async with running(tmp_path, bot=bot) as house:
        _, desk = await alone(house)
        await asyncio.to_thread(bot.began.wait, 10)
        await desk.does("say", channel="plenary", text="Take your time.")
        bot.enough.set()
        await until_passed(desk, "BUY")


async def test_a_bot_says_a_thing_once_however_often_the_server_restarts(tmp_path: Path) -> None:
    async with running(tmp_path, bot=Greeting()) as house:
        guest, desk = await alone(house)
        while not said_in_plenary(desk):
            await desk.read_until("event")
    async with running(tmp_path, bot=Greeting()) as house:
        back = await house.same_browser(guest).at_table(desk.table, desk.viewer)
        await back.does("say", channel="plenary", text="Welcome back.")
    assert said_in_plenary(back) == ["After 0.", "Welcome back."]


async def test_bots_go_on_after_a_restart_at_a_table_that_nobody_has_open(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        guest, desk = await alone(house)
    async with running(tmp_path, clock=clock, bot=Passing()) as house:
        await let_pass(clock, 221_000)
        back = await house.same_browser(guest).at_table(desk.table, desk.viewer)
        await until_passed(back, "BUY")
        assert back.phase == "1.news"


async def test_a_bot_waits_while_the_table_is_paused(tmp_path: Path) -> None:
    bot = Greeting()
    async with running(tmp_path) as house:
        guest, desk = await alone(house)
        facilitator = await (await house.facilitator()).at_table(desk.table, "facilitator")
        await facilitator.does("pause")
    async with running(tmp_path, bot=bot) as house:
        back = await house.same_browser(guest).at_table(desk.table, desk.viewer)
        facilitator = await (await house.facilitator()).at_table(desk.table, "facilitator")
        await back.does("draft", options={"price": 1})
        await facilitator.does("resume")
        said = await back.until_event("said")
        resumed = next(event["n"] for event in back.events if event["kind"] == "table_resumed")
        assert said["n"] > resumed


async def test_where_nobody_sits_bots_pass_at_a_walking_pace(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock, bot=Passing(), bot_pace_ms=1_000) as house:
        teacher = await house.facilitator()
        table = (await teacher.post("/api/tables", scenario="winter"))["table"]
        desk = await teacher.at_table(table, "facilitator")
        began = clock.now()
        await desk.does("start")
        while not (passed(desk, "SUP") or passed(desk, "BUY")):
            await clock.advance(500)
            await desk.act("extend", action={"seconds": 1}, dry=True)
        assert clock.now() - began >= 1_000


async def test_where_phases_last_for_days_bots_take_their_time(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock, bot=Greeting(), bot_pace_ms=1_000) as house:
        teacher = await house.facilitator()
        made = await teacher.post("/api/tables", scenario="european-security-treaty", variant="week")
        desk = await teacher.at_table(made["table"], "facilitator")
        await desk.does("start")
        for _ in range(20):
            await clock.advance(10_000)
            await desk.act("extend", action={"seconds": 1}, dry=True)
        assert not said_in_plenary(desk)
