"""Work shared among threads: numpy and moocore let others run while they compute."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_AHEAD = 2
"""How many results for each thread may wait to be taken: they take memory."""


class Crew:
    """So many threads; with one, everything is done by whoever asks. Raises ValueError for fewer than one."""

    def __init__(self, threads: int) -> None:
        if threads < 1:
            raise ValueError(f"{threads} threads are too few: at least 1 is needed")
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, work: Callable[[Thing], Result], things: Iterable[Thing]) -> Iterator[Result]:
        """The results in the order of the things, however long each takes."""
        if self._pool is None:
            yield from map(work, things)
            return
        ahead: deque[Future[Result]] = deque()
        for thing in things:
            ahead.append(self._pool.submit(work, thing))
            if len(ahead) > _AHEAD * self._threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
