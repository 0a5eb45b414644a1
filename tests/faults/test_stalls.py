"""F12: what takes the processor for long does not keep the sockets waiting."""

import asyncio
from pathlib import Path

import pytest

from tests.support.clock import CountingIds, FakeClock
from tests.support.hostile import HOSTILE
from tests.support.houses import running, seated_table
from tests.support.long_runs import Counts
from tests.support.stores import a_new_table, an_append, table_opened
from threebirds_rules.actions import Actor
from threebirds_server.ports import DamagedLogError, PinnedRules
from threebirds_server.records import open_records

LONG_TO_READ = "a scenario again and again"
"""A mebibyte of rules that are almost right: of all hostile documents one of the slowest."""
SAID = {"channel": "plenary", "text": "Meanwhile."}
ANSWERED_MEANWHILE = 2


async def test_people_play_on_while_a_hostile_rule_set_is_read(tmp_path: Path, counts: Counts) -> None:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{tmp_path / 'threebirds.db'}", clock, ids)
    rules = PinnedRules(scenario="river", digest="hostile", document=HOSTILE[LONG_TO_READ]())
    async with running(tmp_path, clock=clock, ids=ids, store=records, actions_per_minute=1_000_000) as house:
        table, (supplier,) = await seated_table(house, "winter", ["SUP"])
        desk = await supplier.at_table(table, "seat:SUP")
        opening = an_append("t_hostile", 0, table_opened(), actor=Actor(kind="host"), status="lobby")
        await records.events.create(a_new_table("t_hostile", rules=rules), opening)
        reading = asyncio.create_task(house.house.hub.table("t_hostile"))
        meanwhile = 0
        while not reading.done():
            reply = await desk.act("say", action=SAID)
            assert reply["ok"]
            meanwhile += not reading.done()
        with pytest.raises(DamagedLogError):
            await reading
    counts(answered_while_a_rule_set_was_read=meanwhile)
    assert meanwhile >= ANSWERED_MEANWHILE
