"""Wrong guesses by network address. A whole class sits behind one address, so what is right is never counted."""

from collections import deque

from threebirds_server.ports import Clock
from threebirds_wire.errors import Error, error

WINDOW_MS = 10 * 60 * 1_000
MOST_FAILURES = 30
"""In a class of thirty everybody mistypes once."""


class Failures:
    """A right guess is let in at any time: with 30^8 codes the limit keeps logs short, chance keeps doors shut."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_address: dict[str, deque[int]] = {}

    def failed(self, address: str, because: Error) -> Error:
        """The answer to one more wrong guess from this address: what was wrong with it, or that it was one too many."""
        now = self._clock.now()
        self._forget(now - WINDOW_MS)
        recent = self._by_address.setdefault(address, deque(maxlen=MOST_FAILURES + 1))
        recent.append(now)
        if len(recent) <= MOST_FAILURES:
            return because
        wait = recent[0] + WINDOW_MS - now
        return error("rate_limited", "Too many wrong guesses from your network; wait a little.", after_ms=wait)

    def _forget(self, before: int) -> None:
        for address, recent in tuple(self._by_address.items()):
            while recent and recent[0] <= before:
                recent.popleft()
            if not recent:
                del self._by_address[address]
