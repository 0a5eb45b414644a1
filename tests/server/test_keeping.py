"""Backups are made while a server runs, and play goes on from them in a way that every client notices."""

import asyncio
import sqlite3
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, update

from tests.support.clock import FakeClock
from tests.support.desks import Desk, Moment, sorted_json
from tests.support.first_release import sqlite_of_the_first_release
from tests.support.forging import run
from tests.support.houses import Guest, Running, running, seated_table
from tests.support.postgres import postgres_program
from tests.support.stores import an_append, create, opened_store, said, texts
from threebirds_migrations import upgrade
from threebirds_rules.names import MessageId
from threebirds_server import commands
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.backup import back_up
from threebirds_server.keeping.restore import new_epochs, restore
from threebirds_server.settings import Settings
from threebirds_server.store import tables as t
from threebirds_server.store.opening import open_database

SAID: dict[str, Any] = {"channel": "plenary", "text": "Before."}
LATER: dict[str, Any] = {"channel": "plenary", "text": "After the backup."}


class Spoken:
    """What a command said, and what it complained of."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.warned: list[str] = []

    def back_up(self, data: Path, file: Path) -> int:
        return back_up(Settings(data=data), file, tell=self.told.append, warn=self.warned.append)

    def restore(self, data: Path, file: Path) -> int:
        return restore(Settings(data=data), file, tell=self.told.append, warn=self.warned.append)


@pytest.fixture
def spoken() -> Spoken:
    return Spoken()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def running_on(data: Path, clock: FakeClock) -> AbstractAsyncContextManager[Running]:
    return running(data, clock=clock, ids=RandomIds())


async def at_a_table(house: Running) -> tuple[Guest, Desk]:
    table, (guest, _) = await seated_table(house, "winter", ["SUP", "BUY"])
    desk = await guest.at_table(table, "seat:SUP")
    await desk.does("say", **SAID)
    return guest, desk


def lines(desk: Desk) -> list[str]:
    return [message["text"] for channel in desk.view["channels"] for message in channel["messages"]]


async def test_a_restore_drill(tmp_path: Path, clock: FakeClock, spoken: Spoken) -> None:
    """Play, back up, play on, restore: what was acknowledged since is gone, told so, and can be sent again."""
    data, file = tmp_path / "data", tmp_path / "backup.db"
    async with running_on(data, clock) as house:
        guest, desk = await at_a_table(house)
        assert await asyncio.to_thread(spoken.back_up, data, file) == 0
        cid = desk.cid()
        lost = await desk.act("say", cid=cid, action=LATER)
        assert lost["ok"]
        held: Moment = desk.moment
        ticket = await guest.ticket(desk.table, desk.viewer)

    assert await asyncio.to_thread(spoken.restore, data, file) == 0

    async with running_on(data, clock) as house:
        again = house.same_browser(guest)
        late = await again.asks("/api/ticket", table=desk.table, viewer=desk.viewer)
        assert late.is_success
        back = await again.connect(desk.table, desk.viewer, since=held)
        snapshot = await back.read_until("snapshot")
        assert snapshot["reason"] == "epoch_changed"
        assert back.epoch != held.epoch
        assert lines(back) == ["Before."]
        anew = await back.act("say", cid=cid, action=LATER)
        assert (anew["ok"], anew.get("dup", False)) == (True, False)
        assert lines(back) == ["Before.", "After the backup."]
        assert await house.house.sessions.redeem_ticket(ticket) is None
    assert spoken.warned == []


async def test_the_records_before_a_restore_are_kept_whole(tmp_path: Path, clock: FakeClock, spoken: Spoken) -> None:
    data, file = tmp_path / "data", tmp_path / "backup.db"
    async with running_on(data, clock) as house:
        _, desk = await at_a_table(house)
        await asyncio.to_thread(spoken.back_up, data, file)
        await desk.does("say", **LATER)
    await asyncio.to_thread(spoken.restore, data, file)
    (kept,) = [path for path in data.iterdir() if ".before-" in path.name]
    async with opened_store(f"sqlite:///{kept}") as store:
        assert await texts(store, desk.table) == ["Before.", "After the backup."]
    assert str(kept) in spoken.told[-1]


async def test_a_backup_is_one_moment_of_a_server_that_goes_on_writing(tmp_path: Path, spoken: Spoken) -> None:
    upgrade(url := f"sqlite:///{tmp_path}/data/threebirds.db")
    async with opened_store(url) as store:
        await create(store, "t1", "t2")
        written, more = 0, asyncio.Condition()

        async def write() -> None:
            nonlocal written
            while True:
                head = written + 1
                await store.commit([an_append(table, head, said(f"{head}"), cid=f"c{head}") for table in ("t1", "t2")])
                async with more:
                    written += 1
                    more.notify_all()

        writing = asyncio.create_task(write())
        for number in range(5):
            async with more:
                await more.wait_for(lambda number=number: written >= 20 * (number + 1))
            assert await asyncio.to_thread(spoken.back_up, tmp_path / "data", tmp_path / f"{number}.db") == 0
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    assert spoken.warned == []
    for number in range(5):
        async with opened_store(f"sqlite:///{tmp_path}/{number}.db") as store:
            first, second = await texts(store, "t1"), await texts(store, "t2")
            assert first == second
            assert 20 * (number + 1) <= len(first) <= written


def test_a_backup_is_readable_by_its_owner_alone(tmp_path: Path, spoken: Spoken) -> None:
    upgrade(f"sqlite:///{tmp_path}/data/threebirds.db")
    spoken.back_up(tmp_path / "data", tmp_path / "b.db")
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "data"]


async def test_what_was_erased_since_the_backup_stays_erased(tmp_path: Path, clock: FakeClock, spoken: Spoken) -> None:
    data, file = tmp_path / "data", tmp_path / "backup.db"
    async with running_on(data, clock) as house:
        guest, desk = await at_a_table(house)
        (message,) = [one for channel in desk.view["channels"] for one in channel["messages"]]
        await asyncio.to_thread(spoken.back_up, data, file)
        facilitator = await house.facilitator()
        await facilitator.http.delete(f"/api/tables/{desk.table}/messages/{message['id']}")
        people = (await guest.get("/api/me"))["people"]
        await facilitator.http.delete(f"/api/tables/{desk.table}/people/{people[0]['person']}")
    await asyncio.to_thread(spoken.restore, data, file)
    raw = await asyncio.to_thread((data / "threebirds.db").read_bytes)
    assert b"Before." not in raw
    assert b"SUP one" not in raw
    async with running_on(data, clock) as house:
        view = (await (await house.facilitator()).at_table(desk.table, "facilitator")).view
        assert "SUP one" not in sorted_json(view)
        assert (await house.same_browser(guest).get("/api/me"))["people"] == []


async def test_words_of_another_history_are_not_taken_for_those_that_were_erased(
    tmp_path: Path, spoken: Spoken
) -> None:
    """Two logs that went different ways after a restore: what was erased in one is not in the other."""
    url = f"sqlite:///{tmp_path}/data/threebirds.db"
    await asyncio.to_thread(upgrade, url)
    async with opened_store(url) as store:
        await create(store, "t1")
        await asyncio.to_thread(spoken.back_up, tmp_path / "data", tmp_path / "early.db")
        await store.commit([an_append("t1", 1, said("One way."), cid="c1")])
        await asyncio.to_thread(spoken.back_up, tmp_path / "data", tmp_path / "late.db")
    await asyncio.to_thread(spoken.restore, tmp_path / "data", tmp_path / "early.db")
    async with opened_store(url) as store:
        await store.commit([an_append("t1", 1, said("Another way."), cid="c2")])
        await store.erase_message("t1", MessageId("m1"), 1)
    await asyncio.to_thread(spoken.restore, tmp_path / "data", tmp_path / "late.db")
    async with opened_store(url) as store:
        assert await texts(store, "t1") == ["One way."]


async def test_a_running_server_keeps_its_records(tmp_path: Path, clock: FakeClock, spoken: Spoken) -> None:
    data, file = tmp_path / "data", tmp_path / "backup.db"
    async with running_on(data, clock) as house:
        await at_a_table(house)
        await asyncio.to_thread(spoken.back_up, data, file)
        assert await asyncio.to_thread(spoken.restore, data, file) == 1
        assert new_epochs(Settings(data=data), warn=spoken.warned.append) == 1
    assert all("Another server (process" in warned for warned in spoken.warned)
    assert len(spoken.warned) == 2


def test_a_backup_of_the_first_schema_is_restored(tmp_path: Path, spoken: Spoken) -> None:
    sqlite_of_the_first_release(tmp_path / "old.db")
    assert spoken.restore(tmp_path / "data", tmp_path / "old.db") == 0
    assert "2 tables with 22 events" in spoken.told[0]
    assert spoken.back_up(tmp_path / "data", tmp_path / "new.db") == 0


def test_a_database_of_an_earlier_release_is_backed_up_unread(tmp_path: Path, spoken: Spoken) -> None:
    sqlite_of_the_first_release(tmp_path / "threebirds.db")
    assert spoken.back_up(tmp_path, tmp_path / "b.db") == 0
    assert "of an earlier release" in spoken.told[0]


async def test_a_damaged_table_is_named_in_the_backup_and_after_the_restore(tmp_path: Path, spoken: Spoken) -> None:
    url = f"sqlite:///{tmp_path}/data/threebirds.db"
    await asyncio.to_thread(upgrade, url)
    async with opened_store(url) as store:
        await create(store, "t1", "t2")
    database = open_database(url)
    await run(database, update(t.event).where(t.event.c.table_id == "t1").values(at=1))
    await database.close()
    assert await asyncio.to_thread(spoken.back_up, tmp_path / "data", tmp_path / "b.db") == 1
    assert await asyncio.to_thread(spoken.restore, tmp_path / "data", tmp_path / "b.db") == 0
    assert [("t1" in warned, "Event 1" in warned) for warned in spoken.warned] == [(True, True)] * 2


@pytest.mark.parametrize("damage", ["not a database", "a spoilt page", "a row that refers to nothing"])
def test_what_is_not_whole_is_not_restored(tmp_path: Path, spoken: Spoken, damage: str) -> None:
    data, file = tmp_path / "data", tmp_path / "backup.db"
    upgrade(f"sqlite:///{data}/threebirds.db")
    before = (data / "threebirds.db").read_bytes()
    spoil(file, damage)
    assert spoken.restore(data, file) == 1
    assert "Nothing was restored" in spoken.warned[0]
    assert (data / "threebirds.db").read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == ["threebirds.db", "threebirds.db.lock"]


def spoil(file: Path, damage: str) -> None:
    sqlite_of_the_first_release(file)
    if damage == "not a database":
        file.write_text("Dear diary, " * 100)
    elif damage == "a row that refers to nothing":
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("DELETE FROM tables WHERE id = 't2'")
    else:
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2 : len(raw) // 2 + 64] = b"\xff" * 64
        file.write_bytes(raw)


def test_an_existing_file_is_not_overwritten_and_a_missing_one_not_restored(tmp_path: Path, spoken: Spoken) -> None:
    upgrade(f"sqlite:///{tmp_path}/data/threebirds.db")
    (tmp_path / "b.db").write_text("something of mine")
    assert spoken.back_up(tmp_path / "data", tmp_path / "b.db") == 1
    assert spoken.back_up(tmp_path / "data", tmp_path / "nowhere" / "b.db") == 1
    assert spoken.back_up(tmp_path / "empty", tmp_path / "c.db") == 1
    assert spoken.restore(tmp_path / "data", tmp_path / "missing.db") == 1
    assert (tmp_path / "b.db").read_text() == "something of mine"
    assert len(spoken.warned) == 4


def test_postgresql_has_its_own_way_which_is_told_without_the_password(spoken: Spoken, tmp_path: Path) -> None:
    settings = Settings(database_url="postgresql://olga:secret@school/game")
    assert back_up(settings, tmp_path / "b", warn=spoken.warned.append) == 1
    assert restore(settings, tmp_path / "b", warn=spoken.warned.append) == 1
    assert "pg_dump --format=custom" in spoken.warned[0]
    assert all("--epochs-only" in warned for warned in spoken.warned)
    assert "secret" not in str(spoken.warned)


async def test_after_a_pg_restore_every_table_gets_a_new_epoch(database_url: str, spoken: Spoken) -> None:
    async with opened_store(database_url) as store:
        await create(store, "t1", "t2")
        before = [row.epoch for row in await store.tables()]
        settings = Settings(database_url=database_url)
        assert await asyncio.to_thread(new_epochs, settings, warn=spoken.warned.append) == 1
        assert "A server is using this database" in spoken.warned[0]
    assert await asyncio.to_thread(new_epochs, settings, tell=spoken.told.append) == 0
    async with opened_store(database_url) as store:
        after = [row.epoch for row in await store.tables()]
    assert set(before).isdisjoint(after)
    assert len(set(after)) == 2


async def test_a_restore_drill_on_postgresql(
    tmp_path: Path, clock: FakeClock, spoken: Spoken, database_url: str
) -> None:
    """The way that the README tells: pg_dump, play on, pg_restore, `restore --epochs-only`."""
    address = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with running(tmp_path, clock=clock, ids=RandomIds(), database_url=database_url) as house:
        guest, desk = await at_a_table(house)
        await asyncio.to_thread(postgres_program, "pg_dump", "--format=custom", f"--file={tmp_path}/b", address)
        lost = await desk.act("say", action=LATER)
        assert lost["ok"]
        held = desk.moment
    restored = ("--clean", "--if-exists", f"--dbname={address}", f"{tmp_path}/b")
    await asyncio.to_thread(postgres_program, "pg_restore", *restored)
    settings = Settings(database_url=database_url)
    assert await asyncio.to_thread(new_epochs, settings, tell=spoken.told.append, warn=spoken.warned.append) == 0
    async with running(tmp_path, clock=clock, ids=RandomIds(), database_url=database_url) as house:
        back = await house.same_browser(guest).connect(desk.table, desk.viewer, since=held)
        assert (await back.read_until("snapshot"))["reason"] == "epoch_changed"
        assert lines(back) == ["Before."]
    assert spoken.told == ["Tables with a new epoch: 1. Whoever comes back is told that a backup was restored."]


def test_the_commands_say_what_they_need(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(f"sqlite:///{tmp_path}/threebirds.db")
    assert commands.backup(tmp_path / "b.db", data=tmp_path) == 0
    assert commands.restore(tmp_path / "b.db", data=tmp_path) == 0
    assert commands.restore(epochs_only=True, data=tmp_path) == 0
    assert commands.restore(data=tmp_path) == commands.restore(tmp_path / "b.db", epochs_only=True, data=tmp_path) == 2
    assert "0 tables" in capsys.readouterr().out
