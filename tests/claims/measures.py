"""What more than one test module measures."""

import numpy as np
from numpy.typing import NDArray

from tests.claims.case import BALANCE, EAST, VOTERS, Case
from tests.claims.space import Mask, Points, parts_of


def weights(case: Case, role: str, *aspects: str) -> list[float]:
    """The share of these aspects in how the role's score varies over all packages: all five add up to one."""
    own = case.mandate(role)
    score = _centred(case, case.score(role))
    parts = (_centred(case, case.space.sum(parts_of(own, aspect))) for aspect in aspects)
    return [float(np.vdot(part, score) / np.vdot(score, score)) for part in parts]


def correlation(case: Case, one: str, other: str) -> float:
    """Of two roles' scores over all packages."""
    first, second = (_centred(case, case.score(role)) for role in (one, other))
    return float(np.vdot(first, second) / np.sqrt(np.vdot(first, first) * np.vdot(second, second)))


def _centred(case: Case, points: Points) -> NDArray[np.float32]:
    around = points.astype(np.float32) - np.float32(points.mean(dtype=np.float64))
    return np.ascontiguousarray(np.broadcast_to(around, case.space.shape))


def best_for_the_east(case: Case) -> int:
    """What the more reluctant of the eastern allies has to spare, in the membership text that suits it best."""
    membership = (case.space.at(case.spare(role), enlarge=3) for role in EAST)
    return int(np.minimum(*membership).max())


def balances(case: Case) -> tuple[int, int]:
    """From where to where the balance of duties reaches in accepted packages."""
    accepted = case.zone.of(case.space.gauge(BALANCE))
    return int(accepted.min()), int(accepted.max())


def dream(case: Case, role: str) -> Mask:
    """The packages that are worth most to the role."""
    score = case.score(role)
    return score == score.max()


def dreams_that_come_true(case: Case) -> list[str]:
    return [role for role in VOTERS if case.zone.count(dream(case, role))]


def half_joined(case: Case) -> Mask:
    """An ordinary seat without openness, without the pledge not to use force, or without common standards."""
    return case.chosen(seat=2) & (case.chosen(forces=0) | case.chosen(minorities=0) | case.chosen(governance=0))
