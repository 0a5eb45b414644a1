"""Games that have just begun, made once for each process of the machine: a run takes a copy."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tests.simulation.devices import Account
from tests.simulation.dice import Dice
from tests.simulation.disks import InMemory, InSqlite, Medium, Still, records
from tests.simulation.loop import SimulatedLoop
from tests.simulation.memory import Memory
from tests.simulation.servers import SETTINGS, RandomBots, SimulatedClock, SlowOffload, quick_loading
from tests.support.clock import CountingIds
from threebirds_rules.actions import Actor, Start
from threebirds_rules.loading import load
from threebirds_rules.names import PersonId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_server.conferences.bodies import JoinAsked, SeatAsked
from threebirds_server.house import House
from threebirds_server.live.asks import Ask
from threebirds_server.ports import Session
from threebirds_server.rulebook import Shipped

QUICK = {"seconds: 220": "seconds: 18", "seconds: 20\n": "seconds: 8\n", "seconds: 45": "seconds: 9"}
"""The ten-minute game in one."""


class Seating(NamedTuple):
    """Who sits where at one table: several people may share a seat; a role without people goes to a bot."""

    people: tuple[tuple[str, str], ...]
    facilitated: bool


SEATINGS: dict[str, tuple[Seating, ...]] = {
    "pair": (Seating((("anna", "SUP"), ("ben", "BUY"), ("carla", "SUP")), facilitated=True),),
    "bot": (Seating((("anna", "SUP"), ("ben", "SUP")), facilitated=True),),
    "two tables": (
        Seating((("anna", "SUP"), ("ben", "BUY")), facilitated=True),
        Seating((("dora", "SUP"), ("emil", "BUY")), facilitated=True),
    ),
}


class Table(NamedTuple):
    id: str
    accounts: dict[str, Account]
    facilitator: Account | None


class Game(NamedTuple):
    """`medium` gives what the tables lie on, as new."""

    rules: RuleSet
    tables: tuple[Table, ...]
    medium: Callable[[], Medium]
    heads: Mapping[str, int]


def quick_winter() -> str:
    text = (files("threebirds_rules") / "scenarios" / "winter.yaml").read_text(encoding="utf-8")
    for slow, quick in QUICK.items():
        assert slow in text
        text = text.replace(slow, quick)
    return text


@cache
def game(seating: str, kind: str) -> Game:
    """`kind`: `memory` or `sqlite`."""
    loop = SimulatedLoop(Dice("games", seating, kind))
    try:
        with quick_loading():
            return loop.run_until_complete(_made(seating, kind))
    finally:
        loop.close()


async def _made(seating: str, kind: str) -> Game:
    medium = InMemory(Memory()) if kind == "memory" else _empty_sqlite()
    ids, clock, disk = CountingIds(), SimulatedClock(), Still(medium)
    kept = records(medium, disk, clock, ids)
    house = House(SETTINGS, kept, clock, ids, SlowOffload(Dice("games")), RandomBots())
    async with house.open():
        document = quick_winter()
        shipped = Shipped(load(document, source="winter"), document)
        tables = [await _table(house, shipped, one) for one in SEATINGS[seating]]
        heads = dict(await kept.events.heads([table.id for table in tables]))
    return Game(shipped.rules, tuple(tables), _copies(medium), heads)


async def _table(house: House, shipped: Shipped, seating: Seating) -> Table:
    new = await house.tables.make_with(shipped, None)
    row = await house.tables.with_code(new.code)
    assert row is not None
    accounts: dict[str, Account] = {}
    for name, role in seating.people:
        session, _ = await house.sessions.start()
        joined = await house.conferences.join(session, row, JoinAsked(code=new.code, name=name))
        await house.conferences.sit(session, SeatAsked(table=new.id, role=role, person=joined.person))
        accounts[name] = Account(session=session, table=new.id, viewer=f"seat:{role}", principal=joined.person)
    table = await house.hub.table(new.id)
    started = await table.ask(Ask(Actor(kind="facilitator"), Start(empty="bot", bot="random")))
    assert started.ok, started
    return Table(new.id, accounts, await _facilitator(house, new.id) if seating.facilitated else None)


async def _facilitator(house: House, table: str) -> Account:
    session, _ = await house.sessions.start()
    assert await house.sessions.redeem_facilitator_link(await house.sessions.make_facilitator_link(), session.id)
    able = Session(id=session.id, facilitator=True)
    return Account(session=able, table=table, viewer="facilitator", principal=f"session {session.id}")


def _copies(medium: Medium) -> Callable[[], Medium]:
    if isinstance(medium, InMemory):
        memory = medium.memory
        return lambda: InMemory(memory.copy())
    sqlite = _sqlite()
    image = sqlite.image()

    def fresh() -> Medium:
        sqlite.load(image)
        return sqlite

    return fresh


def _empty_sqlite() -> InSqlite:
    sqlite = _sqlite()
    sqlite.load(sqlite.empty)
    return sqlite


@cache
def _sqlite() -> InSqlite:
    return InSqlite()


def people_of(table: Table) -> dict[PersonId, RoleId]:
    return {
        PersonId(account.principal): RoleId(account.viewer.removeprefix("seat:")) for account in table.accounts.values()
    }
