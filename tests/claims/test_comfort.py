"""Who is comfortable with things as they are, what holds them there, and what moves them."""

import numpy as np
import pytest

from tests.claims.case import ALLIES, CONTINENT, EVERYBODY, OBJECTIVE, VOTERS, Case, Taken
from tests.claims.mediator import Mediator

TREATY_OF_2009 = {"frame": 2, "seat": 1, "status": 3}


def test_c01_the_allies_are_comfortable_and_russia_is_not__p32_p36_p46(flagship: Case) -> None:
    comfort = {role: flagship.mandate(role).walk_away for role in EVERYBODY}
    assert comfort.pop("RUS") == 8
    assert (min(comfort.values()), max(comfort.values())) == (18, 39)


def test_c02_the_treaty_as_tabled_in_2009_suits_russia_and_no_ally__p31_p32_p40_p65(flagship: Case) -> None:
    treaty = flagship.space.packages(flagship.only(**TREATY_OF_2009))
    spare = {role: int(treaty.of(flagship.spare(role))[0]) for role in VOTERS}
    assert spare == {"RUS": 38, "USA": -98, "DEU": -80, "FRA": -69, "POL": -89, "LTU": -91}
    assert all(treaty.of(flagship.score(role))[0] < 0 for role in ALLIES)


def test_c03_the_west_is_in_no_hurry__p32_p40_p46(flagship: Case) -> None:
    assert len(flagship.zone) == 4363
    assert len(flagship.zone) / flagship.space.size < 0.001
    assert flagship.zone.changed().min() == 9


def test_c04_every_objective_shock_makes_texts_acceptable_that_were_not__p41_p40(flagship: Case) -> None:
    zones = {card: len(flagship.after(card).zone) for card in OBJECTIVE}
    assert zones == {"E1": 8897, "E2": 12541, "E6": 14241, "E7": 10662, "E10": 5725, "E12": 7626, "E13": 6977}
    for card in OBJECTIVE:
        assert set(flagship.after(card).zone.listed()) - set(flagship.zone.listed()), card
    assert min(zones.values()) > len(flagship.zone)


def test_c04_is_about_every_card_that_is_laid_to_arrangements__p41(flagship: Case) -> None:
    assert tuple(card.id for card in flagship.rules.cards if card.kind == "objective") == OBJECTIVE


def test_c06_allies_want_calm_and_not_limits_on_the_shield__p32(flagship: Case) -> None:
    for role in (*CONTINENT, "ITA"):
        assert flagship.impact(role, "m", missile=3) <= 0
        assert flagship.impact(role, "t", missile=2) > 0


def test_c48_a_treaty_makes_headway_only_as_comfort_erodes__p41_p40(flagship: Case) -> None:
    shocks = ((), ("E1", "E2"), ("E2", "E6"), ("E12", "E13"))
    treaties = [flagship.after(*cards).zone.count(flagship.chosen(frame=2)) for cards in shocks]
    assert treaties == [1114, 5540, 8141, 3814]
    assert min(treaties[1:]) > treaties[0]


def stops(case: Case, trades: int) -> dict[str, int]:
    """Where small improvements from the status quo end: the articles that leave it."""
    text = Mediator(case).settles(trades=trades)
    return {issue: option for issue, option in zip(case.space.issues, text, strict=True) if option}


def test_c49_small_improvements_end_outside_and_short_of_agreement__p40_p48_p52(flagship: Case) -> None:
    single, pairs = stops(flagship, 1), stops(flagship, 2)
    shared = {"frame": 1, "seat": 1, "conflicts": 1, "minorities": 1, "threats": 1}
    assert single == shared | {"sequence": 3, "economy": 3}
    assert pairs == shared | {"sequence": 1, "missile": 1, "forces": 1, "energy": 1}
    for stop in (single, pairs):
        assert flagship.zone.count(flagship.only(**stop)) == 0


def test_c49_an_agreement_is_a_leap_away__p40_p48_p52(flagship: Case) -> None:
    mediator = Mediator(flagship)
    for trades in (1, 2):
        stop = mediator.settles(trades=trades)
        assert np.count_nonzero(flagship.zone.rows != stop, axis=1).min() >= 4


@pytest.mark.parametrize("part", ["R28_modus_vivendi", "R29_seat_without_work"])
def test_c49_fails_without(flagship: Case, part: Taken) -> None:
    case = flagship.without(part)
    pairs = stops(case, 2)
    assert pairs["seat"] == 2
    assert case.zone.count(case.only(**pairs)) == 1
