"""Walk-aways moved by a few points, so that nobody finds them where the scenario is published.

The moves are spread evenly and add up to nothing, so that no table is much easier than another; who gets which is
drawn from the table's seed and written where it opens. Each role finds its own in its mandate, and nobody else's.
"""

from collections.abc import Mapping, Sequence

from threebirds_rules.chance import shuffled
from threebirds_rules.names import RoleId


def rekeyed(roles: Sequence[RoleId], most: int, seed: str) -> Mapping[RoleId, int]:
    """By role, in their order, what is added to its walk-away: at most `most` points, up or down."""
    moves = dict(zip(shuffled(roles, seed, "rekey"), spread(len(roles), most), strict=True))
    return {role: moves[role] for role in roles}


def spread(count: int, most: int) -> tuple[int, ...]:
    """`count` numbers (two at least) from -most to most, evenly, rounded toward 0: their sum is 0."""
    ends = count - 1
    steps = (2 * place - ends for place in range(count))
    return tuple((1 if step > 0 else -1) * (most * abs(step) // ends) for step in steps)
