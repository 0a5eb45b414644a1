"""How often somebody may do something."""


class Allowance:
    """So many a minute, and at most ten seconds' worth of them at once."""

    def __init__(self, per_minute: int, now: int) -> None:
        self._per_ms = per_minute / 60_000
        self._most = max(1.0, per_minute / 6)
        self._left = self._most
        self._at = now

    def take(self, now: int) -> int:
        """Take one and return 0, or return in how many milliseconds there is one."""
        self._left = min(self._most, self._left + max(0, now - self._at) * self._per_ms)
        self._at = now
        if self._left >= 1:
            self._left -= 1
            return 0
        return int((1 - self._left) / self._per_ms) + 1
