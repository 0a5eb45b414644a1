"""Every mistake in `mutants/` is noticed, by the simulation or by a test that is named in it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.simulation.mutation import LANES, MOST, MUTANTS, SQLITE, Mutant, Verdict, ran_tests, tried
from tests.simulation.runs import ROOT, played
from tests.support.long_runs import Counts, Figure

UNPATCHED = 30
NAMED = {
    "ack_before_commit",
    "broadcast_before_commit",
    "snapshot_then_subscribe",
    "subscribe_then_snapshot",
    "broadcast_outside_the_order",
    "rebroadcast_on_retry",
    "dedup_dropped_after_restart",
    "synchronous_normal",
    "global_number_in_frames",
    "initial_state_unfiltered",
    "refusal_echoed_to_others",
    "old_holder_accepted",
    "bot_ignores_pause",
    "resume_one_too_early",
    "resume_one_too_late",
    "authority_at_connect_only",
}
"""Those of the test plan."""


def test_those_of_the_plan_are_there() -> None:
    assert sorted(NAMED - {mutant.name for mutant in MUTANTS}) == []


@pytest.mark.at_most(1_200, 0)
def test_every_mutant_is_killed(figure: Figure, counts: Counts, tmp_path: Path) -> None:
    def verdict(mutant: Mutant) -> Verdict:
        return tried(mutant, tmp_path / mutant.name)

    chosen = [mutant for mutant in MUTANTS if mutant.quick or figure(0, 1)]
    with ThreadPoolExecutor(LANES) as lanes:
        verdicts = list(lanes.map(verdict, chosen))
    counts(mutants=len(verdicts), of=len(MUTANTS), seeds=sum(verdict.seeds for verdict in verdicts))
    assert [verdict.mutant.name for verdict in verdicts if not verdict.applied] == []
    assert [verdict.mutant.name for verdict in verdicts if verdict.why is None] == []


@pytest.mark.at_most(1_200, 0)
def test_what_kills_a_mutant_passes_without_it(figure: Figure) -> None:
    """The seeds of most of them are among those of the simulation's own test."""
    killers = [mutant.killer for mutant in MUTANTS if not mutant.by_seeds]
    places = sorted({place for killer in killers for place in killer if place.endswith(".py")})
    words = sorted({killer[-1] for killer in killers if "-k" in killer})
    done = ran_tests(["-k", f"({' or '.join(words)}) and not postgres", *places], ROOT)
    assert done.returncode == 0, done.stdout
    assert played(range(figure(UNPATCHED, MOST)), SQLITE).faults == []


def test_a_patch_that_does_not_apply_is_told(tmp_path: Path) -> None:
    patch = tmp_path / "old.patch"
    patch.write_text(MUTANTS[0].patch.read_text().replace("self", "shelf"))
    assert tried(Mutant(patch), tmp_path / "tree") == Verdict(Mutant(patch), applied=False, why=None)
