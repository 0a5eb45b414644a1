"""Many people at once: a class that joins, everybody coming back, and sockets that only sit there.

Run apart, on the core of the load generator. All times are in seconds, on the clock.
"""

import asyncio
import resource
import ssl
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
import uvloop
from httpx2 import AsyncClient
from msgspec import Struct

from tests.benchmarks.hub.load import Socket
from tests.benchmarks.hub.script import Place

SNAPSHOT, PING, REPLY = b'{"type":"snapshot"', b'{"type":"ping"', b'{"type":"reply"'
PATIENCE_S = 60
JOIN_WITHIN_S = 2
TRUST = ssl.create_default_context()
"""One for all: each browser that reads the certificates anew costs more than what is measured."""


class Errand(Struct, frozen=True):
    """`joining`: tables by their codes, a person a seat. `coming_back` and `sitting`: places by their tickets."""

    kind: Literal["joining", "coming_back", "sitting"]
    port: int
    pid: int
    places: tuple[Place, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    seats: tuple[str, ...] = ()


class Crowd(Struct, frozen=True):
    """How long each took until its snapshot; of those who sit, what the server's memory grew by in bytes."""

    waited: tuple[float, ...] = ()
    grown: tuple[tuple[int, int], ...] = ()
    """Pairs of sockets and resident bytes."""


class SentAwayError(Exception):
    """Somebody was told to come back another time: such a run has no figure."""


class Guest:
    """One socket: says hello, and counts as there when it has its snapshot."""

    def __init__(self, port: int, ticket: str, *, deflate: bool = False) -> None:
        self._port = port
        self._hello = f'{{"type":"hello","v":1,"ticket":"{ticket}"}}'
        self._deflate = deflate
        self._there: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def arrive(self) -> None:
        loop = asyncio.get_running_loop()
        made = lambda: Socket("/ws", self._heard, self._hello, deflate=self._deflate)  # noqa: E731  # asyncio wants it
        await loop.create_connection(made, "127.0.0.1", self._port)
        async with asyncio.timeout(PATIENCE_S):
            await self._there

    def _heard(self, socket: Socket, body: bytes) -> None:
        if body.startswith(SNAPSHOT):
            self._there.set_result(None)
        elif body.startswith(REPLY):
            self._there.set_exception(SentAwayError(body.decode()))
        elif body.startswith(PING):
            socket.send('{"type":"pong"}')


async def joining(errand: Errand) -> Crowd:
    """Each comes within two seconds: joins by the code, sits down, gets a ticket, opens a socket."""
    people = [(table, code, seat) for table, code in errand.codes for seat in errand.seats]
    address = f"http://127.0.0.1:{errand.port}"
    began = time.perf_counter()

    async def come(number: int, table: str, code: str, seat: str) -> float:
        await asyncio.sleep(began + JOIN_WITHIN_S * number / len(people) - time.perf_counter())
        at = time.perf_counter()
        async with AsyncClient(base_url=address, timeout=60, verify=TRUST) as browser:
            (await browser.post("/api/join", json={"code": code, "name": f"No {number}"})).raise_for_status()
            (await browser.post("/api/seat", json={"table": table, "role": seat})).raise_for_status()
            wanted = {"table": table, "viewer": f"seat:{seat}"}
            given = (await browser.post("/api/ticket", json=wanted)).raise_for_status()
        await Guest(errand.port, given.json()["ticket"]).arrive()
        return time.perf_counter() - at

    coming = [come(number, *one) for number, one in enumerate(people)]
    return Crowd(waited=tuple(sorted(await asyncio.gather(*coming))))


async def coming_back(errand: Errand) -> Crowd:
    """All at the same moment, with their tickets in hand."""
    guests = [Guest(errand.port, ticket) for place in errand.places for ticket in place.tickets]
    began = time.perf_counter()

    async def come(guest: Guest) -> float:
        await guest.arrive()
        return time.perf_counter() - began

    return Crowd(waited=tuple(sorted(await asyncio.gather(*map(come, guests)))))


async def sitting(errand: Errand) -> Crowd:
    """Table after table comes in and stays; the server's memory is read on the way."""
    grown: list[tuple[int, int]] = []
    there: list[Guest] = []
    for place in errand.places:
        guests = [Guest(errand.port, ticket, deflate=True) for ticket in place.tickets]
        await asyncio.gather(*(guest.arrive() for guest in guests))
        there += guests
        grown.append((len(there), resident(errand.pid)))
    return Crowd(grown=tuple(grown))


def resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def slope(points: Sequence[tuple[int, int]]) -> float:
    """Bytes for each socket, by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    over = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return over / sum((x - mean_x) ** 2 for x, _ in points)


def main() -> None:
    """Read the errand as JSON; print what became of it."""
    errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    work = {"joining": joining, "coming_back": coming_back, "sitting": sitting}[errand.kind]
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(work(errand))))


if __name__ == "__main__":
    main()
