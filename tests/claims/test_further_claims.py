"""Further claims of the essay that values, rules, curves and bodies carry together (F14 to F36)."""

from itertools import combinations

import numpy as np
import pytest

from tests.claims.case import (
    ALLIES,
    AREAS,
    BALANCE,
    CONTINENT,
    DEPTH,
    EVERYBODY,
    MEMBERS,
    SOVEREIGNTY,
    SPECIAL,
    VOTERS,
    Case,
)
from tests.claims.measures import correlation
from tests.claims.roads import DONOR, MEMBER, MIXTURE, OUTSIDE, ROADS

POLITE_DISTANCE = {
    "frame": 1,
    "seat": 1,
    "sequence": 1,
    "missile": 1,
    "conflicts": 1,
    "forces": 1,
    "minorities": 1,
    "threats": 1,
    "energy": 1,
}
TEXT_OF_2010 = {"frame": 2, "seat": 1, "status": 3, "missile": 2, "enlarge": 2, "forces": 2, "economy": 1}


def cards(case: Case, kind: str) -> list[str]:
    return [card.id for card in case.rules.cards if card.kind == kind]


def test_f14_what_is_laid_to_ill_will_makes_the_comfortable_cling__p41_p24(flagship: Case) -> None:
    assert cards(flagship, "subjective") == ["E4", "E11", "E14"]
    for card in cards(flagship, "subjective"):
        zone = flagship.after(card).zone
        assert set(zone.listed()) < set(flagship.zone.listed())
        assert zone.count(flagship.chosen(frame=2)) < flagship.zone.count(flagship.chosen(frame=2)) / 2


def test_f15_every_success_of_working_together_widens_the_zone_and_closes_nothing__p28(flagship: Case) -> None:
    assert cards(flagship, "success") == ["E5", "E9", "E15"]
    for card in cards(flagship, "success"):
        assert set(flagship.after(card).zone.listed()) > set(flagship.zone.listed())


@pytest.mark.parametrize("trust", [-3, 0, 3])
def test_f16_however_much_trust_there_is_the_dossier_restrains__p28(flagship: Case, trust: int) -> None:
    case = flagship.with_track("trust", trust)
    sizes = [len(case.with_track("dossier", entries).zone) for entries in (0, 1, 2)]
    assert sizes == sorted(set(sizes), reverse=True)


def test_f17_nobody_minds_a_joint_centre_against_terrorism__p28_p58(flagship: Case) -> None:
    articles = [
        {str(issue): option}
        for issue, size in zip(flagship.space.issues, flagship.space.shape, strict=True)
        for option in range(1, size)
    ]
    welcome = [one for one in articles if min(flagship.worth(role, **one) for role in EVERYBODY) >= 0]
    assert welcome == [{"frame": 1}, {"threats": 1}]


def test_f18_the_three_roads_and_their_mixture_share_no_package__p47_p51(flagship: Case) -> None:
    for one, other in combinations((*ROADS, MIXTURE), 2):
        assert not (flagship.path(one) & flagship.path(other)).any()


def test_f19_outside_keeps_most_sovereignty_and_donors_give_most__p42_p45_p47(flagship: Case) -> None:
    zone = flagship.after("E2", "E6").zone
    means = {
        gauge: {road: zone.only(flagship.path(road)).of(flagship.space.gauge(gauge)).mean() for road in ROADS}
        for gauge in (SOVEREIGNTY, DEPTH, SPECIAL)
    }
    assert sorted(ROADS, key=lambda road: means[SOVEREIGNTY][road]) == [MEMBER, DONOR, OUTSIDE]
    assert sorted(ROADS, key=lambda road: means[DEPTH][road]) == [OUTSIDE, MEMBER, DONOR]
    assert means[SPECIAL][DONOR] > 2 > means[SPECIAL][MEMBER]


def test_f20_polite_equality_outside_gives_everybody_least__p48(flagship: Case) -> None:
    case = flagship.after("E2", "E6")
    for role in VOTERS:
        surplus = case.surplus(role)
        outside, *others = (case.zone.only(case.path(road)).of(surplus).mean() for road in ROADS)
        assert outside < min(others)


def test_f21_contribution_without_a_seat_becomes_possible_after_two_good_events__p44(flagship: Case) -> None:
    neutral = flagship.chosen(seat=0) & flagship.where(AREAS, low=4)
    assert flagship.zone.count(neutral) == 0
    assert flagship.after("E2", "E5").zone.count(neutral) == 210


def test_f22_russia_needs_a_solution_more_than_the_others__p36_p46(flagship: Case) -> None:
    shares = {role: flagship.space.count(flagship.accepts(role)) / flagship.space.size for role in EVERYBODY}
    assert round(shares.pop("RUS"), 2) == 0.28
    assert max(shares.values()) < 0.06


def test_f23_europe_does_not_share_russias_wish_for_another_order__p31_p32(flagship: Case) -> None:
    assert all(correlation(flagship, "RUS", role) < -0.1 for role in MEMBERS)


def test_f23_allies_think_alike__p27_p32(flagship: Case) -> None:
    assert all(correlation(flagship, "USA", role) > 0.8 for role in ("DEU", "FRA", "POL", "LTU"))


def test_f24_breakthroughs_with_friendly_powers_stop_at_euro_atlantic_ties__p10(flagship: Case) -> None:
    assert len(flagship.zone_without("USA", "POL", "LTU")) == 46_240
    assert len(flagship.zone) < 46_240 / 10


