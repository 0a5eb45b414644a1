"""A reader who stops reading: nobody else notices, and in the end its socket is closed."""

import asyncio
from pathlib import Path

from starlette.types import Message

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import running, seated_table
from tests.support.sockets import Socket
from threebirds_wire.errors import CloseCode

LONG = "We have been over this before. " * 125


class StuckSocket(Socket):
    """Takes so many frames, and then nothing more: a phone in a tunnel. Closing does not wait for it."""

    taken = 0

    async def _deliver(self, message: Message) -> None:
        self.taken += 1
        if self.taken > 3 and message["type"] != "websocket.close":
            await asyncio.Event().wait()
        await super()._deliver(message)


async def test_who_stops_reading_is_closed_and_nobody_waits_for_it(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock, actions_per_minute=100_000) as house:
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        desk, other = [await supplier.at_table(table, "seat:SUP") for _ in range(2)]
        stuck = await StuckSocket(house.app).open()
        stuck.send({"type": "hello", "v": 1, "ticket": await buyers.ticket(table, "seat:BUY")})
        await until_present(desk, 2)
        for _ in range(140):
            await desk.does("say", channel="plenary", text=LONG)
            await other.does("say", channel="plenary", text=LONG)
        await clock.advance(5_000)
        await until_present(desk, 1)
        assert await stuck.closed() == CloseCode.SLOW


async def until_present(desk: Desk, people: int) -> None:
    while len((await desk.read_until("presence"))["present"]) != people:
        pass
