"""One run: a game, its players and its troubles, all of one seed; and what came of it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from tests.simulation import history as h
from tests.simulation.checker import check
from tests.simulation.dice import Dice
from tests.simulation.disks import Still, Troubles, records
from tests.simulation.games import Game, Table, game, people_of
from tests.simulation.history import Record, sha
from tests.simulation.logbook import kept
from tests.simulation.loop import SimulatedLoop
from tests.simulation.nemesis import Trouble
from tests.simulation.players import Facilitator, Player
from tests.simulation.servers import Server, SimulatedClock, quick_loading
from tests.simulation.tape import Tape
from tests.simulation.truth import Looked, truth
from tests.support.clock import CountingIds
from threebirds_rules.engine import canonical
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer, viewer_named

PLAYED_MS = (4_000, 14_000)
SETTLED_WITHIN_S = 240
QUIET_S = 16
"""A ping and a half, and whatever is under way."""
COUNTED = ("actions", "acks", "cuts", "crashes", "lost races", "resends", "dups", "snapshots", "replays")


class Plan(NamedTuple):
    seating: str
    kind: str
    servers: int
    one_in: int
    played_ms: int


class Run(NamedTuple):
    """`faults` is everything that must not be; `digest` is the whole run, byte for byte."""

    seed: int
    faults: tuple[str, ...]
    counts: Mapping[str, int]
    digest: str
    history: tuple[Record, ...]


def plan(dice: Dice, kind: str) -> Plan:
    drawn = "sqlite" if dice.once_in(16) else "memory"
    return Plan(
        seating=dice.one_of(("pair", "pair", "bot", "two tables")),
        kind=kind or drawn,
        servers=2 if dice.once_in(4) else 1,
        one_in=dice.one_of((0, 25, 60)),
        played_ms=dice.between(*PLAYED_MS),
    )


def play(seed: int, kind: str = "") -> Run:
    """`kind`: `memory` or `sqlite`; by default most runs are the former."""
    dice = Dice("three birds", seed)
    chosen = plan(dice.of("plan"), kind)
    loop = SimulatedLoop(dice.of("loop"))
    world = World(loop, dice, chosen, game(chosen.seating, chosen.kind))
    try:
        with quick_loading(), kept() as logbook:
            loop.run_until_complete(world.run())
        return world.outcome(seed, logbook.faults)
    finally:
        loop.close()


class World:
    def __init__(self, loop: SimulatedLoop, dice: Dice, chosen: Plan, played: Game) -> None:
        self.dice = dice
        self.tape = Tape()
        self.counts: Counter[str] = Counter()
        self._loop = loop
        self._plan = chosen
        self._game = played
        self._medium = played.medium()
        self._ids = CountingIds()
        self._disk = Troubles(one_in=chosen.one_in)
        self._clock = SimulatedClock()
        self._steps = 0
        self._servers_made = 0
        self._past: list[Server] = []
        self._nemesis = Trouble(loop, dice.of("nemesis"), self.tape, self._disk, self.counts)
        self._players = list(self._people())

    def server(self, dice: Dice) -> Server | None:
        """The one to which a new connection goes."""
        up = [server for server in self._nemesis.servers if server.up.is_set()]
        return dice.one_of(up) if up else None

    async def run(self) -> None:
        self._nemesis.servers = [self._new_server() for _ in range(self._plan.servers)]
        self._nemesis.players = self._players
        self._nemesis.replace = lambda _: self._new_server()
        for table, head in self._game.heads.items():
            self.tape.record(h.Commit(table=table, first=1, last=head))
        living = [task for player in self._players for task in player.begin()]
        until = self._clock.now() + self._plan.played_ms
        acting = [asyncio.create_task(self._act(player, until)) for player in self._players]
        await self._nemesis.run(until)
        await asyncio.wait(acting)
        await self._come_to_rest()
        await self._look()
        self._steps = self._loop.steps
        for task in (*living, *self._nemesis.devices_taken):
            if task.done() and not task.cancelled() and task.exception() is not None:
                self.tape.complain(f"A device died: {task.exception()!r}")
            task.cancel()
        await self._bury()

    def outcome(self, seed: int, logged: Iterable[str]) -> Run:
        report = check(self.tape.history)
        faults = [*map(str, report.violations), *self.tape.complaints, *self._loop.complaints, *logged]
        faults += [failure for server in self._past for failure in server.failures]
        self._count()
        digest = blake2b(digest_size=16)
        for record in self.tape.history:
            digest.update(msgspec.json.encode(record))
        digest.update(f"{self._steps} steps".encode())
        return Run(seed, tuple(faults), self.counts, digest.hexdigest(), tuple(self.tape.history))

    def _people(self) -> Iterator[Player]:
        for table in self._game.tables:
            here = [Player(self, f"{table.id} {name}", account) for name, account in table.accounts.items()]
            for player in here:
                player.others = [other for other in here if other is not player]
            yield from here
            if table.facilitator is not None:
                yield Facilitator(self, f"{table.id} desk", table.facilitator, people_of(table))

    def _new_server(self) -> Server:
        self._servers_made += 1
        name = f"server {self._servers_made}"
        server = Server(name, self._medium, self._ids, self.dice.of(name), self._disk)
        server.start(self.tape.record)
        self._past.append(server)
        return server

    async def _act(self, player: Player, until: int) -> None:
        while self._clock.now() < until:
            await asyncio.sleep(player.dice.between(50, 1_900) / 1_000)
            player.do_something()

    async def _come_to_rest(self) -> None:
        """Trouble is over: what waits for an answer gets it, tables are paused, all devices are up to date."""
        self._disk.one_in = 0
        for player in self._players:
            for device in player.devices:
                if device.link is not None:
                    device.link.heal()
        give_up_at = self._loop.time() + SETTLED_WITHIN_S
        await self._one_server()
        while not self._settled() and self._loop.time() < give_up_at:
            for player in self._players:
                if isinstance(player, Facilitator):
                    player.pause()
            await asyncio.sleep(1)
        await asyncio.sleep(QUIET_S)

    async def _one_server(self) -> None:
        """Of two servers one hears nothing of the other until somebody asks: the devices end on one."""
        for server in self._nemesis.servers[1:]:
            await server.stop()
        self._nemesis.servers = self._nemesis.servers[:1]

    def _settled(self) -> bool:
        return all(self._has_settled(player) for player in self._players)

    def _has_settled(self, player: Player) -> bool:
        devices = [device for device in player.devices if not device.retired]
        if any(device.barred for device in devices):
            return True
        if isinstance(player, Facilitator) and not player.at_rest():
            return False
        return not player.outbox and all(device.welcome for device in devices)

    async def _look(self) -> None:
        events = records(self._medium, Still(self._medium), self._clock, self._ids).events
        for player in self._players:
            for device in player.devices:
                if device.welcome and device.holding:
                    view = sha(canonical(device.holding.view))
                    self.tape.record(h.Rest(conn=device.conn, n=device.holding.n, sha=view))
        for table in self._game.tables:
            look = await events.look(table.id)
            for record in truth(self._game.rules, look, self._lookers(table), self._held(table.id)):
                self.tape.record(record)
        for answer in self._medium.answers():
            self.tape.record(answer)

    def _lookers(self, table: Table) -> list[Looked]:
        accounts = [*table.accounts.values(), *([table.facilitator] if table.facilitator else [])]
        whole = self._seen_whole()
        names = sorted({account.viewer for account in accounts})
        return [Looked(named(name), whole.get((table.id, name), set())) for name in names]

    def _seen_whole(self) -> dict[tuple[str, str], set[int]]:
        at: dict[str, tuple[str, str]] = {}
        whole: dict[tuple[str, str], set[int]] = {}
        for record in self.tape.history:
            if isinstance(record, h.Connect):
                at[record.conn] = (record.table, record.viewer)
            elif isinstance(record, h.Snapshot | h.Rest):
                whole.setdefault(at[record.conn], set()).add(record.n)
        return whole

    def _held(self, table: str) -> dict[str, tuple[int, State]]:
        replicas: dict[str, Any] = {
            server.name: server.house.hub.tables[table].replica
            for server in self._past
            if server.up.is_set() and table in server.house.hub.tables
        }
        return {name: (replica.head, replica.state) for name, replica in replicas.items()}

    async def _bury(self) -> None:
        """Nobody looks any more: what is still running is ended, so that the next run finds nothing of it."""
        self._disk.one_in = 0
        for server in self._past:
            await server.bury(self._loop)
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for _ in range(3):
            if rest:
                await asyncio.wait(rest, timeout=60)
            rest = {task for task in rest if not task.done()}
            for task in rest:
                task.cancel()

    def _count(self) -> None:
        counts = self.counts
        invokes = Counter(record.cid for record in self.tape.history if isinstance(record, h.Invoke))
        counts["actions"] = len(invokes)
        counts["resends"] = sum(invokes.values()) - len(invokes)
        for record in self.tape.history:
            match record:
                case h.Outcome(code=None, dup=dup):
                    counts["acks"] += 1
                    counts["dups"] += dup
                case h.Outcome():
                    counts["refusals"] += 1
                case h.Snapshot():
                    counts["snapshots"] += 1
                case h.Connect(after=after):
                    counts["replays"] += after > 0
                case h.Frame():
                    counts["frames"] += 1
                case _:
                    pass
        counts["lost races"] += sum(server.disk.lost_races for server in self._past)
        counts["steps"] = self._steps


def named(name: str) -> Viewer:
    viewer = viewer_named(name)
    assert viewer is not None
    return viewer
