"""Promise 4 over the wire: for all n < m the snapshot at n plus the sets is the snapshot at m, byte for byte.

Games are walked at random by the engine and written to the log in parts, as another server would. Every kind of viewer
listens at a socket; after each part its view is compared with what a newcomer would get, which makes it so for all n
and m, and for some pairs it is done once more from the snapshot itself.
"""

import asyncio
import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import CountingIds, FakeClock
from tests.support.desks import Desk, Moment, sorted_json
from tests.support.houses import Running, running
from tests.support.sockets import Socket
from tests.support.stores import a_new_table, an_append
from tests.support.tables import PlayedTable
from tests.support.wandering import everybody, wander
from threebirds_rules.chance import draw
from threebirds_rules.engine import apply_changes, next_due_at
from threebirds_rules.viewers import Viewer
from threebirds_server.ports import Admission, EventStore, PinnedRules
from threebirds_server.records import open_records
from threebirds_server.rulebook import Shipped

GAMES = [
    *(("winter", seed, 200) for seed in range(4)),
    *(("shield", seed, 120) for seed in range(2)),
    ("european-security-treaty", 1, 70),
]
PAIRS = 20


class Follower:
    """One viewer at a socket, the changes it was sent, and the snapshots that newcomers got at some numbers."""

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self.desk = desk
        self.viewer = viewer
        self.snapshots: dict[int, Any] = {}

    def sets_between(self, n: int, m: int) -> list[Any]:
        return [change for event in self.desk.events if n < event["n"] <= m for change in event["set"]]


async def opened(store: EventStore, shipped: Shipped, game: PlayedTable) -> int:
    pinned = PinnedRules(scenario=shipped.rules.id, digest=shipped.rules.digest, document=shipped.document)
    opening = an_append("t1", 0, *game.log, status="lobby")
    await store.create(a_new_table("t1", rules=pinned), opening)
    return len(game.log)


async def written(house: Running, store: EventStore, game: PlayedTable, head: int) -> int:
    """The head, after all of the game that is new was written and told."""
    if len(game.log) == head:
        return head
    due = next_due_at(game.state)
    append = an_append("t1", head, *game.log[head:], status=game.state.status, next_due_at=due)
    await store.commit([append])
    await (await house.house.hub.table("t1")).reach(len(game.log))
    return len(game.log)


async def sat_down(house: Running, viewer: Viewer) -> Follower:
    session, _ = await house.house.sessions.start()
    admission = Admission(session=session.id, table="t1", viewer=viewer, person=None)
    socket = await Socket(house.app).open()
    ticket = await house.house.sessions.make_ticket(admission)
    socket.send({"type": "hello", "v": 1, "ticket": ticket})
    desk = Desk(socket, "t1", str(viewer))
    await desk.read_until("snapshot")
    return Follower(desk, viewer)


async def compare(house: Running, follower: Follower) -> None:
    table = await house.house.hub.table("t1")
    frame = json.loads(await table.look_at(follower.viewer))
    await follower.desk.until(frame["n"])
    fresh = Moment(frame["epoch"], frame["n"], frame["mark"], frame["view"])
    assert follower.desk.moment.held == fresh.held
    assert sorted_json(follower.desk.view) == sorted_json(fresh.view)
    follower.snapshots[fresh.after] = fresh.view


def compare_pairs(follower: Follower, seed: str) -> int:
    numbers = sorted(follower.snapshots)
    for pair in range(PAIRS):
        at = draw(seed, str(follower.viewer), pair) % (len(numbers) - 1)
        to = at + 1 + draw(seed, str(follower.viewer), pair, "to") % (len(numbers) - 1 - at)
        view = apply_changes(follower.snapshots[numbers[at]], follower.sets_between(numbers[at], numbers[to]))
        assert sorted_json(view) == sorted_json(follower.snapshots[numbers[to]])
    return PAIRS


@pytest.mark.parametrize(("scenario", "seed", "moves"), GAMES)
async def test_a_snapshot_and_the_sets_after_it_are_the_later_snapshot(
    tmp_path: Path, scenario: str, seed: int, moves: int, record_property: Callable[[str, object], None]
) -> None:
    clock, ids = FakeClock(), CountingIds()
    records = await asyncio.to_thread(open_records, f"sqlite:///{tmp_path / 'threebirds.db'}", clock, ids)
    async with running(tmp_path, clock=clock, ids=ids, store=records) as house:
        shipped = await house.house.rulebook.scenario(scenario)
        walk = wander(shipped.rules, seed)
        game = next(walk)
        head = await opened(records.events, shipped, game)
        followers = [await sat_down(house, viewer) for viewer in everybody(game)]
        for moment in islice(walk, moves):
            head = await written(house, records.events, moment, head)
            for follower in followers:
                await compare(house, follower)
        pairs = sum(compare_pairs(follower, f"{scenario} {seed}") for follower in followers)
    frames = sum(len(follower.desk.events) for follower in followers)
    assert frames > 50
    record_property("frames", frames)
    record_property("pairs", pairs)
