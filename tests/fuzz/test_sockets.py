"""Twenty thousand hostile messages over real sockets leave the server answering, its memory flat and its log quiet."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.fuzz.abuses import ABUSES
from tests.fuzz.conversations import Intruder, Tally, names_of, side_by_side
from tests.fuzz.grammar import World
from tests.fuzz.mutations import MUTATIONS
from tests.support.dice import Dice
from tests.support.foundry import Foundry, foundry
from tests.support.hosts import FACILITATOR, Host, host, seated
from tests.support.long_runs import Counts
from threebirds_client import Door, connect
from threebirds_rules import actions as asked
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import ChannelId

SEED = "a hostile class"
MESSAGES = 20_000
IN_A_CONVERSATION = 360
"""Fewer than a socket may send at once, so that nobody waits."""
TABLES = 6
ABUSES_EACH = 40
MOST_GROWTH = 20 * 2**20


async def intruders(server: Foundry, desk: Host, door: Door, tally: Tally) -> tuple[Intruder, Intruder]:
    """A seat and the facilitator of a new table, both with bad intentions."""
    rules = load_scenario("winter")
    table = await desk.opened()
    place = await seated(door, table.code, "SUP")
    await seated(door, table.code, "BUY")
    await desk.begin(table.id)
    at_seat = World(table.id, "seat:SUP", "", names_of(rules))
    return (
        Intruder(server.port, at_seat, lambda: door.ticket(place.table, "seat:SUP"), tally),
        Intruder(server.port, at_seat._replace(viewer=FACILITATOR), lambda: desk.ticket(table.id), tally),
    )


async def mutated(server: Foundry, pair: tuple[Intruder, Intruder], rounds: int, name: str) -> None:
    await side_by_side([pair[at % 2].mutated(Dice(SEED, name, at), IN_A_CONVERSATION) for at in range(rounds)], width=2)


async def abused(intruder: Intruder) -> None:
    for at in range(ABUSES_EACH):
        for name in ABUSES:
            await intruder.abused(Dice(SEED, name, at), name, greet=at % 4 == 0)
        await intruder.greets_again(Dice(SEED, "hello again", at))
        await intruder.unannounced(Dice(SEED, "before hello", at))
        await intruder.gone(Dice(SEED, "gone", at))
        await intruder.oversized(Dice(SEED, "oversized", at))
    await intruder.pinging()


async def well_behaved(desk: Host, door: Door) -> None:
    """Somebody new comes, sits and speaks, as if nothing had been."""
    table = await desk.opened()
    place = await seated(door, table.code, "SUP")
    await seated(door, table.code, "BUY")
    await desk.begin(table.id)
    async with connect(desk.url, table=table.id, viewer="seat:SUP", token=place.token) as seat:
        reply = await seat.act(asked.Say(channel=ChannelId("plenary"), text="Good morning."))
    assert reply.ok


@pytest.mark.timeout(300)
async def test_hostile_messages_leave_the_server_answering_and_its_memory_flat(tmp_path: Path, counts: Counts) -> None:
    tally, log = Tally(), tmp_path / "log"
    settings = {"data": str(tmp_path), "port": 0, "actions_per_minute": 1_000_000}
    async with foundry(log=log, **settings) as server, AsyncExitStack() as stack:
        greeted = await server.start()
        desk = await stack.enter_async_context(host(greeted.address, greeted.token))
        door = await stack.enter_async_context(Door(greeted.address))
        # Once, so that everything is loaded that a server loads when it is first asked.
        pair = await intruders(server, desk, door, tally)
        await mutated(server, pair, 4, "first")
        before = server.memory
        for table in range(TABLES):
            pair = await intruders(server, desk, door, tally)
            await mutated(server, pair, MESSAGES // TABLES // IN_A_CONVERSATION, f"table {table}")
        await abused(pair[0])
        await well_behaved(desk, door)
        growth = server.memory - before
    told = log.read_text(encoding="utf-8")
    counts(messages=tally.sent.total(), **tally.sent)
    counts(answers=tally.answers.total(), **dict(tally.answers.most_common()))
    counts(
        closed=", ".join(f"{code}: {number}" for code, number in sorted(tally.closed.items())),
        growth=f"{growth / 2**20:.1f} MB",
    )
    assert tally.wrong == []
    assert min(tally.sent[name] for name in ABUSES) == ABUSES_EACH
    assert sum(tally.sent[kind] for kind in MUTATIONS) >= MESSAGES
    assert tally.answers["reply"] > 0
    assert "Traceback" not in told, told[-3_000:]
    assert growth < MOST_GROWTH
