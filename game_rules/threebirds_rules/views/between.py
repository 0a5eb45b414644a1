"""Two states of one table, and which fields of the state are other than before."""

from collections.abc import Iterator, Sequence
from itertools import compress, count
from operator import is_not
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from threebirds_rules.play import SCORING_FIELDS, seated
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.recall import Recall

Item = TypeVar("Item")

SCORING = frozenset(SCORING_FIELDS)
"""The fields of the state that touch scores."""

ANYBODY = Viewer("observer")
"""Through whose eyes is looked at what all see alike."""


class Between:
    """`moved` are the fields that are not the very same: what stands in the others cannot have changed."""

    def __init__(self, rules: RuleSet, before: State, after: State, recall: Recall) -> None:
        self.rules = rules
        self.before = before
        self.after = after
        self.recall = recall
        self.moved = moved_fields(before, after)
        self.scoring = not self.moved.isdisjoint(SCORING) and scoring_of(before) != scoring_of(after)
        """Whether scores may have moved; also whenever somebody takes or loses a seat, and so the viewer's role."""

        self._seated = recall.seated(before)
        self._seated_now = self._seated if before.seats is after.seats else recall.seated(after)

    @property
    def was(self) -> Lens:
        """What all see alike."""
        return self.old(ANYBODY)

    @property
    def now(self) -> Lens:
        return self.new(ANYBODY)

    def old(self, viewer: Viewer) -> Lens:
        return Lens(self.rules, self.before, viewer, self.recall, self._seated)

    def new(self, viewer: Viewer) -> Lens:
        return Lens(self.rules, self.after, viewer, self.recall, self._seated_now)


def moved_fields(before: Struct, after: Struct) -> frozenset[str]:
    """Of two structs of one type."""
    return frozenset(compress(before.__struct_fields__, map(is_not, astuple(before), astuple(after))))


def replaced(before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[int, Item, Item]]:
    """Those that are not the very same any more: their place, as they were, as they are; without what was added."""
    return compress(zip(count(), before, after), map(is_not, before, after))


def scoring_of(state: State) -> tuple[object, ...]:
    """What every seat's points hang on."""
    return (seated(state), state.switches, state.rekey, state.woken, state.tracks, state.shifts, state.offsets)
