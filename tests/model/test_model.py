"""The real service and a reference of two hundred lines, side by side through anything that may happen at a table."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.bench import Bench
from tests.model.machine import AtTheTable
from tests.simulation.servers import quick_loading
from tests.support.long_runs import Counts, Figure

STEPS = 60
SEEN_DONE = (
    "say: done",
    "say: refused",
    "repeated: the same",
    "repeated: another body",
    "repeated: another person",
    "restarted",
    "came back: replay",
    "came back: snapshot",
    "paused",
    "removed",
    "phases closed by the clock",
)
"""Without these the tables would have seen too little."""


def compared(bench: Bench, examples: int) -> Counter[str]:
    """Play so many tables; the same ones in every run."""
    done: Counter[str] = Counter()

    class Machine(AtTheTable):
        pass

    Machine.bench, Machine.done = bench, done
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    try:
        with quick_loading():
            run_state_machine_as_test(Machine, settings=chosen)
    finally:
        bench.finish()
    return done


@pytest.mark.at_most(600, 7_200)
def test_a_table_on_sqlite_does_what_the_reference_does(tmp_path: Path, figure: Figure, counts: Counts) -> None:
    examples = figure(300, 20_000)
    done = compared(Bench(tmp_path), examples)
    counts(steps=STEPS, **dict(sorted(done.items())))
    assert done["tables"] >= examples
    assert min(done[what] for what in SEEN_DONE) > 0


@pytest.mark.at_most(600, 7_200)
def test_a_table_on_postgresql_does_what_the_reference_does(
    tmp_path: Path, database_url: str, figure: Figure, counts: Counts
) -> None:
    examples = figure(20, 2_000)
    done = compared(Bench(tmp_path, database_url), examples)
    counts(steps=STEPS, **dict(sorted(done.items())))
    assert done["tables"] >= examples
    assert min(done["say: done"], done["repeated: the same"], done["restarted"]) > 0
