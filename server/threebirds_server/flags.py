"""An event for something of which there are thousands that hardly ever happens."""

import asyncio
from typing import Literal


class Flag(asyncio.Event):
    """As its parent in everything, but it takes as good as no memory until somebody waits: there are four a socket."""

    def __init__(self) -> None:
        self._raised = False
        self._waiting: tuple[asyncio.Future[bool], ...] = ()

    def is_set(self) -> bool:
        return self._raised

    def set(self) -> None:
        self._raised = True
        for one in self._waiting:
            _let_go(one)

    def clear(self) -> None:
        self._raised = False

    async def wait(self) -> Literal[True]:
        if not self._raised:
            await self._wait(asyncio.get_running_loop().create_future())
        return True

    async def wait_for(self, seconds: float) -> None:
        """Return when it is raised, or after so long, without the exception that a timeout costs each time."""
        if not self._raised:
            loop = asyncio.get_running_loop()
            mine: asyncio.Future[bool] = loop.create_future()
            alarm = loop.call_later(seconds, _let_go, mine)
            try:
                await self._wait(mine)
            finally:
                alarm.cancel()

    async def wait_or(self, other: asyncio.Future[bool]) -> bool:
        """Return False when it is raised, or what somebody else has set."""
        return False if self._raised else await self._wait(other)

    async def _wait(self, mine: asyncio.Future[bool]) -> bool:
        self._waiting += (mine,)
        try:
            return await mine
        finally:
            self._waiting = tuple(one for one in self._waiting if one is not mine)


def _let_go(waiting: asyncio.Future[bool]) -> None:
    if not waiting.done():
        waiting.set_result(False)
