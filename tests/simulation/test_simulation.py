"""Thousands of short games with troubles, each of one seed, none of which may break a promise."""

import pytest

from tests.simulation.runs import Lane, Sum, again, finished, side_by_side, started, untried
from tests.support.long_runs import Counts, Figure

SEEDS, AT_NIGHT = 2_000, 200_000
TWICE = 20


@pytest.mark.at_most(1_200, 0)
def test_no_promise_is_broken_whatever_goes_wrong(figure: Figure, counts: Counts) -> None:
    total = side_by_side(figure(SEEDS, AT_NIGHT))
    counts(seeds=total.seeds, **{name.replace(" ", "_"): number for name, number in sorted(total.counts.items())})
    assert total.faults == [], f"Seed {total.failed}. To play it again: {again(total.failed or 0)}"
    assert untried(total) == []


def test_a_seed_is_one_run_step_by_step_under_any_hash_seed() -> None:
    digests = [finished(started(Lane(0, TWICE), hash_seed=hash_seed), Sum).digests for hash_seed in ("1", "2")]
    assert len(set(digests[0])) == TWICE
    assert digests[0] == digests[1]
