"""Those who only look on: they see what everybody may see, as it happens, and do nothing."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as house:
        yield house


async def a_table(house: Running) -> tuple[str, Guest, Guest, Desk]:
    """A started table, whoever sits at it, whoever came too late for a seat, and the facilitator's desk."""
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario="winter")
    supplier = await house.seated(made["table"], made["code"], "SUP")
    late = house.guest()
    await late.post("/api/join", code=made["code"], name="Late")
    desk = await facilitator.at_table(made["table"], "facilitator")
    await desk.does("start", empty="bot", bot="still")
    return made["table"], supplier, late, desk


async def spoken(desk: Desk) -> None:
    await desk.does("table", options={"transit": 2})
    await desk.does("say", channel="delegation", text="For us alone.")
    await desk.does("say", channel="plenary", text="For everybody.")
    await desk.does("pass")


async def test_an_observer_hears_the_plenary_and_the_wall_shows_no_talk(house: Running) -> None:
    table, supplier, late, _ = await a_table(house)
    observer, wall = await late.at_table(table, "observer"), await late.at_table(table, "public")
    await spoken(await supplier.at_table(table, "seat:SUP"))
    for desk in (observer, wall):
        await desk.until_event("passed")
    assert [event["text"] for event in observer.events if event["kind"] == "said"] == ["For everybody."]
    assert {event["kind"] for event in wall.events} - {"attended"} == {"tabled", "passed"}
    assert "For us alone." not in "".join([*observer.frames, *wall.frames])


@pytest.mark.parametrize("viewer", ["observer", "public"])
async def test_what_onlookers_followed_is_what_a_newcomer_sees(house: Running, viewer: str) -> None:
    table, supplier, late, facilitator = await a_table(house)
    followed = await late.at_table(table, viewer)
    await spoken(await supplier.at_table(table, "seat:SUP"))
    await facilitator.does("close_phase")
    await followed.until_event("phase_opened")
    fresh = await late.at_table(table, viewer)
    await followed.until(fresh.n)
    assert sorted_json(fresh.view) == sorted_json(followed.view)
    assert fresh.moment.held == followed.moment.held


@pytest.mark.parametrize("viewer", ["observer", "public"])
@pytest.mark.parametrize("kind", ["pause", "end", "close_phase", "pass"])
async def test_whoever_looks_on_does_nothing_not_even_as_the_facilitator(
    house: Running, viewer: str, kind: str
) -> None:
    table, _, late, facilitator = await a_table(house)
    for guest in (late, await house.facilitator()):
        desk = await guest.at_table(table, viewer)
        reply = await desk.act(kind)
        assert (reply["error"]["code"], reply["error"]["path"]) == ("not_your_seat", "viewer")
        desk.socket.send({"type": "score", "id": 80, "table": table, "viewer": viewer, "packages": [[0, 0, 0]]})
        assert (await desk.reply(80))["error"]["code"] == "forbidden"
    assert facilitator.view["status"] == "running"


async def test_who_has_not_come_in_does_not_look_on(house: Running) -> None:
    table, _, _, _ = await a_table(house)
    stranger = house.guest()
    await stranger.post("/api/play", scenario="winter", role="SUP")
    answers = [
        await stranger.asks("/api/ticket", table=where, viewer=viewer)
        for where in (table, "t_none")
        for viewer in ("observer", "public", "facilitator")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


async def test_who_only_looks_on_is_not_counted_as_present_and_sees_nobody_type_on_the_wall(house: Running) -> None:
    table, supplier, late, _ = await a_table(house)
    mine, wall = await supplier.at_table(table, "seat:SUP"), await late.at_table(table, "public")
    observer = await late.at_table(table, "observer")
    present = (await observer.read_until("presence"))["present"]
    assert len(present) == 1
    mine.socket.send({"type": "typing", "table": table, "viewer": "seat:SUP", "channel": "plenary"})
    assert (await observer.read_until("typing"))["role"] == "SUP"
    await mine.does("pass")
    await wall.until_event("passed")
    assert '"type":"typing"' not in "".join(wall.socket.texts)
