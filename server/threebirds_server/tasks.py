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


def settle(done: asyncio.Future[Any], outcome: object) -> None:
    """Whoever asked may be gone."""
    if done.done():
        return
    if isinstance(outcome, Exception):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)
