"""Works in tasks: several at once, of which the first to end ends all, and what became of one."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def first_of(*works: Coroutine[None, None, None]) -> None:
    """Run all until one ends or fails; the others are stopped."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


class Together:
    """The same, where works come to it later. One gives False if it is done and ends nobody else."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[bool]] = set()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def start(self, *works: Coroutine[Any, Any, bool]) -> None:
        """When all is over, nothing begins any more."""
        for work in works:
            if self._over.done():
                work.close()
                continue
            task = asyncio.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def until_over(self) -> None:
        """Raise what a work raised."""
        try:
            await self._over
        finally:
            self._over.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        # Asked for in any case: of several that fail together only the first one is told of.
        error = task.exception()
        if self._over.done():
            return
        if error is not None:
            self._over.set_exception(error)
        elif task.result():
            self._over.set_result(None)


def settle(done: asyncio.Future[Any], outcome: object) -> None:
    """Whoever asked may be gone."""
    if done.done():
        return
    if isinstance(outcome, Exception):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)
