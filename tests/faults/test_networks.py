"""F7, F8 and bad weather: half-open clients, a phone that changes its network all the time, a slow, stuttering line."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tests.client.served import served
from tests.faults.proxy import Proxy, Weather, proxy_to
from tests.support.clock import FakeClock
from tests.support.dice import Dice
from tests.support.houses import Running, seated_table
from tests.support.long_runs import Counts, Figure
from threebirds_client import Seat, connect, door, line
from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.names import ChannelId, RoleId
from threebirds_rules.viewers import Viewer
from threebirds_server.live.table import Table
from threebirds_wire import client as client_end
from threebirds_wire.errors import CloseCode

ROLES = ("SUP", "BUY")
SEED = "a phone on a train"
PLENARY = ChannelId("plenary")
HEARTBEAT_MS = 10_000
TROUBLES = ("cut", "reset", "half-open", "refuse", "hang")
ACTS_BETWEEN = 3


class Rig(NamedTuple):
    """A real server behind a network that breaks; `tokens` are the links of those who sit at the table."""

    house: Running
    table: Table
    proxy: Proxy
    url: str
    direct: str
    tokens: Sequence[str]

    @property
    def clock(self) -> FakeClock:
        assert isinstance(self.house.house.clock, FakeClock)
        return self.house.house.clock

    def sit(self, place: int, *, directly: bool = False) -> AbstractAsyncContextManager[Seat]:
        url = self.direct if directly else self.url
        return connect(url, table=self.table.id, viewer=f"seat:{ROLES[place]}", token=self.tokens[place])

    async def said(self) -> list[str]:
        look = await self.house.house.records.events.look(self.table.id)
        return [one.event.text for one in look.recorded if isinstance(one.event, facts.Said)]

    def shows(self, seat: Seat, role: str) -> bool:
        """Whether the seat sees what the server thinks that it sees."""
        there = self.table.replica.view(Viewer("seat", RoleId(role)))
        return msgspec.json.encode(seat.view, order="deterministic") == msgspec.json.encode(
            there, order="deterministic"
        )


@asynccontextmanager
async def a_rig(data: Path) -> AsyncGenerator[Rig]:
    async with AsyncExitStack() as stack:
        house, port = await stack.enter_async_context(served(data, actions_per_minute=1_000_000))
        table, guests = await seated_table(house, "winter", ROLES)
        people = [(await guest.get("/api/me"))["people"][0]["person"] for guest in guests]
        tokens = [await house.house.sessions.make_link(table, person) for person in people]
        proxy, through = await stack.enter_async_context(
            proxy_to(lambda: asyncio.open_connection("127.0.0.1", port), SEED)
        )
        here = "http://127.0.0.1:{}".format
        yield Rig(house, await house.house.hub.table(table), proxy, here(through), here(port), tokens)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that gives up and comes back within a second instead of twenty: nobody waits that long here."""
    monkeypatch.setattr(client_end, "SILENCE_S", 1)
    monkeypatch.setattr(door, "TIMEOUT_S", 1.0)
    monkeypatch.setattr(line, "LONGEST_PAUSE_S", 0.5)


async def test_a_half_open_socket_does_not_keep_a_second_device_from_the_seat_and_is_closed_in_time(
    tmp_path: Path,
) -> None:
    async with a_rig(tmp_path) as rig, rig.sit(0) as phone:
        (listener,) = rig.table.listeners
        rig.proxy.half_open()
        async with rig.sit(0, directly=True) as laptop:
            await laptop.act(asked.Say(channel=PLENARY, text="From the laptop."))
            for _ in range(2):
                await rig.clock.advance(HEARTBEAT_MS)
                await laptop.act(asked.Say(channel=PLENARY, text="Still here."))
            await listener.gone.wait()
            assert len(rig.table.listeners) == 1
        assert phone.n < laptop.n
        rig.proxy.reset()
        said = await rig.said()
    assert said == ["From the laptop.", "Still here.", "Still here."]


