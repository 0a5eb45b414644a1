"""The history checker: every promise about order, loss and repetition, in time linear in the history.

`check(history)` takes records as `history` describes them and gives a `Report`. The names of the checks are those of
the test plan (C1 to C14), and six of the protocol's own: the frames up to `n` come before the reply, a ping's head is
what was sent, snapshots are what the log gives, hints tell of nobody in secret, who has lost a seat hears nothing more,
and what was meant for one phase is not done in another.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tests.simulation import log_checks, wire_checks
from tests.simulation.evidence import Evidence, Violation
from tests.simulation.history import History

Check = Callable[[Evidence, Counter[str]], Iterator[Violation]]

CHECKS: tuple[Check, ...] = (
    log_checks.dense,
    log_checks.once,
    log_checks.no_ghosts,
    log_checks.one_outcome,
    wire_checks.no_gap,
    wire_checks.same_bytes,
    wire_checks.real_time,
    wire_checks.after_commit,
    log_checks.paused,
    log_checks.one_hand,
    log_checks.on_time,
    wire_checks.at_head,
    wire_checks.folds,
    log_checks.resolved,
    wire_checks.snapshots,
    wire_checks.hints,
    wire_checks.revoked,
    log_checks.in_its_phase,
)


class Report(NamedTuple):
    """`counted` says how often each check had something to look at: one that had nothing has shown nothing."""

    violations: tuple[Violation, ...]
    counted: Mapping[str, int]


def check(history: History) -> Report:
    evidence = Evidence(history)
    counted: Counter[str] = Counter()
    violations = [violation for one in CHECKS for violation in one(evidence, counted)]
    return Report(tuple(violations), counted)
