"""How fast the engine is: `python -m tests.benchmarks.engine` prints each figure beside what it may be.

Not a part of the suite: a figure says something only on a machine that does nothing else. The mix of a table in play:
60 % say, 15 % support, 10 % amend, 10 % vote, 5 % table, on the largest scenario with ten viewers.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from statistics import fmean
from time import process_time, process_time_ns
from typing import NamedTuple

from tests.support.mix import MIX, SCENARIO, Asked, Mixed, some_packages
from tests.support.tables import NOON
from tests.support.wandering import everybody
from threebirds_rules.engine import Step, advance, evolve, steps
from threebirds_rules.events import Event
from threebirds_rules.loading import load, load_scenario, scenario_text
from threebirds_rules.refusals import Refused
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Panel, explain, mandate, opening
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import Passage, Recall

ACTIONS = 400
LOGGED = 5_000
REPEATS = 5


class Figure(NamedTuple):
    """`limit` and `measured` in microseconds."""

    name: str
    measured: float
    limit: float


def seconds(work: Callable[[], object]) -> float:
    """CPU time of the quickest of several runs."""
    best = float("inf")
    for _ in range(REPEATS):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def action_figures() -> list[Figure]:
    mixed = Mixed(7)
    before = list(mixed.table.log)
    played = mixed.play(ACTIONS)
    runs = [_spent(mixed.table.rules, before, played, everybody(mixed.table)) for _ in range(REPEATS)]
    spent = list(map(min, *runs))
    kinds = [type(one.action).__name__.lower() for one in played]
    each = {kind: fmean(compress(spent, [one == kind for one in kinds])) for kind in dict.fromkeys(MIX)}
    return [
        Figure("an action for all viewers (the mix)", fmean(each[kind] for kind in MIX), 60),
        *(Figure(f"  of these: {kind}", time, 60) for kind, time in each.items()),
    ]


def _spent(rules: RuleSet, before: Sequence[Event], played: Sequence[Asked], viewers: Sequence[Viewer]) -> list[float]:
    """Microseconds for each of the actions, played one after the other at a table that has come so far."""
    recall = Recall(rules)
    state = _shown(recall, rules, steps(rules, State(), before), viewers)
    found: list[float] = []
    for one in played:
        began = process_time_ns()
        taken = advance(rules, state, one.actor, one.action, NOON, given=one.given)
        assert not isinstance(taken, Refused)
        state = _shown(recall, rules, taken, viewers)
        found.append((process_time_ns() - began) / 1e3)
    return found


def _shown(recall: Recall, rules: RuleSet, taken: Iterable[Step], viewers: Sequence[Viewer]) -> State:
    """Every viewer's changes, step by step; the state at the end."""
    state = State()
    for step in taken:
        passage = Passage(rules, step.before, step.after, recall)
        for viewer in viewers:
            passage.changes(viewer)
        state = step.after
    return state


def fold_figure() -> Figure:
    mixed = Mixed(8)
    mixed.play(LOGGED - len(mixed.table.log))
    log, rules = mixed.table.log[:LOGGED], mixed.table.rules

    def fold() -> None:
        state = State()
        for event in log:
            state = evolve(rules, state, event)

    return Figure(f"fold a log of {len(log):,} events", seconds(fold) * 1e6, 100_000)


def load_figure() -> Figure:
    text = scenario_text(SCENARIO)
    return Figure("load and compile the scenario", seconds(lambda: load(text, source=SCENARIO)) * 1e6, 150_000)


def score_figures() -> list[Figure]:
    rules = load_scenario(SCENARIO)
    mandates = [mandate(rules, role.id, opening(rules)) for role in rules.roles]
    panel = Panel(mandates)
    packages = some_packages(rules, 1_000, 9)
    scored = seconds(lambda: [panel.scores(package) for package in packages])
    told = seconds(lambda: [explain(own, package) for package in packages[:100] for own in mandates])
    return [
        Figure("score of one package for all nine roles", scored / len(packages) * 1e6, 30),
        Figure("explain one package to one role", told / 100 / len(mandates) * 1e6, 1_000),
    ]


def main() -> None:
    sys.stdout.write(f"{'':42}{'measured':>12}{'at most':>12}{'ratio':>8}\n")
    for one in (*action_figures(), fold_figure(), load_figure(), *score_figures()):
        ratio = one.measured / one.limit
        sys.stdout.write(f"{one.name:42}{one.measured:>9,.1f} us{one.limit:>9,.0f} us{ratio:>8.2f}\n")


if __name__ == "__main__":
    main()