@pytest.mark.usefixtures("impatient")
@pytest.mark.at_most(300, 3_600)
async def test_a_client_that_changes_its_network_all_the_time_does_everything_once(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    changes = figure(8, 300)
    async with a_rig(tmp_path) as rig, rig.sit(0) as seller, rig.sit(1) as buyer:
        travellers = Traveller(seller, "SUP"), Traveller(buyer, "BUY")
        dice, troubles = Dice(SEED), list[str]()
        async with asyncio.TaskGroup() as travelling:
            for traveller in travellers:
                travelling.create_task(traveller.talk())
            for at in range(changes):
                await asyncio.gather(*(traveller.acts(ACTS_BETWEEN) for traveller in travellers))
                troubles.append(TROUBLES[at] if at < len(TROUBLES) else dice.pick(TROUBLES))
                await trouble(rig.proxy, troubles[-1])
            for traveller in travellers:
                traveller.enough = True
        for seat in (seller, buyer):
            while seat.n < rig.table.replica.number(Viewer("seat", RoleId(ROLES[seat is buyer]))):
                await seat.changed()
        agree = rig.shows(seller, "SUP"), rig.shows(buyer, "BUY")
        said = await rig.said()
    counts(seed=SEED, changes=changes, connections=rig.proxy.came, acknowledged=sum(one.done for one in travellers))
    counts(**{name: troubles.count(name) for name in TROUBLES})
    assert [word for word in said if word.startswith("SUP")] == [f"SUP {at}" for at in range(travellers[0].done)]
    assert [word for word in said if word.startswith("BUY")] == [f"BUY {at}" for at in range(travellers[1].done)]
    assert sum(one.done for one in travellers) >= changes * ACTS_BETWEEN
    assert rig.proxy.came > changes
    assert agree == (True, True)


class Traveller:
    """Says one thing after the other, each when the one before it is acknowledged."""

    def __init__(self, seat: Seat, role: str) -> None:
        self.enough = False
        self.done = 0
        self._seat = seat
        self._role = role
        self._news = asyncio.Condition()

    async def talk(self) -> None:
        while not self.enough:
            await self._seat.act(asked.Say(channel=PLENARY, text=f"{self._role} {self.done}"))
            async with self._news:
                self.done += 1
                self._news.notify_all()

    async def acts(self, times: int) -> None:
        goal = self.done + times
        async with self._news:
            await self._news.wait_for(lambda: self.done >= goal)


async def trouble(proxy: Proxy, kind: str) -> None:
    """Another cell, a tunnel, a hotel's network; when it returns new connections pass."""
    match kind:
        case "cut":
            proxy.cut()
        case "reset":
            proxy.reset()
        case "half-open":
            proxy.half_open()
        case _:
            proxy.newcomers = "refuse" if kind == "refuse" else "hang"
            proxy.cut()
            await proxy.come(proxy.came + 2)
            proxy.relent()


@pytest.mark.usefixtures("impatient")
async def test_on_a_slow_and_stuttering_line_everything_is_done_once(tmp_path: Path, counts: Counts) -> None:
    weathers = (
        Weather(delay_ms=20, jitter_ms=40),
        Weather(bytes_per_s=200_000, at_once=500),
        Weather(at_once=1),
    )
    async with a_rig(tmp_path) as rig, rig.sit(0) as seat:
        for at, weather in enumerate(weathers):
            rig.proxy.weather = weather
            await seat.act(asked.Say(channel=PLENARY, text=f"In weather {at}."))
        rig.proxy.weather = Weather()
        rig.proxy.stall(40)
        await seat.act(asked.Say(channel=PLENARY, text="After a stall."))
        agree = rig.shows(seat, "SUP")
        said = await rig.said()
    counts(weathers=len(weathers), stalls=1, connections=rig.proxy.came)
    assert said == [*(f"In weather {at}." for at in range(len(weathers))), "After a stall."]
    assert agree


async def test_a_seat_that_is_thrown_out_of_a_hanging_line_is_told_why(tmp_path: Path) -> None:
    """The close of a socket that nobody reads any more does not hold up the server."""
    async with a_rig(tmp_path) as rig, rig.sit(0):
        (listener,) = rig.table.listeners
        rig.proxy.half_open()
        listener.dismiss(CloseCode.SLOW)
        await rig.clock.waited_for()
        await rig.clock.advance(HEARTBEAT_MS)
        await listener.gone.wait()
        assert not rig.table.listeners
