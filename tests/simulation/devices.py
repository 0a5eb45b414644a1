"""A person's device: the product's own client end on a simulated network. All that it sends and hears is recorded."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from tests.simulation.dice import Dice
from tests.simulation.history import Close, Connect
from tests.simulation.network import CUT, Link
from tests.simulation.servers import OfflineError, Server, SimulatedClock
from tests.simulation.tape import Heard, Tape
from threebirds_server.http.errors import ApiError
from threebirds_server.ports import Session, StoreUnavailableError
from threebirds_wire.client import Answered, ClientConnection, Request, Unread
from threebirds_wire.errors import CloseCode, may_reconnect
from threebirds_wire.frames import Act, Reply, Welcome
from threebirds_wire.holdings import Holding

TURNED_AWAY = frozenset({"busy", "internal", "not_your_seat", "unauthenticated", "rate_limited", "unknown_table"})


UNASKED = TURNED_AWAY | {"forbidden"}
"""What may be heard without a request: at the door, of frames for the moment, and of typing where nobody sees it."""


class Account(Struct, frozen=True, kw_only=True):
    """Who a device acts for, and where. `principal` is how the server knows them."""

    session: Session
    table: str
    viewer: str
    principal: str


class World(Protocol):
    """What a device needs of the world around it."""

    dice: Dice
    tape: Tape

    def server(self, dice: Dice, /) -> Server | None: ...


class Device:
    """`answered` hears every reply to an action, with the device on which it came."""

    def __init__(self, world: World, name: str, account: Account, answered: Callable[[Act, Reply], None]) -> None:
        self.name = name
        self.account = account
        self.wire = ClientConnection(sdk="simulation")
        self.link: Link | None = None
        self.conn = ""
        self.welcome = False
        self.barred = False
        self.retired = False
        self._world = world
        self._clock = SimulatedClock()
        self._dice = world.dice.of(name)
        self._answered = answered
        self._heard = Heard(world.tape, "", account.principal)
        self._sockets = 0
        self._closed = asyncio.Event()

    @property
    def holding(self) -> Holding | None:
        return self.wire.holdings.get((self.account.table, self.account.viewer))

    async def live(self) -> None:
        """Connect, and again after every loss; whoever has lost the right tries again later."""
        while not self.retired:
            try:
                await self._connect()
                await self._until_closed()
            except (OfflineError, StoreUnavailableError):
                await asyncio.sleep(self._dice.between(100, 1_500) / 1_000)
            except ApiError as refused:
                self._refused(refused)
                await asyncio.sleep(self._dice.between(1_000, 4_000) / 1_000)
            await asyncio.sleep(self._dice.between(20, 800) / 1_000)

    def ask(self, request: Request) -> None:
        self.wire.ask(request)
        self.flush()

    def leave(self) -> None:
        """The person closes the lid: the server hears of it unless the line is silent."""
        if self.link is not None:
            self.link.leave()
            self.on_close(CUT)

    def flush(self) -> None:
        for data in self.wire.data_to_send():
            self._heard.sent(self._clock.now(), data)
            if self.link is not None:
                self.link.text(data)

    def on_text(self, text: str) -> None:
        frame = self._heard.came(self._clock.now(), text)
        self.welcome = self.welcome or isinstance(frame, Welcome)
        self.wire.receive(text, self._clock.now())
        for event in self.wire.events_received():
            self._hear(event)
        self.flush()

    def on_close(self, code: int) -> None:
        if self.link is None:
            return
        self._world.tape.record(Close(at=self._clock.now(), conn=self.conn, code=None if code == CUT else code))
        self.link, self.welcome = None, False
        self.wire.lost()
        self.barred = not may_reconnect(code)
        self._closed.set()

    async def _connect(self) -> None:
        server = self._world.server(self._dice)
        if server is None:
            raise OfflineError
        account = self.account
        ticket = await server.call(lambda house: house.accounts.ticket(account.session, account.table, account.viewer))
        if self.retired or not server.up.is_set():
            raise OfflineError
        self._sockets += 1
        self.conn = f"{self.name}#{self._sockets}"
        self._heard = Heard(self._world.tape, self.conn, account.principal)
        self._closed.clear()
        self.link = Link(self._dice.of(f"link {self._sockets}"), self)
        after = self.holding.n if self.holding else 0
        self._world.tape.record(
            Connect(
                at=self._clock.now(),
                conn=self.conn,
                table=account.table,
                viewer=account.viewer,
                principal=account.principal,
                after=after,
            )
        )
        server.accept(self.link)
        self.wire.open(ticket, self._clock.now())
        self.flush()

    async def _until_closed(self) -> None:
        while not await self._clock.wait(self._closed, self.wire.deadline):
            self.wire.tick(self._clock.now())
            if self.wire.dead:
                self.leave()

    def _refused(self, refused: ApiError) -> None:
        """The seat is not theirs any more: what waits for an answer has one."""
        if refused.error.code not in TURNED_AWAY:
            self._world.tape.complain(f"{self.name} asked for a ticket and got {refused.error.code}")
        principal = self.account.principal
        turned_away = Close(at=self._clock.now(), conn=self.conn, code=CloseCode.SEAT_GIVEN, principal=principal)
        self._world.tape.record(turned_away)
        self.barred = True

    def _hear(self, event: object) -> None:
        match event:
            case Answered(request=Act() as act, reply=reply):
                self._answered(act, reply)
            case Unread(error=error) if error.code not in UNASKED:
                self._world.tape.complain(f"{self.conn} heard what it did not ask for: {error.code}: {error.message}")
            case _:
                pass
