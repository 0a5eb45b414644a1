"""The named mix as frames, and a database in which tables stand where it begins.

A table is the flagship in the plenary of round 3 with eight seats and a vote under way. What will be asked there is
worked out beforehand: whoever makes the load only sends, and knows how many events each socket must get of each action.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import time_ns
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from tests.support.mix import SCENARIO, Asked, Mixed
from tests.support.tables import FACILITATOR, HOST, PlayedTable, opened
from threebirds_rules import actions as asked
from threebirds_rules.engine import advance, next_due_at, seat_event
from threebirds_rules.events import Event, PersonSeated
from threebirds_rules.loading import load_scenario, scenario_text
from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Status
from threebirds_rules.viewers import Viewer
from threebirds_server.clock import SystemClock
from threebirds_server.ids import RandomIds
from threebirds_server.ports import Admission, Append, JoinCode, NewTable, PinnedRules, SessionId
from threebirds_server.records import Records, open_records
from threebirds_wire.frames import TableId

Made = TypeVar("Made")

SEED = 7
ROLES = tuple(map(RoleId, ("RUS", "USA", "DEU", "FRA", "POL", "LTU", "NSG", "GBR")))
SEATS = tuple(str(Viewer("seat", role)) for role in ROLES)


class Action(Struct, frozen=True, array_like=True):
    """Who sends it, the frame without its ids, and how many events each seat's socket gets of it."""

    sender: int
    body: str
    events: tuple[int, ...]


class Place(Struct, frozen=True, array_like=True):
    """A table, and a ticket for each of its seats in their order."""

    table: TableId
    tickets: tuple[str, ...]


class Load(Struct, frozen=True):
    """All that the load generator has to know."""

    places: tuple[Place, ...]
    actions: tuple[Action, ...]


class Game(Struct, frozen=True):
    """The log with which every table begins, and what is asked afterwards."""

    rules: RuleSet
    log: tuple[Event, ...]
    due: int | None
    actions: tuple[Action, ...]


def game(actions: int) -> Game:
    """A table that has come to this point just now."""
    took = _lapse(Mixed(SEED, *ROLES, aloud=True).table)
    mixed = Mixed(SEED, *ROLES, now=time_ns() // 1_000_000 - took, aloud=True)
    mixed.table.do(FACILITATOR, asked.Extend(seconds=3_600))
    for role in ROLES:
        mixed.table.do(mixed.table.seat(role), asked.Attend())
    rules, state, log = mixed.table.rules, mixed.table.state, tuple(mixed.table.log)
    twin = PlayedTable(rules, now=mixed.table.now)
    twin.state = state
    return Game(rules, log, next_due_at(state), tuple(_action(twin, one) for one in mixed.play(actions)))


def tables(url: str, count: int, game: Game) -> tuple[Place, ...]:
    """So many tables in the database at `url`, which no server uses yet, and tickets for them."""

    async def make(records: Records) -> tuple[Place, ...]:
        return tuple([await _table(records, game) for _ in range(count)])

    return _kept_at(url, make)


def back_at(url: str, places: Sequence[Place], game: Game) -> tuple[Place, ...]:
    """The same places, with tickets that are new: nobody uses the database now."""

    async def make(records: Records) -> tuple[Place, ...]:
        return tuple([await _seats(records, place.table, game) for place in places])

    return _kept_at(url, make)


def watched(url: str, count: int, sockets: int, game: Game) -> tuple[Place, ...]:
    """So many tables, and for each so many tickets of its facilitator."""

    async def make(records: Records) -> tuple[Place, ...]:
        places = [await _table(records, game) for _ in range(count)]
        session, _ = await records.sessions.start()
        return tuple([Place(one.table, await _watching(records, one.table, session.id, sockets)) for one in places])

    return _kept_at(url, make)


def joinable(url: str, count: int) -> tuple[tuple[TableId, JoinCode], ...]:
    """So many tables in the lobby, with the codes of their doors."""

    async def make(records: Records) -> tuple[tuple[TableId, JoinCode], ...]:
        rules = load_scenario(SCENARIO)
        return tuple([await _lobby(records, rules) for _ in range(count)])

    return _kept_at(url, make)


def _kept_at(url: str, make: Callable[[Records], Awaitable[Made]]) -> Made:
    records = open_records(url, SystemClock(), RandomIds())

    async def run() -> Made:
        try:
            return await make(records)
        finally:
            await records.close()

    return asyncio.run(run())


async def _lobby(records: Records, rules: RuleSet) -> tuple[TableId, JoinCode]:
    log = opened(rules, *ROLES, now=SystemClock().now()).log
    new = await _create(records, rules, tuple(log), "lobby", None)
    return new.id, new.code


async def _table(records: Records, game: Game) -> Place:
    new = await _create(records, game.rules, game.log, "running", game.due)
    return await _seats(records, new.id, game)


async def _seats(records: Records, table: TableId, game: Game) -> Place:
    session, _ = await records.sessions.start()
    heads = {event.role: event.person for event in game.log if isinstance(event, PersonSeated)}
    return Place(table, tuple([await _ticket(records, table, session.id, role, heads[role]) for role in ROLES]))


async def _create(
    records: Records, rules: RuleSet, log: tuple[Event, ...], status: Status, due: int | None
) -> NewTable:
    ids = RandomIds()
    pinned = PinnedRules(scenario=rules.id, digest=rules.digest, document=scenario_text(SCENARIO))
    new = NewTable(id=ids.table(), code=ids.code(), epoch=ids.epoch(), title="", rules=pinned, created_at=log[0].at)
    opening = Append(table=new.id, head=0, actor=HOST, events=log, status=status, next_due_at=due)
    await records.events.create(new, opening)
    return new


async def _watching(records: Records, table: TableId, session: SessionId, sockets: int) -> tuple[str, ...]:
    admission = Admission(session=session, table=table, viewer=Viewer("facilitator"), person=None)
    return tuple([await records.sessions.make_ticket(admission) for _ in range(sockets)])


async def _ticket(records: Records, table: TableId, session: SessionId, role: RoleId, person: PersonId) -> str:
    admission = Admission(session=session, table=table, viewer=Viewer("seat", role), person=person)
    return await records.sessions.make_ticket(admission)


def _lapse(table: PlayedTable) -> int:
    """How long this table has been open, in milliseconds."""
    return table.now - table.log[0].at


def _action(twin: PlayedTable, one: Asked) -> Action:
    taken = advance(twin.rules, twin.state, one.actor, one.action, twin.now, given=one.given)
    assert not isinstance(taken, Refused)
    events = tuple(
        sum(seat_event(twin.rules, step.before, step.event, Viewer("seat", role)) is not None for step in taken)
        for role in ROLES
    )
    twin.state = taken[-1].after
    assert one.actor.role is not None
    return Action(ROLES.index(one.actor.role), _body(one, one.actor.role), events)


def _body(one: Asked, role: RoleId) -> str:
    """The frame's fields beside `id`, `table` and `cid`, as the inside of a JSON object."""
    fields: dict[str, Any] = {"phase": one.given.phase, "viewer": str(Viewer("seat", role)), "action": one.action}
    if one.given.digest is not None:
        proposal = getattr(one.action, "proposal", None)
        fields["if"] = {"proposal": proposal, "version": one.given.version, "digest": one.given.digest}
    return msgspec.json.encode(fields).decode()[1:-1]
