"""The network that breaks as it is told to breaks as it is told to."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import NamedTuple

import pytest

from tests.faults.proxy import Proxy, Streams, Weather, proxy_to


class Rig(NamedTuple):
    """A proxy before a server that says everything twice; `heard` is what arrived there."""

    proxy: Proxy
    port: int
    heard: bytearray
    dialled: list[Streams]

    async def dial(self) -> Streams:
        self.dialled.append(await asyncio.open_connection("127.0.0.1", self.port))
        return self.dialled[-1]


@pytest.fixture
async def rig() -> AsyncGenerator[Rig]:
    heard = bytearray()

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(1_024):
                heard.extend(data)
                writer.write(data + data)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    there = server.sockets[0].getsockname()[1]
    async with server, proxy_to(lambda: asyncio.open_connection("127.0.0.1", there), "a seed") as (proxy, port):
        rig = Rig(proxy, port, heard, [])
        yield rig
        for _, writer in rig.dialled:
            writer.transport.abort()


async def said(streams: Streams, word: bytes) -> bytes:
    streams[1].write(word)
    return await streams[0].readexactly(2 * len(word))


async def test_bytes_pass_both_ways_in_any_weather(rig: Rig) -> None:
    rig.proxy.weather = Weather(delay_ms=1, jitter_ms=3, bytes_per_s=50_000, at_once=1)
    streams = await rig.dial()
    assert await said(streams, b"bbbbbb") == b"bbbbbbbbbbbb"


async def test_a_cut_ends_what_is_there_and_lets_others_come(rig: Rig) -> None:
    streams = await rig.dial()
    await said(streams, b"a")
    rig.proxy.cut()
    assert await streams[0].read() == b""
    assert await said(await rig.dial(), b"b") == b"bb"


async def test_a_reset_is_not_a_polite_end(rig: Rig) -> None:
    streams = await rig.dial()
    await said(streams, b"a")
    rig.proxy.reset()
    with pytest.raises(ConnectionResetError):
        await streams[0].readexactly(1)


async def test_half_open_swallows_both_ways_without_a_sign(rig: Rig) -> None:
    streams, later = await rig.dial(), await rig.dial()
    await said(streams, b"a")
    rig.proxy.half_open()
    fresh = await rig.dial()
    streams[1].write(b"lost")
    assert await said(fresh, b"b") == b"bb"
    assert bytes(rig.heard) == b"ab"
    assert not streams[0].at_eof()
    assert not later[0].at_eof()


async def test_a_stall_stops_in_the_middle_of_a_word(rig: Rig) -> None:
    streams = await rig.dial()
    await said(streams, b"a")
    rig.proxy.stall(3)
    streams[1].write(b"word")
    assert await streams[0].readexactly(3) == b"wor"
    assert await said(await rig.dial(), b"b") == b"bb"
    assert not streams[0].at_eof()


async def test_newcomers_are_refused_or_left_hanging(rig: Rig) -> None:
    rig.proxy.newcomers = "refuse"
    refused = await rig.dial()
    assert await refused[0].read() == b""
    rig.proxy.newcomers = "hang"
    hanging = await rig.dial()
    hanging[1].write(b"anybody?")
    await rig.proxy.come(2)
    assert bytes(rig.heard) == b""
    assert not hanging[0].at_eof()


async def test_a_trap_lets_a_word_be_heard_and_its_answer_be_lost(rig: Rig) -> None:
    streams = await rig.dial()
    rig.proxy.trap = b"COMMIT"
    assert await said(streams, b"BEGIN") == b"BEGINBEGIN"
    streams[1].write(b"COMMIT;")
    with pytest.raises(ConnectionResetError):
        await streams[0].readexactly(1)
    assert bytes(rig.heard) == b"BEGINCOMMIT;"
    assert rig.proxy.trapped == 1
    assert await said(await rig.dial(), b"COMMIT") == b"COMMITCOMMIT"
