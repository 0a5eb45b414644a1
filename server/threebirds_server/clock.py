"""The clock on the wall."""

import asyncio
import time
from contextlib import suppress

from threebirds_server.flags import Flag

LOOK_AGAIN_S = 1.0
"""A sleeping computer and a clock that was set are noticed no later than this."""


class SystemClock:
    """Of thousands who wait for far-off times nobody looks at the clock: one look a second is for all of them."""

    def __init__(self) -> None:
        self._far_off: dict[asyncio.Future[bool], int] = {}
        self._looks: asyncio.TimerHandle | None = None
        self._looked_at = 0

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    async def sleep_until(self, at: int, /) -> None:
        await self.wait(Flag(), at)

    async def wait(self, wakes: asyncio.Event, until: int, /) -> bool:
        """Whoever waits for a time looks again when the clock was set back: else it would wait that much longer."""
        last = self.now()
        while not wakes.is_set() and last <= (now := self.now()) < until:
            last = now
            left = (until - now) / 1_000
            if left <= LOOK_AGAIN_S or not isinstance(wakes, Flag):
                await _either(wakes, min(left, LOOK_AGAIN_S))
            elif await self._set_back(wakes, until, now):
                break
        return wakes.is_set()

    async def _set_back(self, wakes: Flag, until: int, now: int) -> bool:
        """Whether the clock was set back, rather than that the time is near or something has happened."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[bool] = loop.create_future()
        self._far_off[mine] = until
        if self._looks is None:
            self._looked_at = now
            self._looks = loop.call_later(LOOK_AGAIN_S, self._look)
        try:
            return await wakes.wait_or(mine)
        finally:
            self._far_off.pop(mine)

    def _look(self) -> None:
        now = self.now()
        set_back, self._looked_at = now < self._looked_at, now
        for waiting, until in self._far_off.items():
            if (set_back or until - now <= LOOK_AGAIN_S * 1_000) and not waiting.done():
                waiting.set_result(set_back)
        loop = asyncio.get_running_loop()
        self._looks = loop.call_later(LOOK_AGAIN_S, self._look) if self._far_off else None


async def _either(wakes: asyncio.Event, seconds: float) -> None:
    if isinstance(wakes, Flag):
        await wakes.wait_for(seconds)
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wakes.wait()
