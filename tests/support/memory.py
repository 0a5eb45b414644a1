"""How much memory this process takes."""

import sys
from resource import RUSAGE_SELF, getrusage


def highest_memory() -> float:
    """Megabytes at its highest."""
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit / 1e6
