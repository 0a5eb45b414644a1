"""The eight problems, and the donor's bargain."""

import numpy as np
import pytest

from tests.claims.case import (
    ALLIES,
    AREAS,
    DEPTH,
    EUROPEANS,
    MEMBERS,
    SOVEREIGNTY,
    SPECIAL,
    WESTERN_EUROPE,
    Case,
    Taken,
)

EIGHT: dict[str, dict[str, tuple[int, int]]] = {
    "external military threats": {"missile": (0, 2)},
    "force in the region": {"conflicts": (0, 1)},
    "terrorism": {"threats": (0, 1)},
    "ethnic and religious conflicts": {"minorities": (1, 2)},
    "authoritarianism": {"governance": (0, 1)},
    "energy": {"energy": (0, 1)},
    "trade": {"economy": (0, 1)},
    "climate": {"economy": (0, 2)},
}
COURSE = {"threats": (2, 3), "governance": (1, 2), "minorities": (1, 2)}
"""Movement on Iran, on the rule of law at home and among neighbours, on compatriots."""
GERMANY = {
    "external military threats": 9.8,
    "force in the region": 13.4,
    "terrorism": 4.1,
    "ethnic and religious conflicts": 3.4,
    "authoritarianism": 13.3,
    "energy": 7.9,
    "trade": 9.6,
    "climate": 8.9,
}


def test_c36_help_with_each_of_the_eight_problems_is_worth_something_to_europe__p54_p55_p63(flagship: Case) -> None:
    gains = {problem: flagship.gain("DEU", where=None, **step) for problem, step in EIGHT.items()}
    assert gains == pytest.approx(GERMANY, abs=0.05)
    assert all(flagship.gain(*WESTERN_EUROPE, where=None, **step) > 2 for step in EIGHT.values())


def areas_of_accepted(case: Case) -> dict[int, int]:
    """How many accepted packages there are by the number of problems that Russia helps with."""
    counts = np.bincount(case.zone.of(case.space.gauge(AREAS)))
    return {areas: int(count) for areas, count in enumerate(counts) if count}


def test_c37_only_strong_donors_are_accepted__p54_p65(flagship: Case) -> None:
    assert areas_of_accepted(flagship) == {6: 1951, 7: 1897, 8: 515}


@pytest.mark.parametrize(
    ("part", "at_five"),
    [
        ("R29_seat_without_work", 41),
        ((DEPTH, "RUS"), 1),
        ((SOVEREIGNTY, "RUS"), 3),
    ],
)
def test_c37_fails_without(flagship: Case, part: Taken, at_five: int) -> None:
    assert areas_of_accepted(flagship.without(part))[5] == at_five


def test_c38_privileges_go_with_a_change_of_course__p64(flagship: Case) -> None:
    privileged = flagship.zone.only(flagship.where(SPECIAL, low=2))
    moves = (flagship.chosen(**{issue: options}) for issue, options in COURSE.items())
    moved = np.sum([privileged.of(move) for move in moves], axis=0)
    assert round(float((moved >= 2).mean()), 2) == 0.96


def civil_gains(case: Case) -> list[float]:
    """What one civil chapter adds to a treaty that has none, for every European and every such chapter."""
    military = case.chosen(frame=2) & case.where("civil_content", high=0)
    chapters: tuple[dict[str, tuple[int, int]], ...] = (
        {"economy": (0, 1)},
        {"economy": (0, 2)},
        {"energy": (0, 1)},
        {"governance": (0, 1)},
    )
    return [case.gain(role, where=military, **chapter) for chapter in chapters for role in EUROPEANS]


def test_c40_a_treaty_about_military_matters_only_is_worth_less_to_every_european__p65(flagship: Case) -> None:
    gains = civil_gains(flagship)
    assert [round(gain, 1) for gain in gains[:4]] == [13.6, 13.6, 5.6, 5.6]
    assert min(gains) > 5


def test_c40_a_treaty_about_military_matters_only_is_never_accepted__p65(flagship: Case) -> None:
    assert flagship.zone.count(flagship.chosen(frame=2) & flagship.where("civil_content", high=0)) == 0


def test_c40_fails_without_the_rule_about_military_matters(flagship: Case) -> None:
    assert min(civil_gains(flagship.without("R02_military_only"))) < 0


def test_c41_the_bar_on_harmful_steps_lowers_every_allys_score_in_every_package__p65(flagship: Case) -> None:
    falls = {role: round(flagship.gain(role, status=(0, 3)), 1) for role in ALLIES}
    assert falls == {"USA": -66.6, "DEU": -51.9, "FRA": -50.9, "POL": -67.0, "LTU": -68.0}
    assert max(flagship.changes(role, status=(0, 3)).max() for role in MEMBERS) < 0


def test_c41_the_bar_on_harmful_steps_is_never_accepted__p65(flagship: Case) -> None:
    assert flagship.zone.count(flagship.chosen(status=3)) == 0


def evidence(case: Case) -> dict[str, float]:
    """How much more a modernisation partnership is worth where common standards are shown; gas rules are there."""
    shown, not_shown = case.chosen(governance=(1, 2), energy=(1, 2)), case.chosen(governance=0, energy=(1, 2))
    return {
        role: case.gain(role, economy=(0, 1), where=shown) - case.gain(role, economy=(0, 1), where=not_shown)
        for role in ("RUS", "DEU", "FRA")
    }


def test_c43_modernisation_is_worth_more_once_there_is_evidence_of_standards__p10(flagship: Case) -> None:
    assert evidence(flagship) == pytest.approx({"RUS": 6.1, "DEU": 6.2, "FRA": 6.2}, abs=0.05)


def test_c43_fails_without_the_rule_about_modernisation(flagship: Case) -> None:
    assert max(evidence(flagship.without("R24_modernisation")).values()) < 4
