"""After servers have died: is what they acknowledged there, and there once, and does everybody hold the same?"""

import json
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import make_url, text

from tests.simulation.checker import check
from tests.simulation.history import Connect, Record, Row, Snapshot
from tests.simulation.truth import Looked, truth
from tests.support.clock import CountingIds
from tests.support.players import Player
from threebirds_rules.engine import apply_changes, canonical
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.viewers import Viewer
from threebirds_server.live.replica import Replica
from threebirds_server.live.shelf import Shelf
from threebirds_server.ports import Look
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database

FAULTS = ("lost", "twice", "gaps", "strayed", "damaged", "broken")


class Reckoning(Struct):
    """What `faults` are made of has to be empty; `acknowledged` must not be, nor what was `looked_at`."""

    acknowledged: int = 0
    events: int = 0
    snapshots: int = 0
    lost: list[str] = []
    """Acknowledged and not in the log."""
    twice: list[str] = []
    gaps: list[str] = []
    strayed: list[str] = []
    """Who holds something else than the stream that the log makes."""
    damaged: list[str] = []
    broken: list[str] = []
    """What the history checker says."""
    looked_at: Counter[str] = field(default_factory=Counter[str])
    """How often each of its checks had something to look at."""

    @property
    def faults(self) -> dict[str, list[str]]:
        told = {name: getattr(self, name) for name in FAULTS}
        return {name: found for name, found in told.items() if found}


async def reckon(url: str, players: Sequence[Player]) -> Reckoning:
    """Open the database of a server that is no more, and compare it with what its clients know."""
    found = Reckoning()
    database = open_database(url)
    store = SqlEventStore(database, CountingIds())
    try:
        for table in dict.fromkeys(player.table for player in players):
            look = await store.look(table)
            found.events += look.table.head
            found.gaps += [] if dense(look) else [table]
            here = [player for player in players if player.table == table]
            for player in here:
                compare(found, player, look)
            judge(found, here, look)
        if make_url(url).get_backend_name() == "sqlite":
            said = await database.write(lambda connection: connection.scalar(text("PRAGMA integrity_check")))
            found.damaged += [] if said == "ok" else [str(said)]
    finally:
        await database.close()
    return found


def dense(look: Look) -> bool:
    return [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))


def compare(found: Reckoning, player: Player, look: Look) -> None:
    counted = Counter(one.cid for one in look.recorded if one.cid is not None)
    found.acknowledged += len(player.acknowledged)
    found.snapshots += player.snapshots
    found.lost += [cid for cid in player.acknowledged if not counted[cid]]
    found.twice += [cid for cid in player.sent if counted[cid] > 1]
    if not follows(player, look):
        found.strayed.append(f"{player.table} {player.viewer}")


def judge(found: Reckoning, players: Sequence[Player], look: Look) -> None:
    """Hold what went over every socket of a table against its log."""
    tape = players[0].tape
    sockets = {record.conn: record.viewer for record in tape.history if isinstance(record, Connect)}
    whole: dict[str, set[int]] = {player.viewer: set() for player in players}
    for record in tape.history:
        if isinstance(record, Snapshot):
            whole[sockets[record.conn]].add(record.n)
    lookers = [Looked(Viewer("seat", RoleId(player.role)), whole[player.viewer]) for player in players]
    told = truth(load_scenario("winter"), look, lookers, {})
    report = check([*tape.history, *map(without_desk, told)])
    found.broken += [*map(str, report.violations), *tape.complaints]
    found.looked_at.update(report.counted)


def without_desk(record: Record) -> Record:
    """Of the facilitator's actions no socket was heard."""
    return replace(record, cid=None) if isinstance(record, Row) and record.actor == "facilitator" else record


def follows(player: Player, look: Look) -> bool:
    """Whether what the client holds is the beginning of its stream, to the byte, and leads to the view of now."""
    held = player.client.holdings.get((player.table, player.viewer))
    if held is None:
        return not player.snapshots
    replica = Replica(Shelf(load_scenario("winter"), nowhere), look, frames_kept=100_000)
    viewer = Viewer("seat", RoleId(player.role))
    rest = replica.stream(viewer).rest(held.n, held.mark)
    if not isinstance(rest, tuple):
        return False
    changes = [change for frame in rest for change in json.loads(frame)["set"]]
    return canonical(apply_changes(held.view, changes)) == canonical(replica.view(viewer))


async def nowhere(digest: str) -> RuleSet:
    raise KeyError(digest)
