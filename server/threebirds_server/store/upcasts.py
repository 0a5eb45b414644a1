"""Old shapes of events, brought up to those of this release on reading. What is stored stays as it was written."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

Body = Mapping[str, Any]


class Shape(NamedTuple):
    """An event as it stands in its row, without the words."""

    kind: str
    version: int
    body: Body


Upcast = Callable[[Body], Shape]
"""From one shape to the next. A field that holds a person's words keeps its name: they are found by it."""

UPCASTS: Mapping[tuple[str, int], Upcast] = {}
"""By the kind and the version that is left behind. An entry stays for ever: a log may be older than anybody here.

A release that is to read a version before the next one writes it has an entry that leads back from there.
"""
WRITTEN: Mapping[str, int] = {}
"""The versions of kinds that were changed; of all others there is only version 1."""


class Shapes:
    def __init__(self, steps: Mapping[tuple[str, int], Upcast], written: Mapping[str, int]) -> None:
        self._steps = steps
        self._written = written

    def version(self, kind: str) -> int:
        """The one that this release writes, and works with."""
        return self._written.get(kind, 1)

    def ours(self, shape: Shape, kinds: Collection[str]) -> Shape | None:
        """The same in the shape of this release, whose `kinds` these are; None if no step leads there."""
        while shape.kind not in kinds or shape.version != self.version(shape.kind):
            step = self._steps.get((shape.kind, shape.version))
            if step is None:
                return None
            shape = step(shape.body)
        return shape


SHAPES = Shapes(UPCASTS, WRITTEN)
