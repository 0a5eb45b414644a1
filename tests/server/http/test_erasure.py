"""Words, people and tables are forgotten: also in the views of those who look on at that moment."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running, seated_table
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.names import ChannelId
from threebirds_server.live.asks import Ask

SECRET = "the birds fly at dawn"
ROLES = ("RUS", "USA", "POL")
AMONG_US = "RUS+USA"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as house:
        yield house


class Scene:
    """Three seats and the facilitator's desk; what was said is a secret of two of them."""

    def __init__(self, facilitator: Guest, guests: list[Guest], desks: list[Desk]) -> None:
        self.facilitator = facilitator
        self.guests = guests
        self.rus, self.usa, self.pol, self.desk = desks
        self.table = self.rus.table

    @property
    def message(self) -> str:
        (found,) = [one["id"] for one in messages(self.desk) if one["text"] == SECRET]
        return found

    @property
    def speaker(self) -> str:
        (found,) = [one["person"] for one in messages(self.desk) if one["text"] == SECRET]
        return found

    async def erase(self, what: str) -> int:
        response = await self.facilitator.http.delete(f"/api/tables/{self.table}{what}")
        return response.status_code


async def a_secret(house: Running) -> Scene:
    table, guests = await seated_table(house, "shield", ROLES)
    facilitator = await house.facilitator()
    desks = [await guest.at_table(table, f"seat:{role}") for guest, role in zip(guests, ROLES, strict=True)]
    desks.append(await facilitator.at_table(table, "facilitator"))
    await desks[0].does("say", channel=AMONG_US, text=SECRET)
    await desks[0].does("say", channel="plenary", text="Good morning.")
    for desk in desks:
        while not any(one["text"] == "Good morning." for one in messages(desk)):
            await desk.read()
    return Scene(facilitator, guests, desks)


