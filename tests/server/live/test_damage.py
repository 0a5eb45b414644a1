"""A log that is damaged while its table runs: nothing is added to what could never be read again."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from tests.support.clock import CountingIds, FakeClock
from tests.support.forging import rechain, run
from tests.support.houses import running, seated_table
from tests.support.sockets import Socket
from threebirds_rules.actions import Actor, Attend
from threebirds_rules.names import RoleId
from threebirds_server.live.asks import Ask
from threebirds_server.ports import DamagedLogError
from threebirds_server.records import Records, open_records
from threebirds_server.store import tables as t


async def test_a_table_whose_log_was_damaged_is_closed_as_soon_as_it_is_noticed(tmp_path: Path) -> None:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{tmp_path / 'threebirds.db'}", clock, ids)
    async with running(tmp_path, clock=clock, ids=ids, store=records) as house:
        damaged, (guest, other) = await seated_table(house, "winter", ["SUP", "BUY"])
        sound, (third,) = await seated_table(house, "winter", ["SUP"])
        mine = await guest.at_table(damaged, "seat:SUP")
        await mine.until_event("attended")
        theirs = await third.at_table(sound, "seat:SUP")
        ticket = await other.ticket(damaged, "seat:BUY")
        await run(records.database, update(t.tables).where(t.tables.c.id == damaged).values(chain="0" * 32))

        late = await Socket(house.app).open()
        late.send({"type": "hello", "v": 1, "ticket": ticket, "resume": []})
        assert (await late.receive())["error"]["code"] == "internal"
        assert [await late.closed(), await mine.socket.closed()] == [4001, 4001]
        assert damaged not in house.house.hub.tables
        await theirs.does("say", channel="plenary", text="We go on.")


async def test_a_seat_that_answers_when_its_table_is_closed_breaks_nothing(tmp_path: Path) -> None:
    """Its socket was ended by the error, with a traceback in the log, before it had been told why."""
    async with running(tmp_path) as house:
        table, _ = await seated_table(house, "winter", ["SUP"])
        closed = await house.house.hub.table(table)
        closed.end(DamagedLogError("A digit is another one."))
        closed.post(Ask(Actor(kind="seat", role=RoleId("SUP")), Attend()))
        assert closed.waiting == 0


HEAD = 99
"""Far beyond the last event of these tables."""


def records_in(data: Path) -> Records:
    return open_records(f"sqlite:///{data / 'threebirds.db'}", FakeClock(), CountingIds())


def row_of(table: str, **values: Any) -> Any:
    return update(t.tables).where(t.tables.c.id == table).values(**values)


def comet(table: str) -> Any:
    """One more event, of a kind that a release yet to come may write."""
    head = select(t.tables.c.head).where(t.tables.c.id == table).scalar_subquery()
    row = {"table_id": table, "seq": head + 1, "at": 1, "kind": "comet_seen", "kind_version": 1}
    return insert(t.event).values(**row, actor='{"kind":"host"}', body="{}", chain="")


async def test_who_acts_at_a_damaged_table_is_told_once_and_does_not_try_for_ever(tmp_path: Path) -> None:
    records = await asyncio.to_thread(records_in, tmp_path)
    async with running(tmp_path, store=records) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        await desk.until_event("attended")
        good = await records.database.read(lambda connection: connection.scalar(select(t.tables.c.head)))
        with capture_logs() as logged:
            await run(records.database, row_of(table, head=HEAD))
            said = await desk.act("say", action={"channel": "plenary", "text": "Hear me."})
            assert (said["error"]["code"], said["error"]["retry"]) == ("internal", "never")
            assert "damaged" in said["error"]["message"]
            for _ in range(5):
                assert not (await desk.act("say", action={"channel": "plenary", "text": "Hear me!"}))["ok"]
            late = await guest.hello(table, "seat:SUP")
            assert (await late.receive())["error"]["retry"] == "never"
            assert [await late.closed(), await desk.socket.closed()] == [4001, 4001]
            for _ in range(5):
                refused = (await guest.asks("/api/ticket", table=table, viewer="seat:SUP")).json()["error"]
                assert (refused["code"], refused["retry"]) == ("internal", "never")
            (line,) = logged
            assert (line["event"], line["table"]) == ("table_unreadable", table)
            assert f"and not with event {HEAD}" in line["cause"]
            assert not line.get("exc_info")

            await run(records.database, row_of(table, head=good))
            again = await guest.at_table(table, "seat:SUP")
            await again.does("say", channel="plenary", text="Hear me.")
            await run(records.database, row_of(table, head=HEAD + 1))
            assert (await again.act("say", action={"channel": "plenary", "text": "And now?"}))["error"][
                "retry"
            ] == "never"
            assert [one["cause"] == line["cause"] for one in logged] == [True, False]


@pytest.mark.parametrize("where", ["in memory", "not yet read"])
async def test_what_a_newer_release_wrote_may_be_asked_for_later(tmp_path: Path, where: str) -> None:
    records = await asyncio.to_thread(records_in, tmp_path)
    async with running(tmp_path, store=records) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        await run(records.database, comet(table))
        await rechain(records.database, table)
        if where == "not yet read":
            del house.house.hub.tables[table]
        with capture_logs() as logged:
            for _ in range(3):
                answer = await guest.asks("/api/ticket", table=table, viewer="seat:SUP")
                if where == "in memory":
                    away = await guest.hello(table, "seat:SUP")
                    refused = (await away.receive())["error"]
                    assert await away.closed() == 4001
                else:
                    refused = answer.json()["error"]
                assert (refused["retry"], refused["after_ms"]) == ("after", 60_000)
                where = "closed since"
        assert [line["event"] for line in logged] == ["table_unreadable"]
