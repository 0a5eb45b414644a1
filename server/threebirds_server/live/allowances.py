"""How much may be asked for: by one person over all of their sockets, and by all together who share a seat."""

from collections.abc import Hashable

from threebirds_server.live.places import Place
from threebirds_server.live.rates import Allowance
from threebirds_server.ports import Clock, Scope
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import Act, Pull, Score, Typing
from threebirds_wire.limits import SEAT_SHARES, Limits

OTHERS_PER_MINUTE = 120
MOST_KEPT = 10_000

Request = Act | Score | Pull | Typing


class Allowances:
    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._kept: dict[Hashable, Allowance] = {}

    def exceeded(self, place: Place, request: Request) -> Error | None:
        """Why this request may not be served now, if it may not."""
        # What was done already costs nothing: a client that lost its connection repeats all it has no answer for.
        if isinstance(request, Act) and place.repeats(request):
            return None
        kind, per_minute = type(request), self._per_minute(request, place.scope)
        if wait := self._wait_ms((place.principal, place.scope, kind), per_minute):
            return error("rate_limited", "That is more than one person does in this time.", after_ms=wait)
        if wait := self._wait_ms((place.table.id, place.viewer, place.scope, kind), per_minute * SEAT_SHARES):
            return error("rate_limited", "That is more than one delegation does in this time.", after_ms=wait)
        return None

    def _wait_ms(self, key: Hashable, per_minute: int) -> int:
        now = self._clock.now()
        if key not in self._kept:
            self._forget(now)
            self._kept[key] = Allowance(per_minute, now)
        return self._kept[key].take(now)

    def _forget(self, now: int) -> None:
        """Whoever has not asked for anything for a while is as good as new."""
        if len(self._kept) >= MOST_KEPT:
            self._kept = {key: kept for key, kept in self._kept.items() if not kept.full(now)}

    def _per_minute(self, request: Request, scope: Scope) -> int:
        limits, bot = self.limits, scope == "bot"
        match request:
            case Act():
                return limits.actions_per_minute_bot if bot else limits.actions_per_minute
            case Score():
                return limits.scores_per_minute_bot if bot else limits.scores_per_minute
            case Pull() | Typing():
                return OTHERS_PER_MINUTE
