"""Sovereignty, membership, and what they stand for."""

from itertools import pairwise

import pytest

from tests.claims.case import EAST, EVERYBODY, SOVEREIGNTY, Case, Taken
from tests.claims.measures import best_for_the_east
from threebirds_rules.scoring import curve_points

SIX_FAVOURABLE = ("E2", "E5", "E6", "E9", "E10", "E15")


def lowest_accepted(case: Case) -> int:
    return int(case.zone.of(case.space.gauge(SOVEREIGNTY)).min())


def test_c07_each_cession_of_sovereignty_costs_russia_more_than_the_last__p33(flagship: Case) -> None:
    curve = next(curve for curve in flagship.mandate("RUS").curves if curve.gauge == SOVEREIGNTY)
    at = [curve_points(curve.points, kept) for kept in (4, 8, 12, 16, 20)]
    assert [(more - less) / 4 for less, more in pairwise(at)] == [4, 3, 2, 1]


def test_c07_sovereignty_is_not_for_sale_for_trade__p33(flagship: Case) -> None:
    assert lowest_accepted(flagship) == 8


@pytest.mark.parametrize("part", ["R10_symbol", (SOVEREIGNTY, "RUS")])
def test_c07_fails_without(flagship: Case, part: Taken) -> None:
    assert lowest_accepted(flagship.without(part)) == 6


def test_c08_full_membership_fails_the_consensus_in_every_package__p15_p35_p36(flagship: Case) -> None:
    assert best_for_the_east(flagship) == -7


def test_c08_no_single_event_opens_the_door_to_membership__p15_p17_p36(flagship: Case) -> None:
    opened = [
        card.id for card in flagship.rules.cards if flagship.after(card.id).zone.count(flagship.chosen(enlarge=3))
    ]
    assert opened == []


def test_c08_the_door_is_not_absolutely_immovable__p17(flagship: Case) -> None:
    assert flagship.after(*SIX_FAVOURABLE).zone.count(flagship.chosen(enlarge=3)) == 4


def test_c08_fails_without_the_symbol(flagship: Case) -> None:
    assert best_for_the_east(flagship.without("R10_symbol")) > 0


def test_c09_the_eastern_objection_is_a_symbol_and_not_fear__p15(flagship: Case) -> None:
    reassured = flagship.chosen(conflicts=(1, 2), forces=(1, 2), minorities=(1, 2), energy=(1, 2))
    falls = {
        role: [round(flagship.gain(role, enlarge=(0, 3), where=where), 1) for where in (reassured, ~reassured)]
        for role in EAST
    }
    assert falls == {"POL": [-58.8, -59.7], "LTU": [-61.8, -62.7]}


def test_c09_fails_without_the_symbol(flagship: Case) -> None:
    assert all(flagship.without("R10_symbol").gain(role, enlarge=(0, 3)) > 0 for role in EAST)


def test_c10_some_europeans_see_no_problem_in_one_alliance_with_russia__p9_p15(flagship: Case) -> None:
    worth = {role: flagship.worth(role, enlarge=3) for role in EVERYBODY}
    expected = {"RUS": 6, "USA": -3, "DEU": 5, "FRA": -1, "POL": 4, "LTU": 5, "NSG": -1, "GBR": -5, "ITA": 11}
    assert worth == expected
    named = {role for rule in flagship.rules.rules if rule.id == "R10_symbol" for role in rule.points}
    assert not {"DEU", "FRA", "ITA"} & named


def test_c11_membership_calms_russia_and_costs_it_freedom__p16_p35(flagship: Case) -> None:
    assert [flagship.impact("RUS", aspect, enlarge=3) for aspect in "mgs"] == [8, -7, 5]
    assert flagship.moved(SOVEREIGNTY, enlarge=3) == -4


def strain(case: Case) -> tuple[float, float]:
    """What a common line on Iran costs Russia where it is bound to the West, and where it is not."""
    bound, free = case.where(SOVEREIGNTY, high=10), case.where(SOVEREIGNTY, low=14)
    ends = [case.gain("RUS", threats=(0, 2), where=case.space.at(where, threats=2)) for where in (bound, free)]
    return ends[0], ends[1]


def test_c44_the_more_russia_is_bound_to_the_west_the_more_its_other_ties_are_strained__p11(flagship: Case) -> None:
    bound, free = strain(flagship)
    assert (round(bound, 1), round(free, 1)) == (-23.3, -15.6)


def test_c44_fails_without_the_risk_of_alignment(flagship: Case) -> None:
    bound, free = strain(flagship.without("R27_alignment_risk"))
    assert bound > free - 3
