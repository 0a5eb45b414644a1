"""The way from state to state, event by event."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from threebirds_rules.events import Event
from threebirds_rules.evolve import evolve
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


class Step(NamedTuple):
    """One event between two states."""

    before: State
    event: Event
    after: State


def steps(rules: RuleSet, state: State, events: Iterable[Event]) -> Iterator[Step]:
    """What these events lead to from `state`, one after the other."""
    for event in events:
        after = evolve(rules, state, event)
        yield Step(state, event, after)
        state = after
