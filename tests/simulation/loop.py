"""An event loop in which time is a number and the order of things is thrown by dice.

Of all that could run now it runs one handle, chosen by the dice; when nothing can, time jumps to the next timer. So one
seed is one run, step by step, and a thousand seeds are a thousand orders in which the same code may be carried out.

What runs belongs to a process, by its context. One that is dead or frozen runs no further, not even its `finally`, as
after a kill: its handles are put aside until it is thawed, or buried when everything has been looked at.
"""

import asyncio
import heapq
from asyncio import AbstractEventLoop, Handle, TimerHandle
from collections import deque
from collections.abc import Coroutine
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar

from tests.simulation.dice import Dice
from threebirds_server.ports import StoreUnavailableError

Result = TypeVar("Result")


class Process:
    """A server's process, or a person's device: `name` is for traces."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stopped = False
        self.put_aside: list[Handle] = []
        self.tasks: list[asyncio.Task[Any]] = []

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run this, and all that it starts, as part of this process."""
        context = copy_context()
        context.run(PROCESS.set, self)
        task = asyncio.get_running_loop().create_task(work, context=context)
        self.tasks.append(task)
        return task


PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)
OUTSIDE = Context()
"""Of the world itself: networks, disks and clocks, which no kill stops."""


MOST_STEPS = 100_000
"""Twenty times what a run takes: whoever needs more goes round in a circle."""


class StuckError(Exception):
    """Nothing can run and nothing is waited for, or there is no end of it."""


class SimulatedLoop(asyncio.SelectorEventLoop):
    # What asyncio keeps for its own loops; there is no other way to choose the next handle.
    _ready: deque[Handle]
    _scheduled: list[TimerHandle]

    def __init__(self, dice: Dice) -> None:
        super().__init__()
        self._dice = dice
        self._at = 0.0
        self.steps = 0
        self.complaints: list[str] = []
        self.set_exception_handler(self._complain)

    def time(self) -> float:
        """Seconds since the beginning of the run."""
        return self._at

    def thaw(self, process: Process) -> None:
        process.stopped = False
        self._ready.extend(process.put_aside)
        process.put_aside.clear()

    def _run_once(self) -> None:
        scheduled = self._scheduled
        if not self._ready or (scheduled and scheduled[0].when() <= self._at):
            self._ring()
        while not self._ready:
            if not scheduled:
                raise StuckError("Nothing can run and nothing is waited for.")
            self._at = max(self._at, scheduled[0].when())
            self._ring()
        handle = self._next()
        if handle.cancelled():
            return
        # Where a handle belongs is written in its context, which asyncio keeps to itself.
        context: Context = handle._context  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        process = context.get(PROCESS)  # pyright: ignore[reportUnknownMemberType]
        if process is not None and process.stopped:
            process.put_aside.append(handle)
            return
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise StuckError(f"There is no end after {MOST_STEPS} steps.")
        handle._run()  # pyright: ignore[reportPrivateUsage]

    def _next(self) -> Handle:
        ready = self._ready
        at = self._dice.below(len(ready)) if len(ready) > 1 else 0
        handle = ready[at]
        del ready[at]
        return handle

    def _ring(self) -> None:
        """Timers that are due become ready."""
        scheduled, now = self._scheduled, self._at
        while scheduled and (scheduled[0].cancelled() or scheduled[0].when() <= now):
            timer = heapq.heappop(scheduled)
            timer._scheduled = False  # pyright: ignore[reportAttributeAccessIssue]
            if not timer.cancelled():
                self._ready.append(timer)

    def _timer_handle_cancelled(self, handle: TimerHandle) -> None:
        """Cancelled timers leave when their time comes."""

    def _complain(self, loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        # Whoever asked a store out of reach may be gone before it fails.
        if isinstance(context.get("exception"), StoreUnavailableError):
            return
        self.complaints.append(f"{context['message']}: {context.get('exception')!r}")
