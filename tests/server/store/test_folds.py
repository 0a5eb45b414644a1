"""What logs lead to is a cache: used if it is exactly what was written, and as good as absent if not."""

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, func, select, update

from tests.support.forging import rechain, run
from tests.support.stores import an_append, create, said
from threebirds_rules.names import RoleId
from threebirds_rules.viewers import Viewer
from threebirds_server.folded import Folded, Standing, Wanted
from threebirds_server.ports import DamagedLogError, EventStore, UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.folds import KEPT

RUSSIA = Viewer("seat", RoleId("RUS"))
LINES = 6


def a_fold(seq: int, **changes: Any) -> Folded:
    standings = {"seat:RUS": Standing(seq, "ab" * 8), "seat:POL": Standing(seq - 1, None)}
    fold = Folded(seq=seq, engine="e1", digest="d1", state=b'{"status":"running"}', standings=standings)
    return replace(fold, **changes)


async def a_log(store: EventStore, *folds: Folded) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, *[said(f"Line {number}.") for number in range(2, LINES + 1)], cid="c1")])
    for fold in folds:
        assert await store.keep("t1", fold, erasures=0)


async def test_a_log_is_read_from_the_newest_fold_on(store: EventStore) -> None:
    await a_log(store, a_fold(3), a_fold(5))
    load = await store.load("t1", engine="e1")
    assert load.folded == a_fold(5)
    assert [one.seq for one in load.recorded] == [6]
    assert (load.opening is None, load.cids) == (False, {"c1"})


async def test_without_an_engine_the_whole_log_is_read(store: EventStore) -> None:
    await a_log(store, a_fold(3))
    load = await store.load("t1")
    assert load.folded is None
    assert load.recorded == (await store.look("t1")).recorded


@pytest.mark.parametrize(
    ("wanted", "seq"),
    [
        (Wanted(), 5),
        (Wanted(viewer=RUSSIA), 5),
        (Wanted(viewer=RUSSIA, after=5), 5),
        (Wanted(viewer=RUSSIA, after=4), 3),
        (Wanted(viewer=RUSSIA, after=2), None),
        (Wanted(viewer=Viewer("seat", RoleId("POL"))), None),
        (Wanted(viewer=Viewer("public")), None),
    ],
)
async def test_a_fold_serves_the_viewer_whose_frames_follow_from_it(
    store: EventStore, wanted: Wanted, seq: int | None
) -> None:
    await a_log(store, a_fold(3), a_fold(5))
    folded = (await store.load("t1", engine="e1", wanted=wanted)).folded
    assert (folded and folded.seq) == seq


async def test_what_another_engine_folded_is_not_read(store: EventStore) -> None:
    await a_log(store, a_fold(3), a_fold(5, engine="e2"))
    assert (await store.load("t1", engine="e1")).folded == a_fold(3)


async def test_a_fold_is_kept_anew_by_another_engine(store: EventStore) -> None:
    await a_log(store, a_fold(3), a_fold(3, engine="e2"))
    assert (await store.load("t1", engine="e1")).folded is None
    assert (await store.load("t1", engine="e2")).folded == a_fold(3, engine="e2")


@pytest.mark.parametrize(
    "change",
    [
        {"state": b'{"status":"ended"}'},
        {"numbers": b"{}"},
        {"digest": "d2"},
        {"seal": ""},
        {"seq": 4},
        {"numbers": b"no JSON"},
    ],
)
async def test_a_fold_that_is_not_what_was_written_is_as_good_as_none(
    store: EventStore, database: Database, change: dict[str, Any]
) -> None:
    await a_log(store, a_fold(2), a_fold(5))
    await run(database, update(t.snapshot).where(t.snapshot.c.seq == 5).values(**change))
    assert (await store.load("t1", engine="e1")).folded == a_fold(2)


async def test_a_fold_of_another_history_is_not_read(store: EventStore, database: Database) -> None:
    await a_log(store, a_fold(5))
    await run(database, update(t.event).where(t.event.c.seq == 3).values(at=1))
    await rechain(database, "t1")
    assert (await store.load("t1", engine="e1")).folded is None


@pytest.mark.parametrize("seq", [2, 6])
async def test_no_fold_hides_that_the_log_before_it_is_damaged(store: EventStore, database: Database, seq: int) -> None:
    await a_log(store, a_fold(5))
    await run(database, update(t.event).where(t.event.c.seq == seq).values(at=1))
    with pytest.raises(DamagedLogError, match=f"Event {seq} of table t1 is not what"):
        await store.load("t1", engine="e1")


@pytest.mark.parametrize("seq", [2, 6])
async def test_no_fold_hides_that_words_were_changed(store: EventStore, database: Database, seq: int) -> None:
    await a_log(store, a_fold(5))
    await run(database, update(t.text).where(t.text.c.seq == seq).values(body="I agree."))
    with pytest.raises(DamagedLogError, match=f"Event {seq} of table t1 has other words"):
        await store.load("t1", engine="e1")
    await run(database, delete(t.text).where(t.text.c.seq == seq))
    with pytest.raises(DamagedLogError, match=f"Event {seq} of table t1 cannot be read"):
        await store.load("t1", engine="e1")


async def test_a_fold_from_before_an_erasure_is_not_kept(store: EventStore, database: Database) -> None:
    await a_log(store)
    await run(database, update(t.tables).values(erasures=1))
    assert not await store.keep("t1", a_fold(3), erasures=0)
    assert await store.keep("t1", a_fold(3), erasures=1)
    assert (await store.load("t1")).table.erasures == 1


async def test_a_fold_of_events_that_are_not_there_is_not_kept(store: EventStore) -> None:
    await a_log(store)
    assert not await store.keep("t1", a_fold(LINES + 1), erasures=0)
    assert not await store.keep("nowhere", a_fold(3), erasures=0)


async def test_only_the_newest_folds_of_each_table_are_kept(store: EventStore, database: Database) -> None:
    await a_log(store, *[a_fold(seq) for seq in range(1, LINES + 1)])
    await create(store, "t2")
    assert await store.keep("t2", a_fold(1), erasures=0)
    kept = select(t.snapshot.c.table_id, func.count()).group_by(t.snapshot.c.table_id)
    found = await database.read(lambda connection: {row[0]: row[1] for row in connection.execute(kept)})
    assert found == {"t1": KEPT, "t2": 1}


async def test_a_table_that_is_not_there_is_not_loaded(store: EventStore) -> None:
    with pytest.raises(UnknownTableError):
        await store.load("nowhere", engine="e1")
