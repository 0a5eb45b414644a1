"""How much one person may ask for, over all of their sockets."""

from threebirds_server.live.rates import Allowance
from threebirds_server.ports import Clock
from threebirds_wire.frames import Act, Pull, Score, Typing
from threebirds_wire.limits import Limits

OTHERS_PER_MINUTE = 120

Request = Act | Score | Pull | Typing


class Allowances:
    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._kept: dict[tuple[str, type[Request]], Allowance] = {}

    def wait_ms(self, principal: str, request: Request) -> int:
        """0 if this request may be served now, else in how many milliseconds it may."""
        now = self._clock.now()
        key = (principal, type(request))
        if key not in self._kept:
            self._kept[key] = Allowance(self._per_minute(request), now)
        return self._kept[key].take(now)

    def _per_minute(self, request: Request) -> int:
        match request:
            case Act():
                return self.limits.actions_per_minute
            case Score():
                return self.limits.scores_per_minute
            case Pull() | Typing():
                return OTHERS_PER_MINUTE
