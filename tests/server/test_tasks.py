"""Works that go on together: the first that ends all ends all, and nothing is left behind."""

import asyncio
from typing import Any

import pytest

from tests.support.clock import settle
from threebirds_server.tasks import Together


class Worker:
    """Works until `go_on` is set, then says whether that was all. `stopped`: it was not let finish."""

    def __init__(self, *, ends_all: bool = True, error: Exception | None = None) -> None:
        self.go_on = asyncio.Event()
        self.stopped = False
        self._ends_all = ends_all
        self._error = error

    async def work(self) -> bool:
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.stopped = True
            raise
        if self._error:
            raise self._error
        return self._ends_all


async def test_one_that_is_done_leaves_the_others_until_one_ends_all() -> None:
    together, passing, reading, ending = Together(), Worker(ends_all=False), Worker(), Worker()
    together.start(passing.work(), reading.work())
    over = asyncio.create_task(together.until_over())
    passing.go_on.set()
    await settle()
    assert not over.done()
    together.start(ending.work())
    ending.go_on.set()
    await over
    assert (passing.stopped, reading.stopped, ending.stopped) == (False, True, False)
    together.start((late := Worker()).work())
    assert not late.stopped
    assert len(asyncio.all_tasks()) == 1


async def test_of_two_that_fail_together_the_first_is_told_of_and_none_is_left_over() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    together, first, second = Together(), Worker(error=LookupError("first")), Worker(error=LookupError("second"))
    together.start(first.work(), second.work())
    over = asyncio.create_task(together.until_over())
    await asyncio.sleep(0)
    first.go_on.set()
    second.go_on.set()
    with pytest.raises(LookupError, match="first"):
        await over
    del first, second, together
    await asyncio.sleep(0)
    assert complaints == []


async def test_whoever_is_stopped_stops_all() -> None:
    together, worker = Together(), Worker()
    together.start(worker.work())
    over = asyncio.create_task(together.until_over())
    await settle()
    over.cancel()
    with pytest.raises(asyncio.CancelledError):
        await over
    assert worker.stopped
