"""How often somebody may do something."""

MINUTE_MS = 60_000


class Allowance:
    """So many a minute, and at most ten seconds' worth of them at once. Counted in whole numbers, so exactly."""

    def __init__(self, per_minute: int, now: int) -> None:
        self._per_minute = per_minute
        self._most = max(MINUTE_MS, per_minute * MINUTE_MS // 6)
        self._left = self._most
        self._at = now

    def full(self, now: int) -> bool:
        """Whether nothing of it has been taken lately."""
        return self._left + max(0, now - self._at) * self._per_minute >= self._most

    def take(self, now: int) -> int:
        """Take one and return 0, or return in how many milliseconds there is one."""
        self._left = min(self._most, self._left + max(0, now - self._at) * self._per_minute)
        self._at = now
        if self._left >= MINUTE_MS:
            self._left -= MINUTE_MS
            return 0
        return -((self._left - MINUTE_MS) // self._per_minute)
