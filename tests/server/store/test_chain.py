"""A log that is not what was written is noticed, the event named, and no other table suffers."""

import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, LargeBinary, Text, Update, cast, delete, literal, select, text, update

from tests.support.clock import CountingIds
from tests.support.forging import rechain, run
from tests.support.rulesets import a_rule_set
from tests.support.stores import a_new_table, an_append, create, opened_store, said, table_opened, texts
from tests.support.wandering import wander
from threebirds_migrations import upgrade
from threebirds_server.ports import DamagedLogError, EventStore, UnknownKindError
from threebirds_server.store import tables as t
from threebirds_server.store.chain import LINKED, first_link, next_link
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncGenerator[Database]:
    upgrade(sqlite_url)
    database = open_database(sqlite_url)
    yield database
    await database.close()


OURS = t.event.c.table_id == "t1"
LAST = 5
WORDLESS = delete(t.text)
"""Words are tied to their events: whoever moves these has to take those away first."""

Statement = Callable[[], Sequence[Any]]


async def two_logs(store: EventStore) -> None:
    await create(store, "t1", "t2")
    for table in ("t1", "t2"):
        lines = [said(f"Line {number}.", audience=None) for number in range(2, LAST)]
        await store.commit([an_append(table, 1, *lines, cid="c1")])
        await store.commit([an_append(table, LAST - 1, said("Last."))])


def event_changed(seq: int, /, **values: Any) -> Update:
    return update(t.event).where(OURS, t.event.c.seq == seq).values(**values)


def table_changed(**values: Any) -> Update:
    return update(t.tables).where(t.tables.c.id == "t1").values(**values)


def without(*seqs: int) -> Any:
    return delete(t.event).where(OURS, t.event.c.seq.in_(seqs))


def link_of(seq: int) -> Any:
    return select(t.event.c.chain).where(OURS, t.event.c.seq == seq).scalar_subquery()


