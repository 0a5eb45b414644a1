"""Work that takes the processor for a while, kept off the loop that everybody's sockets live on."""

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Offload(Protocol):
    async def run(self, work: Callable[[], Result], /) -> Result: ...


class ThreadOffload:
    async def run(self, work: Callable[[], Result], /) -> Result:
        return await asyncio.to_thread(work)