def raw(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def messages(desk: Desk) -> list[dict[str, str]]:
    return [message for channel in desk.view["channels"] for message in channel["messages"]]


async def test_an_erased_message_goes_from_the_views_of_those_who_had_it(house: Running) -> None:
    scene = await a_secret(house)
    before = [desk.n for desk in (scene.rus, scene.usa, scene.desk)]
    assert await scene.erase(f"/messages/{scene.message}") == 204
    for desk in (scene.rus, scene.usa, scene.desk):
        snapshot = await desk.read_until("snapshot")
        assert snapshot["reason"] == "history_differs"
        assert SECRET not in sorted_json(desk.view)
        assert "[removed]" in [one["text"] for one in messages(desk)]
    assert [desk.n for desk in (scene.rus, scene.usa, scene.desk)] == before


async def test_nobody_else_hears_that_something_was_erased(house: Running) -> None:
    scene = await a_secret(house)
    received = len(scene.pol.socket.texts)
    await scene.erase(f"/messages/{scene.message}")
    await scene.usa.read_until("snapshot")
    await scene.usa.does("say", channel="plenary", text="We go on.")
    await scene.pol.until_event("said")
    new = scene.pol.socket.texts[received:]
    assert not any('"snapshot"' in text for text in new)
    assert len([text for text in new if '"event"' in text]) == 1


async def test_play_goes_on_after_an_erasure_and_so_does_resuming(house: Running) -> None:
    scene = await a_secret(house)
    old = scene.usa.moment
    await scene.erase(f"/messages/{scene.message}")
    await scene.usa.read_until("snapshot")
    await scene.usa.does("say", channel=AMONG_US, text="And?")
    await scene.rus.until_event("said")
    back = await scene.guests[1].connect(scene.table, "seat:USA", since=old)
    assert (await back.read_until("snapshot"))["reason"] == "history_differs"
    near = await scene.guests[1].connect(scene.table, "seat:USA", since=scene.usa.moments[-2])
    await near.until(scene.usa.n)
    assert sorted_json(near.view) == sorted_json(back.view) == sorted_json(scene.usa.view)


async def test_an_erased_person_leaves_and_has_no_name_any_more(house: Running) -> None:
    scene = await a_secret(house)
    assert await scene.erase(f"/people/{scene.speaker}") == 204
    assert await scene.rus.socket.closed() == 4502
    for desk in (scene.usa, scene.pol, scene.desk):
        while "RUS one" in sorted_json(desk.view) or "[removed]" not in sorted_json(desk.view):
            await desk.read()
        assert SECRET not in sorted_json(desk.view)
    assert (await scene.guests[0].get("/api/me"))["people"] == []
    refused = await scene.guests[0].asks("/api/ticket", table=scene.table, viewer="seat:RUS")
    assert refused.json()["error"]["code"] == "unknown_table"


async def test_a_person_is_erased_also_from_a_table_that_nobody_has_open(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        scene = await a_secret(house)
        speaker = scene.speaker
    async with running(tmp_path, clock=clock) as house:
        facilitator = house.same_browser(scene.facilitator)
        assert (await facilitator.http.delete(f"/api/tables/{scene.table}/people/{speaker}")).status_code == 204
        desk = await facilitator.at_table(scene.table, "facilitator")
        assert SECRET not in sorted_json(desk.view)
    assert SECRET.encode() not in await asyncio.to_thread(raw, tmp_path)


async def test_what_is_erased_while_an_action_is_under_way_stays_erased(house: Running) -> None:
    scene = await a_secret(house)
    requests = [scene.usa.ask("say", action={"channel": "plenary", "text": f"Line {n}."}) for n in range(5)]
    erased = asyncio.create_task(scene.erase(f"/messages/{scene.message}"))
    replies = [await scene.usa.reply(request) for request in requests]
    assert await erased == 204
    await scene.usa.does("say", channel="plenary", text="Done.")
    assert all(reply["ok"] for reply in replies)
    again = await scene.guests[1].at_table(scene.table, "seat:USA")
    assert sorted_json(scene.usa.view) == sorted_json(again.view)
    assert SECRET not in sorted_json(again.view)


async def test_a_deleted_table_is_closed_to_everybody_and_gone(house: Running) -> None:
    scene = await a_secret(house)
    other, (guest,) = await seated_table(house, "winter", ["SUP"])
    assert await scene.erase("") == 204
    assert [await desk.socket.closed() for desk in (scene.rus, scene.usa, scene.desk)] == [4502, 4502, 4502]
    assert [row["table"] for row in await scene.facilitator.get("/api/tables")] == [other]
    assert await scene.erase("") == 404
    assert (await scene.guests[0].get("/api/me"))["people"] == []
    assert (await guest.at_table(other, "seat:SUP")).view is not None


async def test_whoever_still_asks_a_deleted_table_is_told_that_it_is_gone(house: Running) -> None:
    scene = await a_secret(house)
    running_table = await house.house.hub.table(scene.table)
    await scene.erase("")
    say = asked.Say(channel=ChannelId("plenary"), text="Anybody?")
    reply = await running_table.ask(Ask(Actor(kind="facilitator"), say))
    assert reply.error is not None
    assert reply.error.code == "unknown_table"


@pytest.mark.parametrize("what", ["", "/people/p1", "/messages/m1"])
async def test_only_the_facilitator_erases(house: Running, what: str) -> None:
    scene = await a_secret(house)
    stranger, player = house.guest(), scene.guests[0]
    statuses = [(await one.http.delete(f"/api/tables/{scene.table}{what}")).status_code for one in (stranger, player)]
    assert statuses == [401, 403]
    assert SECRET in sorted_json((await scene.guests[1].at_table(scene.table, "seat:USA")).view)


@pytest.mark.parametrize(
    ("what", "status"), [("/people/nobody", 422), ("/messages/nothing", 422), (f"/people/{'x' * 65}", 400)]
)
async def test_what_is_not_there_is_not_erased(house: Running, what: str, status: int) -> None:
    scene = await a_secret(house)
    assert await scene.erase(what) == status
    elsewhere = await scene.facilitator.http.delete("/api/tables/nowhere/people/p1")
    assert elsewhere.status_code == 404


async def test_a_table_that_cannot_be_read_again_is_closed_and_opened_anew(
    house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await a_secret(house)
    table = await house.house.hub.table(scene.table)
    monkeypatch.setattr(table, "_library", None)  # reading fails in a way that nobody expects
    assert await scene.erase(f"/messages/{scene.message}") == 204
    assert await scene.usa.socket.closed() == 4001
    back = await scene.guests[1].at_table(scene.table, "seat:USA")
    assert SECRET not in sorted_json(back.view)
