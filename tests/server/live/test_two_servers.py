"""Two servers at one table of one database: whoever loses a race reads on, decides again and answers."""

import asyncio
from functools import partial
from pathlib import Path

from tests.support.clock import CountingIds, FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import running, seated_table
from tests.support.long_runs import Counts
from threebirds_wire.errors import HANDLING

EACH = 20


async def speak(desk: Desk, name: str) -> list[str]:
    """Say so many things as fast as they are answered; the `cid` of each that was."""
    done: list[str] = []
    for number in range(EACH):
        cid = desk.cid()
        said = {"channel": "plenary", "text": f"{name} {number}"}
        while not (reply := await desk.act("say", cid=cid, action=said))["ok"]:
            assert HANDLING[reply["error"]["code"]].retry == "same_cid"
        done.append(cid)
    return done


def talk(desk: Desk) -> list[str]:
    return [message["text"] for channel in desk.view["channels"] for message in channel["messages"]]


async def test_every_action_in_a_race_of_two_servers_is_answered_and_done_once(
    tmp_path: Path, database_url: str, counts: Counts
) -> None:
    clock, ids = FakeClock(), CountingIds()
    server = partial(running, clock=clock, ids=ids, database_url=database_url, actions_per_minute=100_000)
    async with server(tmp_path / "one") as one, server(tmp_path / "other") as other:
        table, (supplier, buyers) = await seated_table(one, "winter", ["SUP", "BUY"])
        here = await supplier.at_table(table, "seat:SUP")
        there = await other.same_browser(buyers).at_table(table, "seat:BUY")
        done = await asyncio.gather(speak(here, "SUP"), speak(there, "BUY"))
        for desk in (here, there):
            await desk.does("draft", options={"price": 1})
        look = await one.house.records.events.look(table)
    counted = [one.cid for one in look.recorded]
    assert [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))
    assert [counted.count(cid) for cids in done for cid in cids] == [1] * (2 * EACH)
    assert sorted_json(talk(here)) == sorted_json(talk(there))
    assert len(talk(here)) == 2 * EACH
    counts(servers=2, answered=2 * EACH, done_once=2 * EACH)