def test_f25_russia_has_no_unconditional_wish_to_join__p11_p12(flagship: Case) -> None:
    membership = flagship.chosen(enlarge=3)
    assert flagship.space.count(membership & flagship.accepts("RUS")) / flagship.space.count(membership) < 0.13
    for existing in ({"seat": 2}, {"enlarge": 3}):
        assert flagship.space.packages(flagship.only(**existing)).of(flagship.surplus("RUS"))[0] < 0


def test_f26_security_alone_is_no_offer_to_europe__p31_p65(flagship: Case) -> None:
    assert flagship.zone.of(flagship.space.gauge("civil_content")).min() == 2


def test_f27_security_is_a_matter_of_collective_decisions__p42(flagship: Case) -> None:
    """Who keeps all sovereignty stays alone; and only Russia counts what it cedes."""
    assert flagship.zone.of(flagship.space.gauge(SOVEREIGNTY)).max() == 18
    assert {role for curve in flagship.rules.curves if curve.gauge == SOVEREIGNTY for role in curve.roles} == {"RUS"}


def test_f28_neighbours_are_not_kept_and_conflicts_not_left_to_themselves__p67_p68(flagship: Case) -> None:
    assert flagship.zone.count(flagship.chosen(enlarge=2)) == 0
    assert flagship.zone.count(flagship.chosen(conflicts=0)) == 0
    assert flagship.zone.count(flagship.chosen(conflicts=2)) > len(flagship.zone) / 2


def test_f29_force_for_compatriots_is_given_up_and_their_language_protected__p64(flagship: Case) -> None:
    assert flagship.zone.count(flagship.chosen(minorities=0)) == 0
    assert flagship.worth("RUS", minorities=2) > flagship.worth("RUS", minorities=1)
    assert round(flagship.zone.count(flagship.chosen(minorities=2)) / len(flagship.zone), 2) == 0.81


def test_f30_values_do_not_divide_but_ways_of_imposing_them_do__p23(flagship: Case) -> None:
    review, court = (flagship.zone.count(flagship.chosen(governance=option)) for option in (1, 2))
    assert review > 3 * court
    assert flagship.impact("RUS", "v", governance=1) == 0
    assert flagship.worth("RUS", governance=2) < flagship.worth("RUS", governance=1) < 0


def test_f31_the_text_of_2010_wins_nobody_and_gives_russia_no_more_than_a_donor_gets__p66_p40(flagship: Case) -> None:
    text = flagship.space.packages(flagship.path(MIXTURE) & flagship.only(**TEXT_OF_2010))
    assert len(text) == 1
    assert all(text.of(flagship.spare(role))[0] < -110 for role in ALLIES)
    donors = flagship.zone.only(flagship.path(DONOR))
    assert text.of(flagship.surplus("RUS"))[0] == donors.of(flagship.surplus("RUS")).max() == 37


def stakes(case: Case, role: str, *issues: str) -> int:
    """How far apart the role's best and worst wordings of these articles lie."""
    own = case.mandate(role)
    rows = dict(zip(own.issues, own.values, strict=True))
    worth = [[sum(points) for points in rows[issue]] for issue in rows if issue in issues]
    return sum(max(options) - min(options) for options in worth)


def test_f32_security_is_a_matter_for_the_united_states_and_civil_life_for_the_continent__p27(flagship: Case) -> None:
    security, civil = ("missile", "threats"), ("energy", "governance", "economy")
    assert stakes(flagship, "USA", *security) > 2 * stakes(flagship, "USA", *civil)
    assert all(stakes(flagship, role, *civil) > stakes(flagship, role, *security) for role in CONTINENT)


def test_f33_allies_see_no_military_good_in_limiting_the_shield__p32(flagship: Case) -> None:
    assert all(flagship.impact(role, "m", missile=3) < 0 < flagship.impact("RUS", "m", missile=3) for role in MEMBERS)


def test_f34_what_is_agreed_between_russia_and_the_united_states_is_an_equal_bargain__p27(flagship: Case) -> None:
    security = {"frame", "missile", "forces", "threats"}
    track = flagship.chosen(**{issue: 0 for issue in flagship.space.issues if issue not in security})
    better = (flagship.score(role) > 0 for role in ("RUS", "USA"))
    texts = flagship.space.packages(np.logical_and(track, np.logical_and(*better)))
    assert np.abs(texts.of(flagship.space.gauge(BALANCE))).max() <= 2


def test_f35_an_orderly_distance_is_better_for_all_than_today_and_enough_for_few__p48_p66(flagship: Case) -> None:
    text = flagship.space.packages(flagship.path(OUTSIDE) & flagship.only(**POLITE_DISTANCE))
    assert all(text.of(flagship.score(role))[0] > 0 for role in EVERYBODY)
    assert [role for role in VOTERS if text.of(flagship.spare(role))[0] < 0] == ["DEU", "FRA"]


def test_f36_russia_can_help_with_each_of_the_eight_problems_and_with_all__p54_p55_p63_p64(flagship: Case) -> None:
    helped = [("missile", 2), ("conflicts", 1), ("threats", 1), ("minorities", 2), ("governance", 1), ("energy", 1)]
    helped += [("economy", 1), ("economy", 2)]
    assert [flagship.moved(AREAS, **{issue: option}) for issue, option in helped] == [1] * 8
    assert flagship.space.gauge(AREAS).max() == flagship.moved(AREAS, **dict(helped[:-1]) | {"economy": 3}) == 8
