"""Seats that are held by bots: each looks after every change of its view and may move, as a person would."""

import asyncio
from hashlib import blake2b
from uuid import NAMESPACE_URL, uuid5

import msgspec
import structlog
from msgspec.structs import replace

from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.chance import draw, token
from threebirds_rules.engine import view
from threebirds_rules.names import RoleId
from threebirds_rules.state import SeatState, State
from threebirds_rules.strategy import Move
from threebirds_rules.viewers import Viewer
from threebirds_server.live.asks import Ask, Signed
from threebirds_server.live.strategies import KnowsStrategies
from threebirds_server.live.table import Table
from threebirds_server.offload import Offload
from threebirds_server.ports import Clock
from threebirds_wire.frames import TableId

UNHURRIED = 300
"""So many times slower are bots where phases last for days: they would talk the whole day, and nobody would read it."""

MOST_TRIES = 3
"""How often a bot may try with one and the same view before it passes."""

log = structlog.get_logger()


class Bots:
    """`pace_ms` is how long people get to see each move of a bot, at least; at most it is twice that.

    A pass is not worth waiting for: whoever plays alone would sit through six of them in every phase. But where no
    person holds a seat, nothing else would slow the bots down.
    """

    def __init__(self, strategies: KnowsStrategies, offload: Offload, clock: Clock, *, pace_ms: int) -> None:
        self._strategies = strategies
        self._offload = offload
        self._clock = clock
        self._pace_ms = pace_ms
        self._wakes: dict[TableId, asyncio.Event] = {}
        self._tasks: dict[TableId, asyncio.Task[None]] = {}

    def changed(self, table: Table) -> None:
        """Something happened at this table: its bots look at it in a moment, and nobody waits for them."""
        if not bot_seats(table.replica.state):
            return
        self._wakes.setdefault(table.id, asyncio.Event()).set()
        if table.id not in self._tasks:
            self._tasks[table.id] = asyncio.create_task(self._run(table), name=f"bots {table.id}")

    def forget(self, table: TableId) -> None:
        """The table is gone."""
        self._wakes.pop(table, None)
        if task := self._tasks.pop(table, None):
            task.cancel()

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _run(self, table: Table) -> None:
        crew = Crew(table, self._strategies, self._offload, self._clock, pace_ms=self._pace_ms)
        wakes = self._wakes[table.id]
        while True:
            await wakes.wait()
            wakes.clear()
            try:
                while await crew.round():
                    pass
            except Exception:
                log.exception("bots_failed", table=table.id)


class Crew:
    """The bots of one table, one after the other."""

    def __init__(
        self, table: Table, strategies: KnowsStrategies, offload: Offload, clock: Clock, *, pace_ms: int
    ) -> None:
        self._table = table
        self._strategies = strategies
        self._offload = offload
        self._clock = clock
        self._pace_ms = pace_ms
        self._tries: dict[RoleId, tuple[int, int]] = {}

    async def round(self) -> bool:
        """Ask each bot once. Whether any of them moved."""
        moved = [await self._turn(seat) for seat in bot_seats(self._table.replica.state)]
        return any(moved)

    async def _turn(self, seat: SeatState) -> bool:
        n = self._number(seat.role)
        seen, tries = self._tries.get(seat.role, (n, 0))
        tries = tries if seen == n else 0
        if tries > MOST_TRIES or self._table.replica.state.status != "running":
            return False
        move = await self._move(seat, n, tries)
        if move is None:
            self._tries[seat.role] = (n, MOST_TRIES + 1)
            return False
        await self._let_people_follow(seat.role, move, f"{n}/{tries}")
        if self._number(seat.role) == n:
            self._tries[seat.role] = (n, tries + 1)
            await self._make(seat.role, move, f"{n}/{tries}")
        return True

    def _number(self, role: RoleId) -> int:
        return self._table.replica.number(Viewer("seat", role))

    async def _move(self, seat: SeatState, n: int, tries: int) -> Move | None:
        """What the bot does with this view; it passes if it fails or has been refused too often."""
        if tries == MOST_TRIES:
            return Move(action=asked.Pass())
        try:
            return await self._chosen(seat, n, tries)
        except Exception:
            log.exception("strategy_failed", table=self._table.id, role=seat.role, bot=seat.bot)
            self._tries[seat.role] = (n, MOST_TRIES)
            return Move(action=asked.Pass())

    async def _chosen(self, seat: SeatState, n: int, tries: int) -> Move | None:
        rules, state = self._table.replica.rules, self._table.replica.state
        strategy = self._strategies.named(seat.bot or "")
        chance = token(state.seed, "bot", seat.role, n, tries)
        seen = Viewer("seat", seat.role)
        return await self._offload.run(lambda: strategy.choose(view(rules, state, seen), chance=chance))

    async def _let_people_follow(self, role: RoleId, move: Move, step: str) -> None:
        state = self._table.replica.state
        hurried = isinstance(move.action, asked.Pass) and any(seat.people for seat in state.seats)
        pace = self._pace_ms * (UNHURRIED if self._in_days() else 1)
        if pace and not hurried:
            wait = pace + draw(state.seed, "pace", role, step) % pace
            await self._clock.sleep_until(self._clock.now() + wait)

    def _in_days(self) -> bool:
        return any(phase.deadline is not None for phase in self._table.replica.rules.schedule.phases)

    async def _make(self, role: RoleId, move: Move, step: str) -> None:
        """Two servers that run one seat by accident ask under one name, and it is done once."""
        cid = str(uuid5(NAMESPACE_URL, f"threebirds:{self._table.id}/{role}/{step}"))
        digest = blake2b(msgspec.json.encode(move, order="deterministic"), digest_size=16).hexdigest()
        given = replace(move.given, phase=self._table.replica.state.phase)
        signed = Signed(cid, f"bot {role}", digest)
        reply = await self._table.ask(Ask(Actor(kind="seat", role=role), move.action, given, None, signed))
        if reply.error is not None:
            log.info("bot_refused", table=self._table.id, role=role, code=reply.error.code, rule=reply.error.rule)


def bot_seats(state: State) -> tuple[SeatState, ...]:
    return tuple(seat for seat in state.seats if seat.bot is not None and not seat.dropped)
