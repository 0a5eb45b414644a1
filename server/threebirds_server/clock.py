"""The clock on the wall."""

import asyncio
import time

LOOK_AGAIN_S = 1.0
"""A sleeping computer and a clock that was set are noticed no later than this."""


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    async def sleep_until(self, at: int, /) -> None:
        await self.wait(asyncio.Event(), at)

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        """Whoever waits for a time looks again when the clock was set back: else it would wait that much longer."""
        last = self.now()
        while not wakes.is_set() and last <= (now := self.now()) < until:
            last = now
            try:
                async with asyncio.timeout(min((until - now) / 1_000, LOOK_AGAIN_S)):
                    await wakes.wait()
            except TimeoutError:
                continue
        return wakes.is_set()
