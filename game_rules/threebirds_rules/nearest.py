"""The name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The closest of `names`, whatever the case of its letters, or None if none is close."""
    lower = {known.lower(): known for known in sorted(names, reverse=True)}
    found = get_close_matches(name.lower(), lower, n=1)
    return lower[found[0]] if found else None
