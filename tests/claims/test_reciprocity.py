"""Duties on both sides: who begins, who pays, and who dreams."""

import pytest

from tests.claims.case import BALANCE, DEPTH, EVERYBODY, MEMBERS, OF_ALLIES, OF_RUSSIA, SOVEREIGNTY, VOTERS, Case, Taken
from tests.claims.measures import balances, dream, dreams_that_come_true
from tests.claims.space import Mask

SOVEREIGNTY_CURVE = (SOVEREIGNTY, "RUS")
DEPTH_CURVE = (DEPTH, "RUS")
BALANCE_CURVE = (BALANCE, "RUS")


def test_c13_lopsided_packages_are_never_accepted__p19(flagship: Case) -> None:
    assert balances(flagship) == (-1, 7)


def test_c13_a_side_that_alone_has_duties_refuses__p19(flagship: Case) -> None:
    russia_alone = flagship.where(OF_RUSSIA, low=1) & flagship.where(OF_ALLIES, high=0)
    allies_alone = flagship.where(OF_ALLIES, low=1) & flagship.where(OF_RUSSIA, high=0)
    assert flagship.space.count(russia_alone) == 92
    assert flagship.space.count(allies_alone) == 20
    assert not (russia_alone & flagship.accepts("RUS")).any()
    assert not any((allies_alone & flagship.accepts(role)).any() for role in MEMBERS)


@pytest.mark.parametrize("part", [BALANCE_CURVE, DEPTH_CURVE, SOVEREIGNTY_CURVE])
def test_c13_fails_without(flagship: Case, part: Taken) -> None:
    assert balances(flagship.without(part)) == (-1, 8)


def both_have_duties(case: Case) -> Mask:
    return case.where(OF_RUSSIA, low=5) & case.where(OF_ALLIES, low=3)


def test_c14_paired_steps_beat_waiting_for_the_other__p19(flagship: Case) -> None:
    where = both_have_duties(flagship)
    gains = {role: round(flagship.gain(role, sequence=(0, 3), where=where), 1) for role in EVERYBODY}
    expected = {"RUS": 4.9, "USA": 8, "DEU": 11, "FRA": 8, "POL": 11, "LTU": 8, "GBR": 8, "ITA": 2, "NSG": 12}
    assert gains == pytest.approx(expected, abs=0.05)


def test_c14_paired_steps_are_better_in_nearly_every_package__p19(flagship: Case) -> None:
    where = flagship.space.at(both_have_duties(flagship), sequence=0)
    shares = {role: float((flagship.changes(role, sequence=(0, 3)) > 0)[where].mean()) for role in EVERYBODY}
    assert {role: round(share, 2) for role, share in shares.items()} == dict.fromkeys(EVERYBODY, 1.0) | {"RUS": 0.99}


def test_c14_fails_without_the_rule_about_waiting(flagship: Case) -> None:
    assert flagship.without("R09_waiting").gain("RUS", sequence=(0, 3), where=both_have_duties(flagship)) < 0


def test_c45_nobody_can_have_victory__p26_p66(flagship: Case) -> None:
    assert dreams_that_come_true(flagship) == []


def test_c45_russia_refuses_what_the_east_and_the_united_states_dream_of__p26_p66(flagship: Case) -> None:
    surplus = flagship.surplus("RUS")
    in_dreams = {role: surplus[dream(flagship, role)] for role in VOTERS}
    first = {role: int(found[0]) for role, found in in_dreams.items()}
    assert first == {"RUS": 94, "USA": -34, "DEU": -19, "FRA": -11, "POL": -66, "LTU": -84}
    assert max(in_dreams[role].max() for role in ("USA", "POL", "LTU")) == -34


@pytest.mark.parametrize("part", [DEPTH_CURVE, SOVEREIGNTY_CURVE])
def test_c45_fails_without(flagship: Case, part: Taken) -> None:
    assert dreams_that_come_true(flagship.without(part)) == ["FRA"]
