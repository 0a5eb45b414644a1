"""What is erased goes from a damaged table that was put aside too, whatever its damage is."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select, update

from tests.server.test_doctor import Spoken, at, changed, of_last
from tests.support.clock import FakeClock
from tests.support.houses import Guest, Running, running
from threebirds_server.ids import RandomIds
from threebirds_server.store import tables as t
from threebirds_server.store.opening import open_database

HERS, HIS, LAST = "the birds fly at dawn", "the cat sleeps until noon", "and the owl is awake at night"
"""What Olga said, what Piotr said, and what Olga said where the log breaks later."""
NAME = "Olga of the harbour"


class Repaired(NamedTuple):
    facilitator: Guest
    damaged: str
    table: str
    olga: str
    folder: Path

    async def erase(self, what: str) -> None:
        response = await self.facilitator.http.delete(f"/api/tables/{what}")
        assert response.status_code == 204

    async def found(self) -> set[str]:
        """Which of the words and names stand in any file of the database."""
        return await asyncio.to_thread(standing, self.folder)


def standing(folder: Path) -> set[str]:
    raw = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    return {one for one in (HERS, HIS, LAST, NAME) if one.encode() in raw}


DAMAGE: dict[str, Callable[[str], list[Any]]] = {
    "an author who is no longer known": lambda table: [
        update(t.event).where(of_last(table)).values(actor='{"kind":"host"}')
    ],
    "an author that cannot be read": lambda table: [update(t.event).where(of_last(table)).values(actor="?")],
    "a message that cannot be read": lambda table: [update(t.event).where(of_last(table)).values(body="?")],
    "another kind": lambda table: [update(t.event).where(of_last(table)).values(kind="comet_seen")],
    "changed words": lambda table: [update(t.text).where(t.text.c.body == LAST).values(body=f"{LAST}!")],
}


async def a_damaged_game(data: Path, clock: FakeClock, damage: str) -> tuple[str, Guest]:
    async with house_of(data, clock) as house:
        facilitator = await house.facilitator()
        made = await facilitator.post("/api/tables", scenario="winter")
        guests = [house.guest(), house.guest()]
        for guest, name, role in zip(guests, (NAME, "Piotr"), ("SUP", "BUY"), strict=True):
            await guest.post("/api/join", code=made["code"], name=name)
            await guest.post("/api/seat", table=made["table"], role=role)
        await (await facilitator.at_table(made["table"], "facilitator")).does("start", empty="bot", bot="still")
        hers, his = [
            await guest.at_table(made["table"], f"seat:{role}")
            for guest, role in zip(guests, ("SUP", "BUY"), strict=True)
        ]
        for desk, words in ((hers, HERS), (his, HIS), (hers, LAST)):
            await clock.advance(1)
            await desk.does("say", channel="plenary", text=words)
    await changed(at(data), *DAMAGE[damage](made["table"]))
    return made["table"], facilitator


def house_of(data: Path, clock: FakeClock) -> AbstractAsyncContextManager[Running]:
    return running(data, clock=clock, ids=RandomIds())


async def repaired(house: Running, facilitator: Guest, damaged: str, folder: Path) -> Repaired:
    back = house.same_browser(facilitator)
    (table,) = [row["table"] for row in await back.get("/api/tables") if row["table"] != damaged]
    desk = await back.at_table(table, "facilitator")
    (olga,) = [one["person"] for one in messages(desk.view) if one["text"] == HERS]
    return Repaired(back, damaged, table, olga, folder)


async def person_named(data: Path, name: str) -> str:
    database = open_database(at(data))
    try:
        found = select(t.person.c.id).where(t.person.c.name == name)
        return await database.read(lambda connection: str(connection.scalar(found)))
    finally:
        await database.close()


def messages(view: dict[str, Any]) -> list[dict[str, str]]:
    return [message for channel in view["channels"] for message in channel["messages"]]


@pytest.mark.parametrize("damage", DAMAGE)
async def test_who_is_erased_where_play_goes_on_is_erased_in_what_was_put_aside(tmp_path: Path, damage: str) -> None:
    clock = FakeClock()
    damaged, facilitator = await a_damaged_game(tmp_path, clock, damage)
    assert await Spoken(data=tmp_path).repair(damaged) == 0
    async with house_of(tmp_path, clock) as house:
        scene = await repaired(house, facilitator, damaged, tmp_path)
        assert await scene.found() == {HERS, HIS, LAST, NAME}
        await scene.erase(f"{scene.table}/people/{scene.olga}")
        assert await scene.found() == {HIS}


async def test_a_message_and_a_table_are_erased_there_too(tmp_path: Path) -> None:
    clock = FakeClock()
    damaged, facilitator = await a_damaged_game(tmp_path, clock, "another kind")
    assert await Spoken(data=tmp_path).repair(damaged) == 0
    async with house_of(tmp_path, clock) as house:
        scene = await repaired(house, facilitator, damaged, tmp_path)
        desk = await scene.facilitator.at_table(scene.table, "facilitator")
        (his,) = [one["id"] for one in messages(desk.view) if one["text"] == HIS]
        await scene.erase(f"{scene.table}/messages/{his}")
        assert await scene.found() == {HERS, NAME}, "whose the last words were is not known: they went too"
        await scene.erase(scene.table)
        assert await scene.found() == set()
        assert await scene.facilitator.get("/api/tables") == []


async def test_deleting_what_was_put_aside_leaves_the_table_where_play_goes_on(tmp_path: Path) -> None:
    clock = FakeClock()
    damaged, facilitator = await a_damaged_game(tmp_path, clock, "another kind")
    assert await Spoken(data=tmp_path).repair(damaged) == 0
    async with house_of(tmp_path, clock) as house:
        scene = await repaired(house, facilitator, damaged, tmp_path)
        await scene.erase(scene.damaged)
        assert await scene.found() == {HERS, HIS, NAME}
        assert [row["table"] for row in await scene.facilitator.get("/api/tables")] == [scene.table]


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_damaged_table_that_nobody_repaired_is_erased_in_like_others(tmp_path: Path, damage: str) -> None:
    clock = FakeClock()
    damaged, facilitator = await a_damaged_game(tmp_path, clock, damage)
    olga = await person_named(tmp_path, NAME)
    async with house_of(tmp_path, clock) as house:
        scene = Repaired(house.same_browser(facilitator), damaged, damaged, olga, tmp_path)
        await scene.erase(f"{damaged}/people/{olga}")
        assert await scene.found() == {HIS}
        await scene.erase(damaged)
        assert await scene.found() == set()
