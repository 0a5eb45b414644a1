"""What waits for one socket: in order, bounded, and never waited for."""

import asyncio

from threebirds_server.live.outbox import Outbox
from threebirds_wire.errors import CloseCode


async def taken(outbox: Outbox) -> list[str | CloseCode]:
    """All that waits, up to the code it closes with."""
    found: list[str | CloseCode] = []
    while not found or isinstance(found[-1], str):
        found.append(await outbox.take())
    return found


async def test_frames_come_out_in_the_order_they_went_in() -> None:
    outbox = Outbox()
    for text in ("one", "two", "three"):
        outbox.put(text)
    assert [await outbox.take() for _ in range(3)] == ["one", "two", "three"]


async def test_who_takes_first_waits_for_who_puts() -> None:
    outbox = Outbox()
    taking = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put("late")
    assert await taking == "late"


async def test_transient_frames_make_room_for_the_ones_that_count() -> None:
    outbox = Outbox(most_frames=3)
    outbox.put("presence", transient=True)
    for text in ("one", "two", "three"):
        outbox.put(text)
    outbox.close(CloseCode.RESTARTING)
    assert await taken(outbox) == ["one", "two", "three", CloseCode.RESTARTING]


async def test_too_many_frames_close_the_socket_at_once() -> None:
    outbox = Outbox(most_frames=2)
    for text in ("one", "two", "three"):
        outbox.put(text)
    assert outbox.closing.is_set()
    assert await taken(outbox) == [CloseCode.SLOW]


async def test_too_many_characters_close_it_too() -> None:
    outbox = Outbox(most_characters=10)
    outbox.put("x" * 6)
    outbox.put("x" * 6)
    assert await taken(outbox) == [CloseCode.SLOW]


async def test_what_was_taken_makes_room() -> None:
    outbox = Outbox(most_frames=2, most_characters=10)
    for _ in range(5):
        outbox.put("x" * 9)
        assert await outbox.take() == "x" * 9
    assert outbox.code is None


async def test_closing_lets_out_what_waits_and_takes_nothing_more() -> None:
    outbox = Outbox()
    outbox.put("last words")
    outbox.close(CloseCode.REMOVED)
    outbox.close(CloseCode.SLOW)
    outbox.put("too late")
    assert await taken(outbox) == ["last words", CloseCode.REMOVED]


async def test_closing_wakes_who_waits_for_a_frame() -> None:
    outbox = Outbox()
    taking = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.close(CloseCode.NO_PONG)
    assert await taking == CloseCode.NO_PONG


class Wire:
    """A socket that takes what it is given at once, while it is `open`."""

    def __init__(self) -> None:
        self.open = True
        self.written: list[str] = []

    def write(self, text: str) -> bool:
        if self.open:
            self.written.append(text)
        return self.open


async def test_a_frame_is_written_at_once_if_nothing_waits_before_it() -> None:
    wire, outbox = Wire(), Outbox()
    outbox.write_through(wire.write)
    writer = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put("one")
    outbox.put("two")
    assert wire.written == ["one", "two"]
    outbox.close(CloseCode.RESTARTING)
    assert await writer == CloseCode.RESTARTING


async def test_nothing_overtakes_what_the_socket_did_not_take() -> None:
    wire, outbox = Wire(), Outbox()
    outbox.write_through(wire.write)
    writer = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    wire.open = False
    outbox.put("waits")
    wire.open = True
    outbox.put("comes after it")
    assert await writer == "waits"
    outbox.put("comes last, while the writer has the first in its hands")
    assert wire.written == []
    assert [await outbox.take() for _ in range(2)] == [
        "comes after it",
        "comes last, while the writer has the first in its hands",
    ]


async def test_nothing_is_written_after_the_word_to_close() -> None:
    wire, outbox = Wire(), Outbox()
    outbox.write_through(wire.write)
    writer = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.close(CloseCode.REMOVED)
    outbox.put("too late")
    assert (await writer, wire.written) == (CloseCode.REMOVED, [])
