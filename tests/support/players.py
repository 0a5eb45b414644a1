"""Clients of a real server that act as fast as they are answered, and whose server may go away at any moment."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

from httpx2 import AsyncClient, HTTPStatusError, TransportError
from websockets.asyncio.client import ClientConnection as WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.simulation.history import Connect
from tests.simulation.tape import Heard, Tape
from tests.support.foundry import Foundry
from threebirds_rules import actions as asked
from threebirds_rules.names import ChannelId, IssueId, PhaseKey
from threebirds_wire.client import Answered, ClientConnection, ClientEvent, Unread, ViewReplaced
from threebirds_wire.frames import Act

ROLES = ("SUP", "BUY")
LOBBY = PhaseKey("lobby")
FIRST_PHASE = PhaseKey("1.table")
TRUST = ssl.create_default_context()
"""Made once: each browser would read all certificates of the system."""
UNANSWERED = 3
"""How many actions each client has under way at once."""
AN_HOUR_S = 3_600
PATIENCE_S = 60
COME_BACK_S = 0.01
"""Whoever is cut off while the server lives tries again after this."""
GONE = (OSError, TransportError, HTTPStatusError, ConnectionClosed, InvalidHandshake)
"""What a client runs into whose server dies under it."""


class Seated(NamedTuple):
    table: str
    role: str
    person: str


class Player:
    """Acts as fast as it is answered, and after every end of its server sends again what it has no answer for."""

    def __init__(self, server: Foundry, browser: AsyncClient, seat: Seated, tape: Tape) -> None:
        self.table, self.role, self.person = seat
        self.tape = tape
        """What went over the sockets of all who play at this table."""
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.refused: list[str] = []
        self.snapshots = 0
        self.enough = False
        self.only_talks = False
        """Where actions may change places: a draft that says what the one before it said makes no event."""
        self.at_once = UNANSWERED
        self.heard: Callable[[], object] = lambda: None
        """Called after each acknowledgement."""
        self.client = ClientConnection(sdk="test")
        self._server = server
        self._browser = browser
        self._sockets = 0

    @property
    def viewer(self) -> str:
        return f"seat:{self.role}"

    @property
    def address(self) -> str:
        return self._server.greeted.address

    @property
    def finished(self) -> bool:
        return self.enough and len(self.acknowledged) == len(self.sent)

    async def play(self) -> None:
        for _ in range(self.at_once):
            self._act()
        while not self.finished:
            await self._server.up.wait()
            try:
                await self._until_cut()
            except GONE:
                self._server.check()
                self.client.lost()
                await asyncio.sleep(COME_BACK_S)

    async def ticket(self) -> str:
        wanted = {"table": self.table, "viewer": self.viewer}
        given = await self._browser.post(f"{self.address}/api/ticket", json=wanted)
        return given.raise_for_status().json()["ticket"]

    async def _until_cut(self) -> None:
        ticket = await self.ticket()
        async with connect(socket_at(self.address), compression=None, proxy=None) as socket:
            self.client.open(ticket, now=0)
            heard = self._begin()
            while not self.finished:
                await self._exchange(socket, heard)

    def _begin(self) -> Heard:
        self._sockets += 1
        conn = f"{self.table} {self.viewer} {self._sockets}"
        held = self.client.holdings.get((self.table, self.viewer))
        after = held.n if held else 0
        opened = Connect(conn=conn, table=self.table, viewer=self.viewer, principal=self.person, after=after)
        self.tape.record(opened)
        return Heard(self.tape, conn, self.person)

    async def _exchange(self, socket: WebSocket, heard: Heard) -> None:
        for frame in self.client.data_to_send():
            heard.sent(0, frame)
            await socket.send(frame.decode())
        text = await socket.recv(decode=True)
        heard.came(0, text)
        self.client.receive(text, now=0)
        for event in self.client.events_received():
            self._take(event)

    def _take(self, event: ClientEvent) -> None:
        match event:
            case Answered(request=Act() as act, reply=reply):
                if reply.ok:
                    self._answered(act.cid)
                else:
                    assert reply.error is not None
                    assert reply.error.retry == "same_cid", reply.error
                    self.refused.append(act.cid)
                    self.client.ask(act)
            case ViewReplaced():
                self.snapshots += 1
            case Unread(error=error):
                assert error.retry == "same_cid", error
            case _:
                pass

    def _answered(self, cid: str) -> None:
        self.acknowledged.append(cid)
        self.heard()
        if not self.enough:
            self._act()

    def _act(self) -> None:
        number = len(self.sent) + 1
        seat = sum(f"{self.table}/{self.role}".encode())
        cid = f"{seat:08x}-0000-7000-8000-{number:012x}"
        self.sent.append(cid)
        said = asked.Say(channel=ChannelId("plenary"), text=f"{self.role} {number}")
        drafted = asked.Draft(options={IssueId("price"): number % 3, IssueId("transit"): number % 2})
        self.client.ask(
            Act(
                id=self.client.next_id(),
                table=self.table,
                viewer=self.viewer,
                cid=cid,
                phase=FIRST_PHASE,
                action=drafted if number % 10 and not self.only_talks else said,
            )
        )


class Class:
    """A facilitator's browser, and one for each player. The facilitator's link is good once: keep the class."""

    def __init__(self, server: Foundry, browsers: AsyncExitStack) -> None:
        self._server = server
        self._browsers = browsers
        self._facilitator: AsyncClient | None = None

    async def players(self, tables: int, *, extended_s: int = AN_HOUR_S) -> list[Player]:
        """Two at each new table, in its first phase, which is made longer by so much."""
        facilitator = await self._at_the_desk()
        return [player for _ in range(tables) for player in await self._table(facilitator, extended_s)]

    async def open_table(self) -> str:
        """A table in its lobby, by the code that people join it with."""
        return (await self._post(await self._at_the_desk(), "/api/tables", scenario="winter"))["code"]

    async def _at_the_desk(self) -> AsyncClient:
        if self._facilitator is None:
            self._facilitator = await self._browser()
            await self._post(self._facilitator, "/api/facilitator", token=self._server.greeted.token)
        return self._facilitator

    async def _table(self, facilitator: AsyncClient, extended_s: int) -> list[Player]:
        made = await self._post(facilitator, "/api/tables", scenario="winter")
        tape = Tape()
        players = [await self._player(made["code"], role, tape) for role in ROLES]
        given = await self._post(facilitator, "/api/ticket", table=made["table"], viewer="facilitator")
        longer = (asked.Extend(seconds=extended_s),) if extended_s else ()
        steps = (asked.Start(empty="drop"), *longer)
        await as_facilitator(self._server.greeted.address, made["table"], given["ticket"], *steps)
        return players

    async def _player(self, code: str, role: str, tape: Tape) -> Player:
        browser = await self._browser()
        joined = await self._post(browser, "/api/join", code=code, name=role)
        await self._post(browser, "/api/seat", table=joined["table"], role=role)
        return Player(self._server, browser, Seated(joined["table"], role, joined["person"]), tape)

    async def _browser(self) -> AsyncClient:
        return await self._browsers.enter_async_context(AsyncClient(verify=TRUST, timeout=PATIENCE_S))

    async def _post(self, browser: AsyncClient, path: str, **body: str) -> Any:
        response = await browser.post(f"{self._server.greeted.address}{path}", json=body)
        return response.raise_for_status().json()


@asynccontextmanager
async def at_play(players: Sequence[Player]) -> AsyncGenerator[None]:
    """They play meanwhile, and at the end finish what they have begun.

    One who cannot go on ends it with the error: else whoever waits for their answers would wait for ever.
    """
    async with asyncio.TaskGroup() as playing:
        for player in players:
            playing.create_task(player.play())
        yield
        for player in players:
            player.enough = True


async def answered(players: Sequence[Player], times: int = 1) -> None:
    """Until each of them has been answered so many times more."""

    async def one(player: Player) -> None:
        goal, reached = len(player.acknowledged) + times, asyncio.Event()
        player.heard = lambda: reached.set() if len(player.acknowledged) >= goal else None
        await reached.wait()

    await asyncio.gather(*map(one, players))


async def as_facilitator(at: str, table: str, ticket: str, *steps: asked.FacilitatorAction) -> None:
    """Do these in the lobby, one after the other."""
    client = ClientConnection(sdk="test")
    client.open(ticket, now=0)
    for number, action in enumerate(steps, start=1):
        cid = f"00000000-0000-7000-8000-{number:012x}"
        act = Act(id=client.next_id(), table=table, viewer="facilitator", cid=cid, phase=LOBBY, action=action)
        client.ask(act)
    async with connect(socket_at(at), compression=None, proxy=None) as socket:
        done: list[bool] = []
        while len(done) < len(steps):
            for frame in client.data_to_send():
                await socket.send(frame.decode())
            client.receive(await socket.recv(), now=0)
            done += [event.reply.ok for event in client.events_received() if isinstance(event, Answered)]
    assert all(done)


def socket_at(address: str) -> str:
    return f"{address.replace('http', 'ws')}/ws"
