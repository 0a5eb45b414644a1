"""Bodies and settlements, trust and the dossier, bold offers and refusals."""

import pytest

from tests.claims.case import ALLIES, VOTERS, Case
from tests.claims.space import Mask

ONLY_NO = {"status": 3, "missile": 3, "enlarge": 2}
TRUST = {-3: 704, -2: 1471, -1: 2575, 0: 4363, 1: 6707, 2: 9888, 3: 13690}
DOSSIER = {-3: 10983, -2: 8360, -1: 6066, 0: 4363, 1: 2925, 2: 1922, 3: 1140}


@pytest.mark.parametrize(("track", "expected"), [("trust", TRUST), ("dossier", DOSSIER)])
def test_c22_the_zone_grows_with_trust_and_shrinks_with_the_dossier__p28_p17(
    flagship: Case, track: str, expected: dict[int, int]
) -> None:
    assert {value: len(flagship.with_track(track, value).zone) for value in expected} == expected
    assert list(expected.values()) == sorted(expected.values(), reverse=track == "dossier")


def unsettled_bodies(case: Case) -> Mask:
    return case.chosen(seat=(2, 3), conflicts=0)


def test_c23_joint_bodies_without_settlement_are_discounted_by_everybody__p37(flagship: Case) -> None:
    discount = {role: flagship.gain(role, conflicts=(0, 1), where=unsettled_bodies(flagship)) for role in VOTERS}
    expected = {"RUS": 7.7, "USA": 20.2, "DEU": 20.4, "FRA": 17.4, "POL": 22.5, "LTU": 26.5}
    assert discount == pytest.approx(expected, abs=0.05)


def test_c23_joint_bodies_without_settlement_are_never_accepted__p37(flagship: Case) -> None:
    assert flagship.zone.count(unsettled_bodies(flagship)) == 0


def test_c23_fails_without_the_rule_about_unsettled_bodies(flagship: Case) -> None:
    case = flagship.without("R07_bodies_without_settlement")
    assert case.gain("RUS", conflicts=(0, 1), where=unsettled_bodies(case)) < 0
    assert case.zone.count(unsettled_bodies(case)) == 14


def charter_and_meetings(case: Case) -> dict[str, float]:
    """What a charter adds to meetings that leave conflicts and forces as they are."""
    meetings = case.chosen(seat=(1, 2, 3), conflicts=0, forces=0)
    return {role: case.gain(role, frame=(0, 1), where=meetings) for role in ALLIES}


def test_c24_a_charter_and_meetings_without_substance_are_worthless__p37(flagship: Case) -> None:
    assert charter_and_meetings(flagship) == {"USA": -1, "DEU": -1, "FRA": -4, "POL": -4, "LTU": -4}


def test_c24_fails_without_the_rule_about_formality(flagship: Case) -> None:
    assert min(charter_and_meetings(flagship.without("R23_formal_only")).values()) >= 0


def test_c50_with_institutions_first_more_passes_also_without_settlements__p37(flagship: Case) -> None:
    other_view = flagship.switched("view_institutions_first")
    assert len(flagship.zone) == 4363
    assert len(other_view.zone) == 8776
    assert other_view.zone.count(unsettled_bodies(other_view)) == 104


def test_c25_saying_only_no_fails_everywhere__p38(flagship: Case) -> None:
    text = flagship.space.packages(flagship.only(**ONLY_NO))
    for case in (flagship, *(flagship.after(card.id) for card in flagship.rules.cards)):
        assert all(text.of(case.spare(role))[0] < -60 for role in ALLIES)


def test_c25_a_joint_shield_is_far_easier_to_accept_than_limits__p38(flagship: Case) -> None:
    joint, limits = (flagship.zone.count(flagship.chosen(missile=option)) for option in (2, 3))
    assert (round(joint / len(flagship.zone), 2), round(limits / len(flagship.zone), 3)) == (0.40, 0.011)
