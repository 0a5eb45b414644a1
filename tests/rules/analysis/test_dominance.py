"""Which vectors nothing beats, with moocore and without it."""

import runpy
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threebirds_rules.analysis import dominance
from threebirds_rules.analysis.dominance import survivors, undominated, undominated_by_numpy, undominated_in_bits

rows = st.integers(1, 4).flatmap(
    lambda parties: st.lists(st.lists(st.integers(-3, 3), min_size=parties, max_size=parties), min_size=1, max_size=40)
)


def beats(one: Sequence[int], other: Sequence[int]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


@given(rows)
def test_what_nothing_beats_is_kept_with_all_its_equals(vectors: list[list[int]]) -> None:
    expected = [not any(beats(other, one) for other in vectors) for one in vectors]
    assert undominated_by_numpy(np.array(vectors)).tolist() == expected
    in_bits = undominated_in_bits(np.array(vectors))
    assert in_bits is not None
    assert in_bits.tolist() == expected


@pytest.mark.parametrize(("count", "values"), [(300, 30), (3_000, 30), (3_000, 10**6), (9_000, 30)])
def test_all_ways_agree_on_many_vectors(count: int, values: int) -> None:
    drawn = np.random.default_rng(7).integers(0, values, (count, 4))
    assert undominated(drawn).tolist() == undominated_by_numpy(drawn).tolist()


def test_bits_are_for_few_different_values() -> None:
    drawn = np.random.default_rng(7).integers(0, 10**6, (3_000, 4))
    assert undominated_in_bits(drawn) is None
    assert undominated_in_bits(drawn % 30) is not None


@given(rows)
def test_survivors_are_all_that_is_not_beaten_and_little_else(vectors: list[list[int]]) -> None:
    strong = np.array(vectors)
    kept = survivors(list(strong.T), strong).tolist()
    best = np.flatnonzero(undominated_by_numpy(strong)).tolist()
    assert set(best) <= set(kept)
    assert len(kept) - len(best) <= len(vectors) / 2


def test_moocore_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moocore", None)
    without = runpy.run_path(dominance.__file__)
    assert without["moocore"] is None
    drawn = np.random.default_rng(7).integers(0, 30, (500, 4))
    assert without["undominated"](drawn).tolist() == undominated(drawn).tolist()
