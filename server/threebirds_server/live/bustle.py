"""What goes on in this process: while it goes on, nobody who waits for it is sent away.

A thousand who come back at once wait longer than anybody should for a database that hangs, and yet one after the other
gets in. So a wait is measured from the last time that something was done for somebody.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from itertools import islice
from typing import TypeVar

ANSWER_WITHIN_S = 4.5
"""Whoever asks hears by then, if only that it is not known yet: whatever waits for the database waits behind it."""
LOOKS = 9
"""So often somebody who waits looks in that time whether anything goes on."""
MOST_LOOKS = 12 * LOOKS
"""Longer nobody waits for others, whatever goes on: what they wait for may be the one thing that does not move."""
AT_ONCE = 2
"""So many long works go on at a time: all at once would all end at the end, and nobody be served before."""
FEW = 4

Found = TypeVar("Found")


class Bustle:
    def __init__(self) -> None:
        self._stirred = 0
        self._room = asyncio.Semaphore(AT_ONCE)

    def stir(self) -> None:
        """Something was done for somebody."""
        self._stirred += 1

    async def patiently(self, work: Awaitable[Found]) -> Found:
        """Give it up, and raise `TimeoutError`, when for a while nothing at all has been done for anybody."""
        task = asyncio.ensure_future(work)
        quiet, seen = 0, self._stirred
        try:
            for _ in range(MOST_LOOKS):
                done, _ = await asyncio.wait([task], timeout=ANSWER_WITHIN_S / LOOKS)
                if done:
                    return task.result()
                quiet, seen = quiet + 1 if seen == self._stirred else 0, self._stirred
                if quiet == LOOKS:
                    break
            raise TimeoutError
        finally:
            task.cancel()

    async def in_turns(self, steps: Iterator[None]) -> None:
        """Work that takes a while, between whose steps others are served. What has few of them is done at once."""
        if sum(1 for _ in islice(steps, FEW)) < FEW:
            return
        async with self._room:
            for _ in steps:
                self.stir()
                await asyncio.sleep(0)
