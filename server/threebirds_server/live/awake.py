"""Time as a connection counts it: what passed while this process was awake, by whatever clock.

While a lid is closed nobody can be heard, and when a clock is set nothing has passed: neither is a client's silence.
"""

from threebirds_server.ports import Clock

LONGEST_STEP_MS = 15_000
"""Somebody looks every ten seconds; between two looks that are farther apart the process was away, or its clock set."""


class Awake:
    """Milliseconds since this was made; they never go back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen_at = clock.now()
        self._passed = 0

    def now(self) -> int:
        at = self._clock.now()
        step, self._seen_at = at - self._seen_at, at
        if 0 < step <= LONGEST_STEP_MS:
            self._passed += step
        return self._passed

    def on_the_clock(self, at: int) -> int:
        """When a time counted here comes, by the clock as it is now."""
        return self._clock.now() + at - self.now()
