"""A class plays with moved walk-aways: whatever is drawn, there is a zone, and it is neither tiny nor vast."""

from itertools import permutations, product

import numpy as np
import pytest

from tests.claims.case import AREAS, VOTERS, Case
from threebirds_rules.loading import load_scenario
from threebirds_rules.rekey import rekeyed, spread
from threebirds_rules.scoring import Scorer, mandate, opening

LEAST, MOST = 1900, 7200


def test_in_every_re_key_that_can_be_drawn_the_zone_stays_in_its_bounds(flagship: Case) -> None:
    """All 5,040 orders of seven moves for six voters and the Secretariat; strong donors are what is accepted."""
    near = flagship.space.packages(np.logical_and.reduce([flagship.spare(role) >= -3 for role in VOTERS]))
    spare = np.array([near.of(flagship.spare(role)) for role in VOTERS])
    strong = near.of(flagship.space.gauge(AREAS)) >= 6
    sizes = list[int]()
    for moves in permutations(spread(7, flagship.rules.rekey), 6):
        zone = (spare >= np.array(moves)[:, np.newaxis]).all(axis=0)
        sizes.append(int(zone.sum()))
        assert strong[zone].mean() > 0.998
    assert len(sizes) == 5040
    assert LEAST < min(sizes) < 4363 < max(sizes) < MOST


@pytest.mark.parametrize("seats", [("ITA",), ("GBR", "ITA")])
def test_with_optional_seats_too(flagship: Case, seats: tuple[str, ...]) -> None:
    roles = [role.id for role in flagship.rules.roles if not role.optional or role.id in seats]
    voters = [role for role in roles if role != "NSG"]
    near = flagship.space.packages(np.logical_and.reduce([flagship.spare(role) >= -3 for role in voters]))
    spare = np.array([near.of(flagship.spare(role)) for role in voters])
    for seed in range(300):
        drawn = rekeyed(roles, flagship.rules.rekey, str(seed))
        moves = np.array([drawn[role] for role in voters])
        assert LEAST < (spare >= moves[:, np.newaxis]).all(axis=0).sum() < MOST


def test_in_shield_some_eight_to_fourteen_texts_are_left_to_find() -> None:
    rules = load_scenario("shield")
    scorers = [Scorer(mandate(rules, role.id, opening(rules))) for role in rules.roles]
    surpluses = np.array([[one.surplus(package) for one in scorers] for package in product(range(3), repeat=5)])
    sizes = [int((surpluses >= moves).all(axis=1).sum()) for moves in permutations(spread(4, rules.rekey))]
    assert (min(sizes), max(sizes)) == (8, 14)


def test_the_tutorial_is_played_as_it_is_written() -> None:
    assert load_scenario("winter").rekey == 0
