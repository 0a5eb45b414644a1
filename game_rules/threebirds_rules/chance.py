"""Chance without a generator: every draw is a hash of the table's secret seed and what it is for.

The same purpose gives the same draw whatever happened before, so that neither the length of the log nor anybody's
secret action can be read from a draw.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Item = TypeVar("Item")


def _drawn(seed: str, purpose: tuple[str | int, ...], size: int) -> bytes:
    words = "\x1f".join(map(str, (seed, *purpose)))
    return blake2b(words.encode(), digest_size=size).digest()


def draw(seed: str, *purpose: str | int) -> int:
    """A whole number of 64 bits."""
    return int.from_bytes(_drawn(seed, purpose, 8), "big")


def token(seed: str, *purpose: str | int) -> str:
    """An id of 16 hex digits that nobody without the seed can guess."""
    return _drawn(seed, purpose, 8).hex()


def shuffled(items: Sequence[Item], seed: str, *purpose: str | int) -> tuple[Item, ...]:
    """The items in an order drawn from the seed."""
    places = sorted(range(len(items)), key=lambda place: draw(seed, *purpose, place))
    return tuple(items[place] for place in places)
