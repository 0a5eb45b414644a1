"""The five aspects, and whose consent narrows the field."""

from functools import reduce

import numpy as np
import pytest

from tests.claims.case import ALLIES, AREAS, CONTINENT, MEMBERS, VOTERS, Case, Taken
from tests.claims.measures import weights
from tests.claims.space import Packages
from threebirds_rules.names import AspectId, RoleId

SEATED = (*VOTERS, "NSG")
SECURITY = ("frame", "missile", "forces", "threats")
FOUR_SPACES = ("frame", "energy", "governance", "economy")


def test_c15_the_military_technical_aspect_is_neither_negligible_nor_decisive__p21(flagship: Case) -> None:
    shares = {role: weights(flagship, role, "m")[0] for role in SEATED}
    expected = {"RUS": 0.03, "USA": 0.11, "DEU": 0.02, "FRA": 0.02, "POL": 0.06, "LTU": 0.04, "NSG": 0.15}
    assert shares == pytest.approx(expected, abs=0.005)
    assert min(shares.values()) > 0.018


@pytest.mark.parametrize(("part", "role"), [("R01_fourth_path", "FRA"), ("R19_quiet_borders", "LTU")])
def test_c15_fails_without(flagship: Case, part: Taken, role: str) -> None:
    assert weights(flagship.without(part), role, "m")[0] < 0.018


def test_c16_geopolitics_is_the_largest_aspect__p25(flagship: Case) -> None:
    for role in SEATED:
        shares = weights(flagship, role, "g", "m", "v", "t", "s")
        assert max(shares) == shares[0] > 0.44
        assert sum(shares) == pytest.approx(1, abs=0.001)


def test_c17_allies_weigh_values_more_than_russia_does__p22(flagship: Case) -> None:
    weight = {role.id: role.weights[AspectId("v")] for role in flagship.rules.roles}
    assert all(weight[RoleId(role)] > weight[RoleId("RUS")] for role in MEMBERS)


def test_c17_articles_on_the_rule_of_law_do_not_block_a_deal__p22_p23(flagship: Case) -> None:
    with_governance = flagship.zone.count(flagship.chosen(governance=(1, 2)))
    assert round(with_governance / len(flagship.zone), 2) == 0.96


def test_c17_the_quarrel_about_enlargement_is_geopolitical_underneath__p22_p23(flagship: Case) -> None:
    for role in ("RUS", "USA", "POL", "LTU"):
        geopolitics, values = (abs(flagship.impact(role, aspect, enlarge=2)) for aspect in "gv")
        assert geopolitics >= 7 > values


def pivots(case: Case) -> dict[str, float]:
    """How many times larger the zone is when a role is not asked."""
    return {role: round(len(case.zone_without(role)) / len(case.zone), 2) for role in VOTERS}


def test_c19_the_alliance_turns_on_its_leading_nation__p27_p32(flagship: Case) -> None:
    found = pivots(flagship)
    assert found == {"RUS": 10.44, "USA": 1.73, "DEU": 1.15, "FRA": 1.18, "POL": 1.24, "LTU": 1.16}
    assert max(ALLIES, key=lambda role: found[role]) == "USA"


def test_c19_fails_without_what_europeans_see_in_contributions(flagship: Case) -> None:
    found = pivots(flagship.without((AREAS, "DEU")))
    assert max(ALLIES, key=lambda role: found[role]) == "FRA"


def track(case: Case, *issues: str) -> Packages:
    """The packages in which only these issues leave the status quo."""
    return case.space.packages(case.chosen(**{issue: 0 for issue in case.space.issues if issue not in issues}))


def better_for(case: Case, texts: Packages, *roles: str) -> Packages:
    return reduce(lambda found, role: found.only(case.score(role) > 0), roles, texts)


def test_c20_a_security_track_of_russia_and_the_united_states_is_better_than_nothing__p27(flagship: Case) -> None:
    found = better_for(flagship, track(flagship, *SECURITY), "RUS", "USA")
    assert len(found) == 23
    assert found.count(flagship.only(frame=1, missile=1, threats=1)) == 1


def test_c21_on_a_civil_track_of_russia_and_europe_the_united_states_has_little_at_stake__p27_p10(
    flagship: Case,
) -> None:
    stake = np.abs(flagship.score("USA"))
    found = better_for(flagship, track(flagship, *FOUR_SPACES), "RUS", *CONTINENT).only(stake <= 5)
    assert len(found) == 12
    assert found.count(flagship.only(economy=1)) == 1
