"""With and without folds a table is the same: streams, views, marks and numbers, byte for byte."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete

from tests.support.clock import CountingIds
from tests.support.every_mechanic import with_mechanics
from tests.support.forging import run
from tests.support.mix import Mixed
from tests.support.rulesets import a_rule_set
from tests.support.stores import a_new_table, an_append
from tests.support.wandering import wander
from threebirds_migrations import upgrade
from threebirds_rules.engine import canonical
from threebirds_rules.events import Event, TableOpened
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.viewers import Viewer
from threebirds_server.engine_version import engine_version
from threebirds_server.live.folding import folded
from threebirds_server.live.library import Library
from threebirds_server.live.replica import Replica
from threebirds_server.ports import PinnedRules
from threebirds_server.store import tables as t
from threebirds_server.store.database import Database
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

GAMES = 12
FRAMES_KEPT = 40


class OneRuleSet:
    """A rulebook with one rule set, which no table replaces."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    async def opened(self, digest: str, opened: TableOpened) -> RuleSet:
        return self.rules

    async def kept(self, digest: str, opened: TableOpened) -> RuleSet:
        raise LookupError(digest)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    upgrade(url := f"sqlite:///{tmp_path}/threebirds.db")
    database = open_database(url)
    yield database
    await database.close()


async def whole(store: SqlEventStore, rules: RuleSet) -> Replica:
    """Folded from the first event on."""
    return await Library(store, OneRuleSet(rules), "nobody's", frames_kept=FRAMES_KEPT).replica("t1")


def library(store: SqlEventStore, rules: RuleSet) -> Library:
    return Library(store, OneRuleSet(rules), engine_version(), frames_kept=FRAMES_KEPT)


async def played(store: SqlEventStore, rules: RuleSet, log: list[Event], folds: list[tuple[int, int]]) -> None:
    """Write a log, and keep a fold at some places of it; the number beside it says how many viewers are watched."""
    pinned = PinnedRules(scenario=rules.id, digest=rules.digest, document="")
    await store.create(a_new_table("t1", rules=pinned), an_append("t1", 0, log[0]))
    head = 1
    for place, watched in [*sorted(folds), (len(log), 0)]:
        if place > head:
            await store.commit([an_append("t1", head, *log[head:place], cid=f"c{place}")])
            head = place
        replica = await library(store, rules).replica("t1")
        for viewer in viewers(replica)[:watched]:
            if replica.can_stream(viewer):
                replica.stream(viewer)
        base = replica.progress().base()
        assert await store.keep("t1", folded(base, replica.rules, engine_version()), erasures=0)


def viewers(replica: Replica) -> list[Viewer]:
    return [*(Viewer("seat", seat.role) for seat in replica.state.seats), *map(Viewer, ("facilitator", "public"))]


async def assert_same(library: Library, found: Replica, wanted: Replica) -> int:
    """Whatever anybody may ask of a table; how many frames were compared."""
    frames = 0
    assert (found.head, found.state) == (wanted.head, wanted.state)
    for viewer in [*viewers(wanted), Viewer("observer")]:
        assert found.number(viewer) == wanted.number(viewer)
        assert canonical(found.view(viewer)) == canonical(wanted.view(viewer))
        stream = wanted.stream(viewer)
        for after in range(stream.n, -1, -1):
            if not found.can_stream(viewer):
                await library.reach_back(found, viewer)
            if found.stream(viewer).lacks(after):
                await library.reach_back(found, viewer, after)
                for _ in found.restreaming(viewer):
                    pass
            assert (found.stream(viewer).n, found.stream(viewer).mark) == (stream.n, stream.mark)
            assert found.stream(viewer).after(after) == stream.after(after)
            frames += len(stream.after(after) or ())
    return frames


@settings(max_examples=GAMES)
@given(
    seed=st.integers(0, 10_000),
    mechanics=st.booleans(),
    folds=st.lists(st.tuples(st.integers(1, 200), st.integers(0, 9)), max_size=5, unique_by=lambda fold: fold[0]),
)
async def test_folds_change_nothing_but_time(
    tmp_path_factory: pytest.TempPathFactory, seed: int, *, mechanics: bool, folds: list[tuple[int, int]]
) -> None:
    rules = with_mechanics() if mechanics else a_rule_set()
    log = list(wander(rules, seed))[-1].log
    upgrade(url := f"sqlite:///{tmp_path_factory.mktemp('game')}/threebirds.db")
    database = open_database(url)
    store = SqlEventStore(database, CountingIds())
    try:
        await played(store, rules, log, [(min(place, len(log)), watched) for place, watched in folds])
        found = await library(store, rules).replica("t1")
        assert found.held_from == len(log)
        assert await assert_same(library(store, rules), found, await whole(store, rules)) > len(log)
    finally:
        await database.close()


@pytest.mark.parametrize(
    "fault", [{"state": b"no JSON"}, {"state": b'{"round":"first"}'}, {"digest": "of other rules"}]
)
async def test_a_fold_that_cannot_be_used_is_as_good_as_none(database: Database, fault: dict[str, Any]) -> None:
    store, rules = SqlEventStore(database, CountingIds()), a_rule_set()
    log = list(wander(rules, 3))[-1].log
    await played(store, rules, log, [(len(log) // 2, 3)])
    fold = (await store.load("t1", engine=engine_version())).folded
    assert fold is not None
    assert await store.keep("t1", replace(fold, **fault), erasures=0)
    found = await library(store, rules).replica("t1")
    assert found.held_from == 0
    assert found.state == (await whole(store, rules)).state


async def test_the_folds_may_all_be_deleted(database: Database) -> None:
    store, rules = SqlEventStore(database, CountingIds()), a_rule_set()
    log = list(wander(rules, 4))[-1].log
    await played(store, rules, log, [(len(log) // 2, 3)])
    found = await library(store, rules).replica("t1")
    await run(database, delete(t.snapshot))
    assert await assert_same(library(store, rules), found, await whole(store, rules)) > len(log)


async def test_what_another_server_folded_meanwhile_leads_nobody_astray(database: Database) -> None:
    store, rules = SqlEventStore(database, CountingIds()), a_rule_set()
    log = list(wander(rules, 5))[-1].log
    middle = len(log) // 2
    await played(store, rules, log[:middle], [])
    found = await library(store, rules).replica("t1")
    await store.commit([an_append("t1", middle, *log[middle:])])
    other = await whole(store, rules)
    for viewer in viewers(other):
        other.stream(viewer)
    newer = folded(other.progress().base(), rules, engine_version())
    assert await store.keep("t1", newer, erasures=0)
    found.follow((await store.look("t1", found.head)).recorded)
    assert found.held_from < newer.seq
    assert await assert_same(library(store, rules), found, await whole(store, rules)) > len(log)


async def test_of_five_thousand_events_only_the_last_ones_are_followed(database: Database) -> None:
    mixed = Mixed(1)
    rules = mixed.table.rules
    mixed.play(5_000)
    log = mixed.table.log
    store = SqlEventStore(database, CountingIds())
    await played(store, rules, log[:-10], [(len(log) - 500, 1)])
    await store.commit([an_append("t1", len(log) - 10, *log[-10:])])
    load = await store.load("t1", engine=engine_version())
    found = await library(store, rules).replica("t1")
    assert len(log) > 5_000
    assert (len(load.recorded), found.held_from, found.head) == (10, len(log) - 10, len(log))
    assert found.state == mixed.table.state


def test_the_engine_is_named_by_its_sources() -> None:
    assert engine_version() == engine_version()
    assert len(engine_version()) == 32