MUTATIONS: dict[str, tuple[Statement, str]] = {
    "the last event cut off": (lambda: [without(LAST)], "ends with event 4 and not with event 5"),
    "the last event cut off and the head moved": (
        lambda: [without(LAST), table_changed(head=LAST - 1)],
        "Event 4 of table t1 is not the last one",
    ),
    "all events cut off": (lambda: [delete(t.event).where(OURS)], "ends with event 0 and not with event 5"),
    "one in the middle taken out": (lambda: [without(3)], "Event 3 of table t1 is missing"),
    "one taken out and the gap closed": (
        lambda: [WORDLESS, without(3), event_changed(4, seq=3), event_changed(5, seq=4), table_changed(head=LAST - 1)],
        "Event 3 of table t1 is not what was written",
    ),
    "the first one taken out": (lambda: [without(1)], "Event 1 of table t1 is missing"),
    "two swapped": (
        lambda: [WORDLESS, event_changed(3, seq=99), event_changed(4, seq=3), event_changed(99, seq=4)],
        "Event 3 of table t1 is not what was written",
    ),
    "the head moved on": (lambda: [table_changed(head=LAST + 1)], "ends with event 5 and not with event 6"),
    "the head moved back": (lambda: [table_changed(head=LAST - 1)], "ends with event 5 and not with event 4"),
    "the last link changed": (lambda: [table_changed(chain="0" * 32)], "Event 5 of table t1 is not the last one"),
    "another actor": (lambda: [event_changed(3, actor='{"kind":"host"}')], "Event 3 of table t1 is not what"),
    "another time": (lambda: [event_changed(3, at=t.event.c.at + 1)], "Event 3 of table t1 is not what"),
    "a wider audience": (lambda: [event_changed(5, audience=None)], "Event 5 of table t1 is not what"),
    "a narrower audience": (lambda: [event_changed(3, audience='["RUS"]')], "Event 3 of table t1 is not what"),
    "another body": (lambda: [event_changed(1, body="{}")], "Event 1 of table t1 is not what"),
    "another kind": (lambda: [event_changed(3, kind="announced")], "Event 3 of table t1 is not what"),
    "another version": (lambda: [event_changed(3, kind_version=2)], "Event 3 of table t1 is not what"),
    "another cid": (lambda: [event_changed(3, cid="c9")], "Event 3 of table t1 is not what"),
    "a changed event under the old link of another": (
        lambda: [event_changed(3, at=1, chain=link_of(4))],
        "Event 3 of table t1 is not what",
    ),
    "the log of another table": (
        lambda: [
            WORDLESS,
            delete(t.event).where(OURS),
            text("UPDATE event SET table_id = 't1' WHERE table_id = 't2'"),
        ],
        "Event 1 of table t1 is not what was written",
    ),
    "other words": (
        lambda: [update(t.text).where(t.text.c.table_id == "t1", t.text.c.seq == 3).values(body="I agree.")],
        "Event 3 of table t1 has other words",
    ),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_a_changed_log_is_damaged_and_says_where(store: EventStore, database: Database, mutation: str) -> None:
    await two_logs(store)
    statements, complaint = MUTATIONS[mutation]
    await run(database, *statements())
    with pytest.raises(DamagedLogError, match=complaint) as caught:
        await store.look("t1")
    assert caught.value.code == "internal"
    if WORDLESS not in statements():
        assert await texts(store, "t2") == ["Line 2.", "Line 3.", "Line 4.", "Last."]


@pytest.mark.parametrize("after", range(LAST + 1))
async def test_a_log_that_is_read_from_anywhere_is_checked_from_there(
    store: EventStore, database: Database, after: int
) -> None:
    await two_logs(store)
    assert [one.seq for one in (await store.look("t1", after)).recorded] == list(range(after + 1, LAST + 1))
    await run(database, event_changed(LAST, at=1))
    if after < LAST:
        with pytest.raises(DamagedLogError, match="Event 5"):
            await store.look("t1", after)


async def test_a_reader_whose_last_event_is_gone_is_told(store: EventStore, database: Database) -> None:
    await two_logs(store)
    await run(database, without(3))
    with pytest.raises(DamagedLogError, match="Event 3 of table t1 is missing"):
        await store.look("t1", 3)


async def test_what_a_newer_release_wrote_is_no_damage(store: EventStore, database: Database) -> None:
    await two_logs(store)
    await run(database, event_changed(3, kind="comet_seen"))
    await rechain(database, "t1")
    with pytest.raises(UnknownKindError, match="comet_seen"):
        await store.look("t1")


async def test_every_bit_of_every_row_counts(
    sqlite_database: Database, record_property: Callable[[str, object], None]
) -> None:
    """Flip each bit of an event in its row; the bytes that come out may not even be text."""
    store = SqlEventStore(sqlite_database, CountingIds())
    await create(store, "t1")
    await store.commit([an_append("t1", 1, said(), said(), cid="c1")])
    flipped = 0
    for column in ("kind", "actor", "audience", "body", "cid", "chain"):
        before = (await _row(sqlite_database, 2))[column]
        for bit in range(8 * len(before.encode())):
            await _flip(sqlite_database, column, before, bit)
            with pytest.raises(DamagedLogError, match="t1"):
                await store.look("t1")
            flipped += 1
        await run(sqlite_database, event_changed(2, **{column: before}))
    assert len((await store.look("t1")).recorded) == 3
    record_property("bits flipped and noticed", flipped)
    assert flipped > 1_000


async def _row(database: Database, seq: int) -> dict[str, Any]:
    found = select(t.event).where(OURS, t.event.c.seq == seq)
    return await database.read(lambda connection: dict(connection.execute(found).mappings().one()))


async def _flip(database: Database, column: str, before: str, bit: int) -> None:
    raw = bytearray(before.encode())
    raw[bit // 8] ^= 1 << bit % 8
    # The bytes as they are, under the name of a text.
    await run(database, event_changed(2, **{column: cast(literal(bytes(raw), LargeBinary), Text)}))


async def test_whole_games_are_chained_in_the_same_way_in_one_append_and_in_many(
    store: EventStore, database: Database
) -> None:
    *_, table = wander(a_rule_set(), 7)
    await store.create(a_new_table("t1"), an_append("t1", 0, *table.log))
    await store.create(a_new_table("t2"), an_append("t2", 0, table.log[0]))
    for head, event in enumerate(table.log[1:], 1):
        await store.commit([an_append("t2", head, event)])

    def seen(connection: Connection, table: str) -> list[Any]:
        link, rows = first_link(table), select(t.event).where(t.event.c.table_id == table).order_by(t.event.c.seq)
        links: list[Any] = []
        for row in connection.execute(rows).mappings():
            link = next_link(link, row)
            links.append((row["chain"], link))
        return links

    for name in ("t1", "t2"):
        links = await database.read(lambda connection, name=name: seen(connection, name))
        assert len(links) == len(table.log)
        assert [written for written, _ in links] == [counted for _, counted in links]
        last = select(t.tables.c.chain).where(t.tables.c.id == name)
        assert await database.read(lambda connection, last=last: connection.scalar(last)) == links[-1][0]


def test_a_link_covers_all_columns_but_itself() -> None:
    assert {column.name for column in t.event.c} - set(LINKED) == {"table_id", "chain"}


def test_no_two_rows_are_spelt_alike() -> None:
    row = {"seq": 2, "at": 1, "kind": "a", "kind_version": 1, "actor": "b", "audience": None, "body": "c", "cid": None}
    others = [
        {**row, "kind": "ab", "actor": ""},
        {**row, "audience": ""},
        {**row, "audience": "null"},
        {**row, "at": 11},
    ]
    assert len({next_link("link", one) for one in [row, *others]}) == 5
    assert next_link("other", row) != next_link("link", row)
    assert first_link("t1") != first_link("t2")


async def test_an_append_that_writes_nothing_leaves_the_chain_alone(store: EventStore) -> None:
    await store.create(a_new_table("t1"), an_append("t1", 0, table_opened()))
    await store.commit([an_append("t1", 1, events=(), cid="c1")])
    await store.commit([an_append("t1", 1, said("On."))])
    assert await texts(store, "t1") == ["On."]


async def test_a_page_that_is_spoilt_on_the_disk_is_damage_and_no_outage(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    async with opened_store(sqlite_url) as store:
        await two_logs(store)
    with closing(sqlite3.connect(tmp_path / "data" / "threebirds.db")) as file:
        page, size = [
            file.execute(asked).fetchone()[0]
            for asked in ("SELECT rootpage FROM sqlite_master WHERE name = 'event'", "PRAGMA page_size")
        ]
    with (tmp_path / "data" / "threebirds.db").open("r+b") as spoilt:
        spoilt.seek((page - 1) * size)
        spoilt.write(b"\xff" * 64)
    async with opened_store(sqlite_url) as store:
        with pytest.raises(DamagedLogError, match="cannot be read from the disk"):
            await store.look("t1")
        assert (await store.table("t2")).head == LAST
