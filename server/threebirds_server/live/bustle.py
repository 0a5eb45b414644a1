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
AT_ONCE = 2
"""So many long works go on at a time: all at once would all end at the end, and nobody be served before."""
FEW = 4

Found = TypeVar("Found")


class Bustle:
    def __init__(self) -> None:
        self._stirred_at = 0.0
        self._room = asyncio.Semaphore(AT_ONCE)

    def stir(self) -> None:
        """Something was done, by a clock that is only ours and never set."""
        self._stirred_at = asyncio.get_running_loop().time()

    async def patiently(self, work: Awaitable[Found]) -> Found:
        """Give it up, and raise `TimeoutError`, when for a while nothing at all has been done for anybody."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                left = max(began, self._stirred_at) + ANSWER_WITHIN_S - loop.time()
                if left <= 0:
                    raise TimeoutError
                await asyncio.wait([task], timeout=left)
            return task.result()
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
