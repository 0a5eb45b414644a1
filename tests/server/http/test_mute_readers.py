"""A reader of a stream over HTTP that takes nothing more, on a real network: it is cut off, and nobody waits for it."""

import asyncio
import json
import socket
from pathlib import Path

from tests.client.served import served
from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, seated_table

LONG = "We have been over this before. " * 125
SAID_AT_ONCE = 50
MOST_BEATS = 100


async def asked_and_forgotten(guest: Guest, port: int, table: str) -> socket.socket:
    """A connection on which the stream was asked for; nobody reads it."""
    there = socket.socket()
    there.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    there.setblocking(False)  # noqa: FBT003  # the standard library has it so
    cookies = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
    request = f"GET /api/tables/{table}/stream?viewer=seat:BUY HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n"
    loop = asyncio.get_running_loop()
    await loop.sock_connect(there, ("127.0.0.1", port))
    await loop.sock_sendall(there, request.encode())
    return there


async def all_that_came(there: socket.socket) -> bytes:
    came = b""
    while data := await asyncio.get_running_loop().sock_recv(there, 65_536):
        came += data
    return came


async def present(desk: Desk) -> int:
    """As last told, of all that has come by now."""
    await desk.does("draft", options={})
    told = [text for text in desk.socket.texts if '"type":"presence"' in text]
    return len(json.loads(told[-1])["present"])


async def talked_to(desk: Desk, clock: FakeClock) -> None:
    for _ in range(SAID_AT_ONCE):
        await desk.does("say", channel="plenary", text=LONG)
    await clock.advance(10_000)
    await desk.read_until("ping")
    desk.socket.send({"type": "pong"})


async def test_a_reader_that_takes_nothing_more_is_cut_off_and_nobody_waits_for_it(tmp_path: Path) -> None:
    clock = FakeClock()
    async with served(tmp_path, clock=clock, actions_per_minute=1_000_000) as (house, port):
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        desk = await supplier.at_table(table, "seat:SUP")
        mute = await asked_and_forgotten(buyers, port, table)
        while len((await desk.read_until("presence"))["present"]) < 2:
            pass
        beats = 0
        while await present(desk) == 2:
            assert (beats := beats + 1) < MOST_BEATS
            await talked_to(desk, clock)
        came = await all_that_came(mute)
        mute.close()
    assert beats > 2
    assert came.startswith(b"HTTP/1.1 200 OK\r\n")
    assert not came.endswith(b"0\r\n\r\n")
