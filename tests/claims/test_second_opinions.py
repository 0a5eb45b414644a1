"""What hangs on the author's assumptions: the zone under each other reading that a facilitator can choose."""

import pytest

from tests.claims.case import Case
from tests.claims.roads import MIXTURE, accepted

ZONES = {
    "view_institutions_first": 8776,
    "view_security_reasons": 4526,
    "view_allies_uneasy": 7338,
    "view_allies_content": 2264,
    "view_sovereignty_light": 6917,
    "view_sovereignty_dear": 2833,
}
"""4,363 in the author's reading."""


def test_every_switch_that_is_off_is_a_second_opinion(flagship: Case) -> None:
    assert [switch.id for switch in flagship.rules.switches if not switch.on] == list(ZONES)
    assert len(flagship.zone) == 4363


@pytest.mark.parametrize(("switch", "packages"), ZONES.items())
def test_the_zone_is_another_one_under_each_second_opinion(flagship: Case, switch: str, packages: int) -> None:
    other = flagship.other_reading(switch)
    assert len(other.zone) == packages
    assert accepted(other, MIXTURE) == 0


def test_without_the_symbol_membership_is_possible_now__p15_p36(flagship: Case) -> None:
    other = flagship.other_reading("view_security_reasons")
    assert flagship.zone.count(flagship.chosen(enlarge=3)) == 0
    assert other.zone.count(other.chosen(enlarge=3)) == 163
    assert other.worth("POL", enlarge=3) == flagship.worth("POL", enlarge=3)


def test_security_reasons_alone_weigh_a_third_of_the_symbol(flagship: Case) -> None:
    """R30 stands in for R10; without either the eastern allies' own values are all that is left."""
    other = flagship.other_reading("view_security_reasons")
    ours, theirs = ({rule.id: rule.points for rule in case.mandate("POL").rules} for case in (flagship, other))
    (symbol,) = [points for rule, points in ours.items() if rule == "R10_symbol"]
    (reasons,) = [points for rule, points in theirs.items() if rule == "R30_guarantee_within"]
    assert symbol < 3 * reasons < 0
    assert ours.keys() ^ theirs.keys() == {"R10_symbol", "R30_guarantee_within"}


def test_small_allies_and_great_ones_are_equally_uneasy_or_content(flagship: Case) -> None:
    for switch, points in (("view_allies_uneasy", -3), ("view_allies_content", 3)):
        other = flagship.other_reading(switch)
        for role in other.position.seated:
            moved = other.mandate(role).walk_away - flagship.mandate(role).walk_away
            assert moved == (0 if role == "RUS" else points)


def test_when_sovereignty_is_negotiable_russia_gives_more_of_it__p33(flagship: Case) -> None:
    dear, light = (flagship.other_reading(f"view_sovereignty_{price}") for price in ("dear", "light"))
    kept = flagship.space.gauge("russia_sovereignty")
    lowest = [int(case.zone.of(kept).min()) for case in (dear, flagship, light)]
    assert lowest == [9, 8, 7]
