"""What is erased is gone: from what is read, from every cache, and from the bytes of the files."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.support.clock import NEW_YEAR_2010, CountingIds, FakeClock
from tests.support.forging import run
from tests.support.stores import OLGA, RUSSIA, an_append, create, joined, said, texts
from threebirds_migrations import upgrade
from threebirds_rules import events as facts
from threebirds_rules.actions import Actor
from threebirds_rules.chance import draw, token
from threebirds_rules.names import MessageId, PersonId
from threebirds_rules.viewers import Viewer
from threebirds_server.folded import Folded
from threebirds_server.ports import Admission, EventStore, StoreUnavailableError, UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database
from threebirds_server.store.sessions import SqlSessions

PIOTR = PersonId("p_piotr")
NOW = NEW_YEAR_2010 + 1_000


def by(person: PersonId) -> Actor:
    return Actor(kind="seat", role=RUSSIA, person=person)


async def two_people_talk(store: EventStore) -> None:
    await create(store, "t1", "t2")
    for table in ("t1", "t2"):
        await store.commit([an_append(table, 1, joined(OLGA, "Olga"), joined(PIOTR, "Piotr"))])
        hers = said("Hers.", message=MessageId("m1"), person=OLGA)
        his = said("His.", message=MessageId("m2"), person=PIOTR)
        await store.commit([an_append(table, 3, hers, actor=by(OLGA), cid="c1")])
        await store.commit([an_append(table, 4, his, actor=by(PIOTR), cid="c2")])


async def names(store: EventStore, table: str) -> list[str]:
    look = await store.look(table)
    return [one.event.name for one in look.recorded if isinstance(one.event, facts.PersonJoined)]


async def test_an_erased_person_has_no_name_and_no_words(store: EventStore, database: Database) -> None:
    await two_people_talk(store)
    log = select(t.event)
    before = await database.read(lambda connection: [*connection.execute(log)])
    assert await store.erase_person("t1", OLGA, NOW)
    assert (await names(store, "t1"), await texts(store, "t1")) == (["[removed]", "Piotr"], ["[removed]", "His."])
    assert (await names(store, "t2"), await texts(store, "t2")) == (["Olga", "Piotr"], ["Hers.", "His."])
    assert await database.read(lambda connection: [*connection.execute(log)]) == before
    assert [(await store.table(table)).erasures for table in ("t1", "t2")] == [1, 0]


async def test_an_erased_person_has_no_link_no_session_and_no_ticket(store: EventStore, sessions: SqlSessions) -> None:
    await two_people_talk(store)
    session, _ = await sessions.start()
    for table in ("t1", "t2"):
        await sessions.admit(session.id, table, OLGA)
    link = await sessions.make_link("t1", OLGA)
    seat = Viewer("seat", RUSSIA)
    ticket = await sessions.make_ticket(Admission(session=session.id, table="t1", viewer=seat, person=OLGA))
    await store.erase_person("t1", OLGA, NOW)
    assert [row.table for row in await sessions.people(session.id)] == ["t2"]
    assert await sessions.person_with_link(link) is None
    assert await sessions.redeem_ticket(ticket) is None


async def test_one_message_is_erased_alone(store: EventStore) -> None:
    await two_people_talk(store)
    assert await store.erase_message("t1", MessageId("m2"), NOW)
    assert await texts(store, "t1") == ["Hers.", "[removed]"]
    assert await texts(store, "t2") == ["Hers.", "His."]
    assert await names(store, "t1") == ["Olga", "Piotr"]


async def test_erasing_again_changes_nothing_more(store: EventStore) -> None:
    await two_people_talk(store)
    for _ in range(2):
        assert await store.erase_message("t1", MessageId("m1"), NOW)
        assert await store.erase_person("t1", OLGA, NOW)
    assert await texts(store, "t1") == ["[removed]", "His."]


async def test_who_was_never_here_cannot_be_erased(store: EventStore) -> None:
    await two_people_talk(store)
    assert not await store.erase_person("t1", PersonId("nobody"), NOW)
    assert not await store.erase_person("nowhere", OLGA, NOW)
    assert not await store.erase_message("t1", MessageId("nothing"), NOW)


async def test_what_was_worked_out_of_the_words_goes_with_them(store: EventStore) -> None:
    await two_people_talk(store)
    fold = Folded(seq=4, engine="e1", digest="d1", state=b"Hers.", standings={})
    for table in ("t1", "t2"):
        assert await store.keep(table, fold, erasures=0)
    await store.erase_message("t1", MessageId("m1"), NOW)
    assert (await store.load("t1", engine="e1")).folded is None
    assert (await store.load("t2", engine="e1")).folded == fold
    assert not await store.keep("t1", fold, erasures=0)


async def test_no_hash_tells_what_the_words_were(store: EventStore, database: Database) -> None:
    await two_people_talk(store)
    await store.erase_message("t1", MessageId("m1"), NOW)
    kept = select(t.action_reply.c.digest).where(t.action_reply.c.table_id == "t1").order_by(t.action_reply.c.cid)
    assert await database.read(lambda connection: [*connection.scalars(kept)]) == ["", "digest of c2"]
    words = select(t.text.c.body, t.text.c.salt, t.text.c.erased_at).where(t.text.c.erased_at.is_not(None))
    assert await database.read(lambda connection: [tuple(row) for row in connection.execute(words)]) == [
        (None, None, NOW)
    ]


async def test_a_deleted_table_leaves_nothing_but_the_others(store: EventStore, database: Database) -> None:
    await two_people_talk(store)
    await store.delete("t1")
    for kept in (t.tables.c.id, t.event.c.table_id, t.text.c.table_id, t.person.c.table_id, t.action_reply.c.table_id):
        found = select(kept).distinct()
        assert await database.read(lambda connection, found=found: [*connection.scalars(found)]) == ["t2"]
    assert await texts(store, "t2") == ["Hers.", "His."]
    with pytest.raises(UnknownTableError):
        await store.delete("t1")


@pytest.mark.parametrize("seed", range(4))
async def test_no_byte_of_what_was_erased_stands_in_any_file(tmp_path: Path, seed: int) -> None:
    """Words of all lengths, written between each other so that pages split, with folds and a deleted table."""
    upgrade(url := f"sqlite:///{tmp_path}/threebirds.db")
    database = open_database(url)
    store = SqlEventStore(database, CountingIds())
    sessions = SqlSessions(database, FakeClock(), CountingIds())
    try:
        secrets = await _long_talk(store, seed)
        session, _ = await sessions.start()
        await sessions.admit(session.id, "t1", OLGA)
        assert found(tmp_path, secrets) == secrets
        await store.erase_person("t1", OLGA, NOW)
        await store.delete("t2")
        assert found(tmp_path, secrets) == set()
        assert found(tmp_path, {"not a secret"}) == {"not a secret"}
    finally:
        await database.close()
    assert found(tmp_path, secrets) == set()


async def _long_talk(store: SqlEventStore, seed: int) -> set[str]:
    """What Olga said at `t1` and anybody at `t2`: the beginnings of her words, each of which is found only there."""
    await create(store, "t1", "t2")
    secrets = {token(str(seed), "name")}
    for table in ("t1", "t2"):
        await store.commit([an_append(table, 1, joined(OLGA, next(iter(secrets))), joined(PIOTR, "not a secret"))])
    for number in range(250):
        secret = token(str(seed), "words", number)
        length = draw(str(seed), "length", number) % (9_000 if number % 10 == 0 else 300)
        table = "t2" if number % 3 == 0 else "t1"
        theirs = number % 2 == 0 or table == "t2"
        words = (secret if theirs else "not a secret") + "x" * length
        head = (await store.table(table)).head
        message = said(words, message=MessageId(f"m{number}"), person=OLGA if theirs else PIOTR)
        await store.commit([an_append(table, head, message, actor=by(OLGA if theirs else PIOTR), cid=f"c{number}")])
        if theirs:
            secrets.add(secret)
        if number % 50 == 49:
            fold = Folded(seq=head, engine="e", digest="d", state=" ".join(secrets).encode(), standings={})
            assert await store.keep(table, fold, erasures=0)
    return secrets


def found(folder: Path, words: set[str]) -> set[str]:
    """Which of them stand anywhere in the database and the files beside it."""
    raw = b"".join(file.read_bytes() for file in folder.iterdir())
    return {one for one in words if one.encode() in raw}


async def test_an_erasure_that_a_reader_holds_up_says_so_and_is_done_when_it_is_asked_again(tmp_path: Path) -> None:
    upgrade(url := f"sqlite:///{tmp_path}/threebirds.db")
    database = open_database(url)
    store = SqlEventStore(database, CountingIds())
    with closing(sqlite3.connect(tmp_path / "threebirds.db")) as reader:
        try:
            await two_people_talk(store)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM text").fetchone()
            await run(database, text("PRAGMA busy_timeout = 10"))
            with pytest.raises(StoreUnavailableError, match="Somebody reads the database"):
                await store.erase_person("t1", OLGA, NOW)
            assert found(tmp_path, {"Hers."}) == {"Hers."}
            reader.rollback()
            await store.delete("t2")
            assert await store.erase_person("t1", OLGA, NOW)
            assert found(tmp_path, {"Hers."}) == set()
        finally:
            await database.close()
