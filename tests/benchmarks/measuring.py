"""Figures beside what they may be, and how they are measured: in seconds of processor time."""

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")


class Figure(NamedTuple):
    """What was measured, what it may be at most (None: it is there to compare with), and the unit of both."""

    name: str
    measured: float
    limit: float | None
    unit: str = "s"


def show(figures: Iterable[Figure]) -> int:
    """Print a table; 1 if a figure is above its limit, else 0."""
    above = 0
    say(f"{'':44}{'measured':>12}{'at most':>12}{'ratio':>8}")
    for name, measured, limit, unit in figures:
        line = f"{name:44}{measured:9,.2f} {unit:2}"
        if limit is not None:
            above |= measured > limit
            line += f"{limit:9,.2f} {unit:2}{measured / limit:8.2f}"
        say(line)
    return above


def apart(work: Callable[[], Result]) -> Result:
    """In a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work).result()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def seconds(work: Callable[[], Result], *, runs: int = 1) -> tuple[float, Result]:
    """The quickest of several runs, and what the work came to."""
    quickest, done = _once(work)
    for _ in range(runs - 1):
        quickest = min(quickest, _once(work)[0])
    return quickest, done


def _once(work: Callable[[], Result]) -> tuple[float, Result]:
    began = process_time()
    done = work()
    return process_time() - began, done


def on_the_clock(work: Callable[[], object]) -> float:
    """How long somebody waits."""
    began = perf_counter()
    work()
    return perf_counter() - began
