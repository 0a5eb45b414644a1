"""Points by a gauge."""

from collections.abc import Sequence
from itertools import pairwise


def curve_points(points: Sequence[tuple[int, int]], x: int) -> int:
    """The curve at `x`: linear between its points, rounded half up, and constant outside its end points."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            run = x1 - x0
            # floor(y + 1/2) in integers: with floats two machines could round one package differently.
            return (2 * (y0 * run + (y1 - y0) * (x - x0)) + run) // (2 * run)
    return points[-1][1]
