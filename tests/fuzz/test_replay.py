"""Logs that were spoilt while nobody looked: noticed at that table, or nothing is different; all others go on."""

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fuzz.spoiling import SPOILS
from tests.support.clock import CountingIds, FakeClock
from tests.support.dice import Dice
from tests.support.houses import OneStrategy, Running, running, seated_table
from tests.support.long_runs import Counts, Figure
from threebirds_rules.engine import canonical
from threebirds_rules.viewers import Viewer
from threebirds_server.house import House
from threebirds_server.live.hub import Hub
from threebirds_server.offload import ThreadOffload
from threebirds_server.ports import DamagedLogError, UnknownKindError, UnknownTableError
from threebirds_server.records import records_in
from threebirds_server.settings import Settings
from threebirds_server.store.opening import open_database

SEED = "mice in the archive"
FILE = "threebirds.db"
ROLES = ("SUP", "BUY")
NOTICED = (DamagedLogError, UnknownKindError, UnknownTableError)
FOLDED_EVERY = 5

Seen = Mapping[Viewer, bytes]


async def seen(hub: Hub, table: str) -> Seen:
    """What each viewer is shown of it; raise what is wrong with it."""
    replica = (await hub.table(table)).replica
    seats = (Viewer("seat", seat.role) for seat in replica.state.seats)
    return {viewer: canonical(replica.view(viewer)) for viewer in (Viewer("facilitator"), *seats)}


async def another_table(house: Running) -> str:
    """By other rules: those of the first one may be spoilt."""
    table, _ = await seated_table(house, "shield", ())
    return table


async def a_played_table(house: Running) -> str:
    table, (supplier, buyers) = await seated_table(house, "winter", ROLES)
    mine, theirs = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
    for number in range(3):
        await mine.does("say", channel="plenary", text=f"Word {number}.")
        await theirs.does("draft", options={"price": 1 + number % 2})
    await mine.does("table", options={"price": 1, "transit": 1})
    await theirs.does("say", channel="delegation", text="What do we think of it?")
    await theirs.until(theirs.n)
    for desk in (mine, theirs):
        await desk.does("pass")
        await desk.socket.leave()
    return table


async def judged(data: Path, victim: str, others: Mapping[str, Seen], was: Seen) -> str:
    """`noticed: why`, `harmless`, or what is wrong."""
    clock, ids = FakeClock(), CountingIds()
    database = await asyncio.to_thread(open_database, f"sqlite:///{data / FILE}")
    try:
        settings = Settings.model_validate({"data": data})
        house = House(settings, records_in(database, clock, ids), clock, ids, ThreadOffload(), OneStrategy())
        try:
            outcome = "harmless" if await seen(house.hub, victim) == was else "UNNOTICED"
        except NOTICED as error:
            outcome = f"noticed: {type(error).__name__}"
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            outcome = f"FAILED with {error!r}"
        for table, as_before in others.items():
            if await seen(house.hub, table) != as_before:
                outcome = f"ANOTHER TABLE after {outcome}"
        await house.hub.close()
    finally:
        await database.close()
    return outcome


@pytest.mark.at_most(300, 3_600)
async def test_a_spoilt_log_is_noticed_or_harmless_and_others_go_on(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    whole = tmp_path / "whole"
    async with running(whole, folded_every=FOLDED_EVERY, actions_per_minute=1_000_000) as house:
        victim, other = await a_played_table(house), await another_table(house)
        shown = {table: await seen(house.house.hub, table) for table in (victim, other)}
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    for at in range(figure(150, 10_000)):
        data = tmp_path / str(at)
        data.mkdir()
        shutil.copy(whole / FILE, data / FILE)
        dice = Dice(SEED, at)
        with sqlite3.connect(data / FILE) as connection:
            what = dice.pick(SPOILS)(connection, victim, dice)
        connection.close()
        outcome = await judged(data, victim, {other: shown[other]}, shown[victim])
        outcomes[f"{what} {outcome}"] += 1
        if not outcome.startswith(("noticed", "harmless")):
            wrong.append(f"{at}: {what}: {outcome}")
        shutil.rmtree(data)
    counts(seed=SEED, spoilt=outcomes.total(), **dict(sorted(outcomes.items())))
    assert wrong == []
    assert sum(number for outcome, number in outcomes.items() if "noticed" in outcome) > outcomes.total() // 2
