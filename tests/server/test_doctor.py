"""The doctor names what is wrong and what to do; a repair goes on from the last whole action, and rewrites nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.first_release import sqlite_of_the_first_release
from tests.support.forging import rechain, run
from tests.support.houses import Guest, running, seated_table
from tests.support.stores import create, opened_store
from threebirds_migrations import upgrade
from threebirds_migrations.databases import changing
from threebirds_server import commands
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.doctor import doctor
from threebirds_server.keeping.repair import repair
from threebirds_server.settings import Settings
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.opening import open_database

NEVER_TABLED = {"kind": "withdrawn", "body": '{"proposal":"none"}'}
"""An event that can be read, of something that never was."""


class Spoken:
    def __init__(self, **settings: Any) -> None:
        self.settings = Settings.model_validate(settings)
        self.told: list[str] = []
        self.warned: list[str] = []

    async def doctor(self) -> int:
        """What is wrong stands in `warned` afterwards, and whatever is well in `told`."""
        return await asyncio.to_thread(doctor, self.settings, tell=self.hear)

    def hear(self, line: str) -> None:
        (self.warned if line.startswith("WRONG") else self.told).append(line)

    async def repair(self, table: str) -> int:
        return await asyncio.to_thread(repair, self.settings, table, tell=self.told.append, warn=self.warned.append)


async def changed(url: str, *statements: Any, rechained: str = "") -> None:
    database = open_database(url)
    try:
        await run(database, *statements)
        if rechained:
            await rechain(database, rechained)
    finally:
        await database.close()


def at(path: Path) -> str:
    return f"sqlite:///{path}/threebirds.db"


async def test_records_that_are_well_are_told_so_and_left_alone(tmp_path: Path) -> None:
    async with running(tmp_path, ids=RandomIds()) as house:
        await seated_table(house, "winter", ["SUP"])
    before = await asyncio.to_thread((tmp_path / "threebirds.db").read_bytes)
    spoken = Spoken(data=tmp_path)
    assert await spoken.doctor() == 0
    assert spoken.warned == []
    said = "\n".join(spoken.told)
    for word in ("Three Birds 0.1.0", "Python 3", "SQLite 3", "synchronous = 2", "secure_delete = 1", "MB are left"):
        assert word in said
    for word in (
        "local disk",
        "No server uses it",
        "schema is that of this release",
        "1 tables with",
        "The file is whole",
    ):
        assert word in said
    assert await asyncio.to_thread((tmp_path / "threebirds.db").read_bytes) == before


async def test_beside_a_running_server_everything_but_its_settings_is_looked_at(tmp_path: Path) -> None:
    spoken = Spoken(data=tmp_path)
    async with running(tmp_path, ids=RandomIds()) as house:
        await seated_table(house, "winter", ["SUP"])
        assert await spoken.doctor() == 0
    assert "In use, as it should be while a server runs" in "\n".join(spoken.told)
    assert "1 tables with" in spoken.told[-1]


async def test_every_damaged_table_is_named_with_what_to_do(tmp_path: Path) -> None:
    spoken = Spoken(data=tmp_path)
    async with running(tmp_path, ids=RandomIds()) as house:
        (changed_one, _), (newer, _), (no_game, _), _ = [await seated_table(house, "winter", ["SUP"]) for _ in range(4)]
    await changed(
        at(tmp_path), update(t.event).where(t.event.c.table_id == changed_one, t.event.c.seq == 4).values(at=1)
    )
    of_newer = (t.event.c.table_id == newer) & (t.event.c.seq == 5)
    await changed(at(tmp_path), update(t.event).where(of_newer).values(kind="comet_seen"), rechained=newer)
    seating = (t.event.c.table_id == no_game) & (t.event.c.kind == "person_seated")
    await changed(at(tmp_path), update(t.event).where(seating).values(**NEVER_TABLED), rechained=no_game)
    assert await spoken.doctor() == 1
    found = {name: warned for warned in spoken.warned for name in (changed_one, newer, no_game) if name in warned}
    assert f"Event 4 of table {changed_one} is not what was written" in found[changed_one]
    assert f"threebirds doctor --repair {changed_one}" in found[changed_one]
    assert "Install the release that wrote it" in found[newer]
    assert "cannot be followed" in found[no_game]
    assert "1 tables with" in spoken.told[-1]


@pytest.mark.parametrize("document", ["title: changed", "[", None])
async def test_rules_that_are_not_those_of_the_opening_are_damage(tmp_path: Path, document: str | None) -> None:
    async with running(tmp_path, ids=RandomIds()) as house:
        table, _ = await seated_table(house, "winter", ["SUP"])
    longer = func.replace(t.ruleset.c.document, "minutes: ", "minutes: 1")
    await changed(at(tmp_path), update(t.ruleset).values(document=longer if document is None else document))
    spoken = Spoken(data=tmp_path)
    assert await spoken.doctor() == 1
    assert table in spoken.warned[0]
    assert "The rule set" in spoken.warned[0]


async def test_other_schemas_are_told(tmp_path: Path) -> None:
    sqlite_of_the_first_release(tmp_path / "old" / "threebirds.db")
    old, new, none = Spoken(data=tmp_path / "old"), Spoken(data=tmp_path / "new"), Spoken(data=tmp_path / "none")
    assert await old.doctor() == 0
    assert "The schema is 0001: the server brings it to" in old.told[-1]
    await asyncio.to_thread(upgrade, at(tmp_path / "new"))
    sql = text("UPDATE alembic_version SET version_num = 'ffff'")
    await asyncio.to_thread(changing, at(tmp_path / "new"), lambda connection: connection.execute(sql))
    assert await new.doctor() == 1
    assert "The schema ffff was made by a newer release" in new.warned[0]
    assert await none.doctor() == 1
    assert f"No server has ever used {tmp_path / 'none'}: it holds no records" in none.warned[-1]
    assert await none.repair("t1") == 1
    assert "No server has ever used" in none.warned[-1]
    assert not (tmp_path / "none").exists()
    assert await old.repair("t1") == 1
    assert "Start the server once" in old.warned[-1]


async def test_a_file_that_is_spoilt_is_told(tmp_path: Path) -> None:
    (tmp_path / "threebirds.db").write_text("Dear diary, " * 100)
    spoken = Spoken(data=tmp_path)
    assert await spoken.doctor() == 1
    assert "not a database" in spoken.warned[0]


async def test_postgresql_is_looked_at_in_the_same_way(database_url: str) -> None:
    async with opened_store(database_url) as store:
        await create(store, "t1")
    await changed(database_url, update(t.event).values(at=1))
    spoken = Spoken(database_url=database_url)
    assert await spoken.doctor() == 1
    # The server of the tests is told never to wait for the disk.
    assert {warned.split()[1] for warned in spoken.warned} == {"fsync", "full_page_writes", "Table"}


async def a_game(data: Path, clock: FakeClock) -> tuple[Guest, Desk, str]:
    """Three lines are said, of which the last one breaks; the link of whoever said them."""
    async with running(data, clock=clock, ids=RandomIds()) as house:
        facilitator = await house.facilitator()
        made = await facilitator.post("/api/tables", scenario="winter")
        guest = house.guest()
        joined = await guest.post("/api/join", code=made["code"], name="Olga")
        await guest.post("/api/seat", table=made["table"], role="SUP")
        start = await facilitator.at_table(made["table"], "facilitator")
        await start.does("start", empty="bot", bot="still")
        desk = await guest.at_table(made["table"], "seat:SUP")
        for line in ("One.", "Two.", "Three."):
            await clock.advance(1)
            await desk.does("say", channel="plenary", text=line)
        return guest, desk, joined["token"]


def lines(desk: Desk) -> list[str]:
    return [message["text"] for channel in desk.view["channels"] for message in channel["messages"]]


async def log(database: Database, table: str) -> list[Any]:
    wanted = select(t.event).where(t.event.c.table_id == table).order_by(t.event.c.seq)
    return await database.read(lambda connection: [tuple(row) for row in connection.execute(wanted)])


async def logged(url: str, table: str) -> list[Any]:
    database = open_database(url)
    try:
        return await log(database, table)
    finally:
        await database.close()


def last_said(table: str) -> Any:
    newest = select(t.event.c.seq).where(t.event.c.table_id == table, t.event.c.kind == "said")
    return newest.order_by(t.event.c.seq.desc()).limit(1).scalar_subquery()


def of_last(table: str) -> Any:
    return (t.event.c.table_id == table) & (t.event.c.seq == last_said(table))


DAMAGE: dict[str, Callable[[str], list[Any]]] = {
    "a changed event": lambda table: [update(t.event).where(of_last(table)).values(actor='{"kind":"host"}')],
    "changed words": lambda table: [update(t.text).where(t.text.c.body == "Three.").values(body="Four.")],
    "a lost event": lambda table: [
        delete(t.event).where(of_last(table)),
        update(t.tables).where(t.tables.c.id == table).values(chain="0" * 32),
    ],
}


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_repair_goes_on_at_a_new_table_with_the_code_the_people_and_their_links(
    tmp_path: Path, damage: str
) -> None:
    clock = FakeClock()
    guest, old, link = await a_game(tmp_path, clock)
    await changed(at(tmp_path), *DAMAGE[damage](old.table))
    before = await logged(at(tmp_path), old.table)
    spoken = Spoken(data=tmp_path)
    assert await spoken.doctor() == 1
    assert await spoken.repair(old.table) == 0, spoken.warned
    assert await logged(at(tmp_path), old.table) == before
    async with running(tmp_path, clock=clock, ids=RandomIds()) as house:
        back = house.same_browser(guest)
        (person,) = (await back.get("/api/me"))["people"]
        assert person["table"] != old.table
        desk = await back.at_table(person["table"], "seat:SUP")
        assert desk.epoch != old.epoch
        said = ["One.", "Two."] if damage != "a lost event" else ["One."]
        assert lines(desk) == said
        await desk.does("say", channel="plenary", text="We go on.")
        assert (await house.guest().post("/api/session", token=link))["table"] == person["table"]
        rows = {row["table"]: row for row in await (await house.facilitator()).get("/api/tables")}
        assert rows[old.table]["title"].endswith("(damaged)")
        assert rows[old.table]["code"] != rows[person["table"]]["code"] == person["code"]
    assert "Lost: " in spoken.told[-1]
    assert person["table"] in spoken.told[-1]
    assert await spoken.repair(old.table) == 1
    assert "was repaired before" in spoken.warned[-1]
    assert await spoken.doctor() == 0, "what was put aside is nothing to be mended"


async def test_half_an_action_is_not_kept(tmp_path: Path) -> None:
    """Whoever closes a phase opens the next one: a table that has only closed it would stand still for ever."""
    clock = FakeClock()
    _, old, _ = await a_game(tmp_path, clock)
    async with running(tmp_path, clock=clock, ids=RandomIds()) as house:
        desk = await (await house.facilitator()).at_table(old.table, "facilitator")
        phase = desk.phase
        await desk.does("close_phase")
    opened = (t.event.c.table_id == old.table) & (t.event.c.kind == "phase_opened") & (t.event.c.seq > 10)
    await changed(at(tmp_path), update(t.event).where(opened).values(body="{}"))
    spoken = Spoken(data=tmp_path)
    assert await spoken.repair(old.table) == 0, spoken.warned
    async with running(tmp_path, clock=clock, ids=RandomIds()) as house:
        rows = await (await house.facilitator()).get("/api/tables")
        (row,) = [one for one in rows if one["table"] != old.table]
        assert (row["status"], row["phase"]) == ("running", phase)


async def test_events_that_make_no_game_are_cut_off_too(tmp_path: Path) -> None:
    clock = FakeClock()
    guest, old, _ = await a_game(tmp_path, clock)
    nonsense = update(t.event).where(of_last(old.table)).values(**NEVER_TABLED)
    wordless = delete(t.text).where(t.text.c.body == "Three.")
    await changed(at(tmp_path), wordless, nonsense, rechained=old.table)
    spoken = Spoken(data=tmp_path)
    assert await spoken.doctor() == 1
    assert await spoken.repair(old.table) == 0, spoken.warned
    async with running(tmp_path, clock=clock, ids=RandomIds()) as house:
        back = house.same_browser(guest)
        (person,) = (await back.get("/api/me"))["people"]
        assert lines(await back.at_table(person["table"], "seat:SUP")) == ["One.", "Two."]
    assert "the next event makes no game" in spoken.told[-1]


async def test_a_table_that_is_well_or_beyond_help_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock()
    _, old, _ = await a_game(tmp_path, clock)
    spoken = Spoken(data=tmp_path)
    assert await spoken.repair(old.table) == 0
    assert "is well: nothing was changed" in spoken.told[-1]
    assert await spoken.repair("nowhere") == 1
    first = (t.event.c.table_id == old.table) & (t.event.c.seq == 1)
    await changed(at(tmp_path), update(t.event).where(first).values(at=1))
    assert await spoken.repair(old.table) == 1
    assert "only a backup helps" in spoken.warned[-1]
    async with running(tmp_path, clock=clock, ids=RandomIds()):
        assert await spoken.repair(old.table) == 1
    assert "Another server" in spoken.warned[-1]


async def test_what_a_newer_release_wrote_is_not_cut_off(tmp_path: Path) -> None:
    clock = FakeClock()
    _, old, _ = await a_game(tmp_path, clock)
    await changed(at(tmp_path), update(t.event).where(of_last(old.table)).values(kind_version=2), rechained=old.table)
    spoken = Spoken(data=tmp_path)
    assert await spoken.repair(old.table) == 1
    assert "does not know" in spoken.warned[-1]


def test_the_command_looks_or_repairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(at(tmp_path))
    assert commands.doctor(data=tmp_path) == 0
    assert commands.doctor(data=tmp_path / "nowhere") == 1
    assert commands.doctor(repair="nowhere", data=tmp_path) == 1
    said = capsys.readouterr()
    assert "0 tables with 0 events" in said.out
    assert "WRONG  No server has ever used" in said.out
    assert "There is no table 'nowhere'" in said.err
