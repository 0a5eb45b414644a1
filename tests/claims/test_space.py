"""The arrays that the claims are read from say what the engine says."""

import numpy as np
import pytest

from tests.claims.case import BALANCE, EVERYBODY, SPECIAL, Case
from tests.claims.space import Packages
from threebirds_rules.scoring import Scorer, gauges_of


def some_packages(case: Case) -> Packages:
    chance = np.random.default_rng(68)
    return Packages(chance.integers(0, case.space.shape, size=(200, len(case.space.shape))))


@pytest.mark.parametrize("role", EVERYBODY)
def test_scores_and_needs_are_the_engines(flagship: Case, role: str) -> None:
    packages = some_packages(flagship)
    changed = flagship.without("R09_waiting").without((BALANCE, "RUS")).without((SPECIAL, "USA"))
    for case in (flagship, flagship.after("E2", "E8"), flagship.switched("view_institutions_first"), changed):
        engine = Scorer(case.mandate(role))
        assert packages.of(case.score(role)).tolist() == [engine.score(package) for package in packages.listed()]
        spare = [engine.score(package) - engine.needed(package) for package in packages.listed()]
        assert packages.of(case.spare(role)).tolist() == spare


def test_gauges_are_the_engines(flagship: Case) -> None:
    packages = some_packages(flagship)
    for place, package in enumerate(packages.listed()):
        reached = gauges_of(flagship.rules, package)
        assert {gauge: packages.of(flagship.space.gauge(gauge))[place] for gauge in reached} == reached
