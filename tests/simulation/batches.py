"""Many runs in batches, each in a fork of this process that is thrown away with all that the runs leave behind.

A run leaves thousands of things in circles. To find and free them takes as long as every sixth run; a process that
ends frees them at once. Linux and macOS only.
"""

import gc
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

BATCH = 50
"""These leave some 70 MB behind."""


class Told(Protocol):
    faults: list[str]


Sum = TypeVar("Sum", bound=Told)


def in_batches(seeds: Sequence[int], play: Callable[[Sequence[int]], Sum]) -> Iterator[Sum]:
    """What came of each, up to one with a fault. The first is played here: the others find all things made."""
    first = play(seeds[:BATCH])
    yield first
    gc.collect()
    gc.freeze()
    for begin in range(BATCH, 0 if first.faults else len(seeds), BATCH):
        told = _forked(play, seeds[begin : begin + BATCH], type(first))
        yield told
        if told.faults:
            return


def _forked(play: Callable[[Sequence[int]], Sum], batch: Sequence[int], of: type[Sum]) -> Sum:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(msgspec.json.encode(play(batch)))
            os._exit(0)
        finally:  # nothing of the parent's may run here, whatever went wrong
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return msgspec.json.decode(said, type=of)
