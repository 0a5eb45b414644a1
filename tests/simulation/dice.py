"""Chance by seed: the same seed throws the same numbers under any hash seed and on any machine."""

from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct
from typing import TypeVar

Item = TypeVar("Item")

BLOCK = 64
NUMBERS = Struct(f">{BLOCK // 4}I")


class Dice:
    """Each purpose has dice of its own, so that one more throw here changes nothing there."""

    def __init__(self, *seed: str | int) -> None:
        self._key = "/".join(map(str, seed)).encode()
        self._blocks = 0
        self._left: list[int] = []

    def of(self, purpose: str | int) -> "Dice":
        return Dice(self._key.decode(), purpose)

    def number(self) -> int:
        """32 bits."""
        if not self._left:
            block = blake2b(self._key + self._blocks.to_bytes(8, "big"), digest_size=BLOCK).digest()
            self._blocks += 1
            self._left = list(NUMBERS.unpack(block))
        return self._left.pop()

    def below(self, limit: int) -> int:
        return self.number() % limit

    def between(self, low: int, high: int) -> int:
        """Both included."""
        return low + self.number() % (high - low + 1)

    def once_in(self, times: int) -> bool:
        return self.number() % times == 0

    def one_of(self, items: Sequence[Item]) -> Item:
        return items[self.number() % len(items)]

    def hex(self, digits: int) -> str:
        return "".join(f"{self.number():08x}" for _ in range(-(-digits // 8)))[:digits]
