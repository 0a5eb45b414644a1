"""What waits to be written to one socket: bounded, so that nobody ever waits for a slow reader."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

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
        self._waiting: deque[Waiting] = deque()
        self._characters = 0
        self._changed = asyncio.Event()
        self.closing = asyncio.Event()
        """Set as soon as the socket is to be closed; what was put before goes out first, if the reader takes it."""
        self.code: CloseCode | None = None
        self._write_now: Callable[[str], bool] | None = None
        self._writer_waits = False

    def write_through(self, write_now: Callable[[str], bool]) -> None:
        """Write at once whatever nothing waits before. `write_now` says no while the socket takes no more."""
        self._write_now = write_now

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
            self._changed.set()

    async def take(self) -> str | CloseCode:
        """The next frame, or at the end the code to close with."""
        while not self._waiting:
            if self.code is not None:
                return self.code
            self._changed.clear()
            self._writer_waits = True
            await self._changed.wait()
            self._writer_waits = False
        first = self._waiting.popleft()
        self._characters -= len(first.text)
        return first.text

    def _add(self, frame: Waiting) -> None:
        self._waiting.append(frame)
        self._characters += len(frame.text)
        self._changed.set()

    def _too_much(self) -> bool:
        return len(self._waiting) > self._most_frames or self._characters > self._most_characters

    def _drop_transient(self) -> None:
        kept = [frame for frame in self._waiting if not frame.transient]
        self._waiting = deque(kept)
        self._characters = sum(len(frame.text) for frame in kept)

    def _drop_all(self) -> None:
        self._waiting.clear()
        self._characters = 0
