"""What waits to be written to one socket: bounded, so that nobody ever waits for a slow reader."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from threebirds_server.flags import Flag
from threebirds_wire.errors import CloseCode

MOST_FRAMES = 1_024
MOST_CHARACTERS = 2 * 1024 * 1024
"""Twice what a stream keeps: whoever comes back and gets all of that has room for what happens meanwhile."""


class Waiting(NamedTuple):
    text: str
    transient: bool


class Outbox:
    """One writer takes; everybody else only puts, which never waits."""

    def __init__(self, *, most_frames: int = MOST_FRAMES, most_characters: int = MOST_CHARACTERS) -> None:
        self._most_frames = most_frames
        self._most_characters = most_characters
        self._waiting: list[Waiting] = []
        self._characters = 0
        self._changed = Flag()
        self.closing: asyncio.Event = Flag()
        """Set as soon as the socket is to be closed; what was put before goes out first, if the reader takes it."""
        self.code: CloseCode | None = None
        self._write_now: Callable[[str], bool] | None = None
        self._call_writer: Callable[[], None] | None = None
        self._writer_waits = False

    def write_through(self, write_now: Callable[[str], bool]) -> None:
        """Write at once whatever nothing waits before. `write_now` says no while the socket takes no more."""
        self._write_now = write_now

    def call_writer(self, call: Callable[[], None]) -> None:
        """Have a writer come when something waits, instead of one who waits for it: most sockets are idle."""
        self._call_writer = call
        self._writer_waits = True
        if self._waiting or self.code is not None:
            self._wake_writer()

    def put(self, text: str, *, transient: bool = False) -> None:
        """Queue a frame. If there is no room, transient frames go; if that is not enough, the socket does."""
        if self.code is not None:
            return
        # Only while the writer has nothing in its hands: nothing may overtake what it has taken.
        if self._writer_waits and not self._waiting and self._write_now is not None and self._write_now(text):
            return
        self._add(Waiting(text, transient))
        if self._too_much():
            self._drop_transient()
        if self._too_much():
            self._drop_all()
            self.close(CloseCode.SLOW)

    def close(self, code: CloseCode) -> None:
        """Close after what waits now; the first code counts."""
        if self.code is None:
            self.code = code
            self.closing.set()
            self._wake_writer()

    async def take(self) -> str | CloseCode:
        """The next frame, or at the end the code to close with."""
        while not self._waiting:
            if self.code is not None:
                return self.code
            self._changed.clear()
            self._writer_waits = True
            await self._changed.wait()
            self._writer_waits = False
        return self._pop()

    def take_now(self) -> str | CloseCode | None:
        """The same for a writer that is called. None: it is called again when there is more."""
        if self._waiting:
            return self._pop()
        self._writer_waits = self.code is None
        return self.code

    def _pop(self) -> str:
        first = self._waiting.pop(0)
        self._characters -= len(first.text)
        return first.text

    def _wake_writer(self) -> None:
        self._changed.set()
        if self._call_writer is not None and self._writer_waits:
            self._writer_waits = False
            self._call_writer()

    def _add(self, frame: Waiting) -> None:
        self._waiting.append(frame)
        self._characters += len(frame.text)
        self._wake_writer()

    def _too_much(self) -> bool:
        return len(self._waiting) > self._most_frames or self._characters > self._most_characters

    def _drop_transient(self) -> None:
        self._waiting = [frame for frame in self._waiting if not frame.transient]
        self._characters = sum(len(frame.text) for frame in self._waiting)

    def _drop_all(self) -> None:
        self._waiting.clear()
        self._characters = 0
