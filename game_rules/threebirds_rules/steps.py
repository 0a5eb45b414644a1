"""The way from state to state, event by event."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from threebirds_rules.events import Event, RulesReplaced
from threebirds_rules.evolve import evolve
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


class Step(NamedTuple):
    """One event between two states."""

    before: State
    event: Event
    after: State


def steps(
    rules: RuleSet, state: State, events: Iterable[Event], later: Mapping[str, RuleSet] | None = None
) -> Iterator[Step]:
    """What these events lead to from `state`, one after the other.

    `later` has the rule sets that take over on the way, by digest.
    """
    for event in events:
        after = evolve(rules, state, event)
        yield Step(state, event, after)
        if isinstance(event, RulesReplaced):
            rules = (later or {})[event.digest]
        state = after
