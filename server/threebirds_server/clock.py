"""The clock on the wall."""

import asyncio
import time
from contextlib import suppress

from threebirds_server.flags import Flag

LOOK_AGAIN_S = 1.0
"""A sleeping computer and a clock that was set are noticed no later than this."""


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    async def sleep_until(self, at: int, /) -> None:
        await self.wait(Flag(), at)

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        """Whoever waits for a time looks again when the clock was set back: else it would wait that much longer."""
        last = self.now()
        while not wakes.is_set() and last <= (now := self.now()) < until:
            last = now
            await _either(wakes, min((until - now) / 1_000, LOOK_AGAIN_S))
        return wakes.is_set()


async def _either(wakes: asyncio.Event, seconds: float) -> None:
    if isinstance(wakes, Flag):
        # Each socket comes by here every second.
        await wakes.wait_for(seconds)
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wakes.wait()
