"""Solution points are decided in integers and fractions: where floating point sees a tie, there need not be one."""

import numpy as np

from threebirds_rules.analysis.solutions import Points, kalai_smorodinsky, nash
from threebirds_rules.names import RoleId

LARGE = 3_000_000_019


def two_packages(one: list[int], other: list[int]) -> Points:
    return Points([RoleId("NOR"), RoleId("SOU")], np.array([one, other]), np.array([[0], [1]], np.uint8))


def test_products_that_differ_by_one_in_nineteen_digits_are_no_tie() -> None:
    assert float(LARGE * LARGE) == float((LARGE - 1) * (LARGE + 1))
    for packages in ([LARGE - 1, LARGE + 1], [LARGE, LARGE]), ([LARGE, LARGE], [LARGE + 1, LARGE - 1]):
        found = nash(two_packages(*packages))
        assert found is not None
        assert found.ties == 1
        assert set(found.points[0].surpluses.values()) == {LARGE}


def test_equal_products_are_a_tie() -> None:
    found = nash(two_packages([2 * LARGE, LARGE], [LARGE, 2 * LARGE]))
    assert found is not None
    assert found.ties == 2


def test_shares_that_differ_in_the_last_digit_are_no_tie() -> None:
    ideal = 1 << 50
    found = kalai_smorodinsky(two_packages([ideal - 2, ideal - 1], [ideal - 1, ideal - 1]), [ideal, ideal])
    assert found is not None
    assert (found.ties, found.points[0].package) == (1, (1,))
