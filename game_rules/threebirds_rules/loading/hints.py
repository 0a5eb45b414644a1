"""What somebody probably meant, for as many wrong names as can be answered within a moment."""

from collections.abc import Iterable

from threebirds_rules.loading.vocabulary import MAX_NAME
from threebirds_rules.nearest import nearest

PAIRS = 1_500_000
"""How many pairs of letters are compared for one document: hundreds of slips of the pen, in a third of a second."""


class Hints:
    """For one document. A text written to keep us busy gets no more hints at some point, and all its problems still."""

    def __init__(self, *, pairs: int = PAIRS) -> None:
        self._left = pairs

    def nearest(self, name: str, names: Iterable[str]) -> str | None:
        """The closest of `names` that is close; None if there is none, or no time to look for it."""
        if self._left <= 0 or len(name) > MAX_NAME:
            return None
        short = [one for one in names if len(one) <= MAX_NAME]
        self._left -= len(name) * sum(map(len, short))
        return nearest(name, short) if self._left > 0 else None
