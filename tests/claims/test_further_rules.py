"""Further claims of the essay, each of which one rule carries (F01 to F13); with the rule gone, the claim goes too."""

import pytest

from tests.claims.case import ALLIES, AREAS, EAST, EVERYBODY, SPECIAL, VOTERS, WESTERN_EUROPE, Case, mean


def trap(case: Case) -> float:
    """How much more a court with benchmarks costs Russia as a candidate for accession."""
    return case.gain("RUS", governance=(0, 2), enlarge=3) - case.gain("RUS", governance=(0, 2), enlarge=0)


def test_f01_accession_with_open_ended_conditions_is_a_trap__p13(flagship: Case) -> None:
    assert trap(flagship) < -9
    membership = flagship.chosen(enlarge=3)
    examined = membership & flagship.chosen(governance=2)
    shares = [
        flagship.space.count(flagship.accepts("RUS") & kind) / flagship.space.count(kind)
        for kind in (membership, examined)
    ]
    assert [round(share, 3) for share in shares] == [0.127, 0.009]


def test_f01_fails_without_the_rule_about_the_trap(flagship: Case) -> None:
    assert trap(flagship.without("R11_membership_trap")) > 0


def sixth_area(case: Case) -> float:
    """How much less independence costs the allies from the sixth area on, next to co-decision and nothing special."""
    costs = [
        case.gain(*ALLIES, status=(0, 2), seat=3, where=case.where(AREAS, areas, areas) & case.where(SPECIAL, high=1))
        for areas in (5, 6)
    ]
    return costs[1] - costs[0]


def test_f02_broad_contributions_buy_a_recognised_special_place__p45_p54_p64(flagship: Case) -> None:
    assert sixth_area(flagship) > 6
    assert flagship.zone.count(flagship.chosen(status=2)) == 1347


def test_f02_fails_without_the_donors_bargain(flagship: Case) -> None:
    case = flagship.without("R04_donor_bargain")
    assert sixth_area(case) < 1
    assert case.zone.count(case.chosen(status=2)) == 196


def change_of_course(case: Case) -> float:
    """How much more a common line on Iran is worth to the allies when Russia moves on the two other matters as well."""
    elsewhere = [case.chosen(governance=(1, 2)), case.chosen(minorities=(1, 2))]
    both, one = elsewhere[0] & elsewhere[1], elsewhere[0] ^ elsewhere[1]
    return case.gain(*ALLIES, threats=(0, 2), where=both) - case.gain(*ALLIES, threats=(0, 2), where=one)


def test_f03_movement_on_all_sensitive_issues_together_is_seen_as_a_change__p64(flagship: Case) -> None:
    assert round(change_of_course(flagship), 1) == 3.3
    moves = ({"threats": 2}, {"governance": 1}, {"minorities": 1})
    assert all(flagship.worth("RUS", **move) < 0 for move in moves)


def test_f03_fails_without_the_rule_about_the_course(flagship: Case) -> None:
    assert change_of_course(flagship.without("R13_changed_course")) < 0


def shield_with_open_books(case: Case, role: str) -> float:
    """How much less a joint shield costs the role when forces are no secret."""
    return case.gain(role, missile=(0, 2), where=case.chosen(forces=(1, 2))) - case.gain(role, missile=(0, 2), forces=0)


def test_f04_a_shared_shield_needs_forces_that_can_be_counted__p21_p38(flagship: Case) -> None:
    gains = {role: round(shield_with_open_books(flagship, role), 1) for role in ("USA", *EAST)}
    assert gains == {"USA": 4.9, "POL": 5.9, "LTU": 5.9}


def test_f04_fails_without_the_rule_about_the_dark(flagship: Case) -> None:
    case = flagship.without("R17_shield_in_the_dark")
    assert max(shield_with_open_books(case, role) for role in ("USA", *EAST)) < 0


def settlement(case: Case) -> list[float]:
    """What it costs Russia to go from monitors to a joint mandate, by its place in decisions."""
    return [round(case.gain("RUS", conflicts=(1, 2), seat=seat), 1) for seat in range(4)]


def test_f05_problems_are_settled_in_common_structures_or_by_diktat__p67(flagship: Case) -> None:
    outside, conference, ordinary, deciding = settlement(flagship)
    assert [outside, conference, ordinary, deciding] == [-26.1, -20.9, -5.3, -10.0]
    assert min(ordinary, deciding) - conference > 10
    assert conference - outside > 5


def test_f05_fails_without_the_rule_about_settlements_inside(flagship: Case) -> None:
    _, conference, ordinary, deciding = settlement(flagship.without("R21_settled_inside"))
    assert min(ordinary, deciding) - conference < 5


def test_f05_fails_without_the_rule_about_diktat(flagship: Case) -> None:
    outside, conference, *_ = settlement(flagship.without("R22_diktat"))
    assert outside > conference


def silence(case: Case, role: str) -> float:
    """How much more a pause in enlargement costs an ally when nothing is said on the rule of law."""
    spoken = case.gain(role, enlarge=(0, 2), where=case.chosen(governance=(1, 2)))
    return spoken - case.gain(role, enlarge=(0, 2), governance=0)


def test_f06_a_pause_that_is_silent_on_values_looks_like_trading_neighbours_away__p22_p23(flagship: Case) -> None:
    assert min(silence(flagship, role) for role in ALLIES) > 6


def test_f06_fails_without_the_rule_about_silence(flagship: Case) -> None:
    assert max(silence(flagship.without("R26_pause_and_silence"), role) for role in ALLIES) < 1


def side_by_side(case: Case) -> float:
    """How much more opening the bodies at once is worth when Russia has a seat in them."""
    inside = case.gain(*VOTERS, sequence=(0, 1), where=case.chosen(seat=(2, 3)))
    return inside - case.gain(*VOTERS, sequence=(0, 1), where=case.chosen(seat=(0, 1)))


def test_f07_by_the_other_view_work_side_by_side_wears_differences_down__p37(flagship: Case) -> None:
    other_view = flagship.switched("view_institutions_first")
    assert side_by_side(other_view) - side_by_side(flagship) == pytest.approx(4)
    assert side_by_side(other_view.without("R08_bodies_heal")) < 0.1


ASKED_FOR = [
    ("E1", "E01_gas", {"energy": 1}, ("DEU", "FRA", "ITA", "POL", "LTU")),
    ("E5", "E03_attack", {"threats": 1}, EVERYBODY),
    ("E10", "E04_iran", {"threats": 2}, ("USA", "FRA", "GBR", "DEU")),
    ("E7", "E05_ash", {"economy": 2}, ("RUS", *WESTERN_EUROPE, *EAST)),
    ("E6", "E06_crisis", {"economy": 1}, ("RUS", "DEU", "FRA", "ITA", *EAST)),
]


@pytest.mark.parametrize(("card", "rule", "article", "roles"), ASKED_FOR, ids=[case[0] for case in ASKED_FOR])
def test_f08_what_events_show_to_be_missing_is_worth_more__p40_p58_p61_p63(
    flagship: Case, card: str, rule: str, article: dict[str, int], roles: tuple[str, ...]
) -> None:
    step = {issue: (0, option) for issue, option in article.items()}
    drawn, dormant = flagship.after(card), flagship.without(rule).after(card)
    for role in roles:
        before = flagship.gain(role, where=None, **step)
        assert drawn.gain(role, where=None, **step) - before >= 2
        assert dormant.gain(role, where=None, **step) == before


def test_f09_after_an_incident_working_prevention_is_worth_more_to_everybody__p40_p41(flagship: Case) -> None:
    working = flagship.where("conflict_prevention", low=3)
    drawn, dormant = flagship.after("E2"), flagship.without("E02_incident").after("E2")
    for role in EVERYBODY:
        assert mean(drawn.score(role) - flagship.score(role), working) >= 2
        assert mean(dormant.score(role) - flagship.score(role), working) == 0


def sceptics(case: Case) -> float:
    """What a seventh contribution, to the environment, brings the eastern allies."""
    return case.gain(*EAST, economy=(1, 3), where=case.where(AREAS, 6, 6))


def test_f10_contributions_speak_also_to_sceptics__p54_p64(flagship: Case) -> None:
    assert round(sceptics(flagship), 1) == 8.0
    assert flagship.worth("POL", economy=3) < flagship.worth("POL", economy=1) < 0


def test_f10_fails_without_what_sceptics_see_in_contributions(flagship: Case) -> None:
    case = flagship.without((AREAS, "POL"))
    assert sceptics(case) < 5
    assert len(case.zone) < 0.4 * len(flagship.zone)


def independent_without_joining(case: Case) -> int:
    """Accepted texts that acknowledge independence and give Russia no part in decisions that it contributes to."""
    return case.zone.count(case.chosen(status=2, seat=(0, 1, 2)))


def test_f11_independence_is_acknowledged_to_those_who_carry_a_share__p45_p50_p54(flagship: Case) -> None:
    assert independent_without_joining(flagship) == 0
    assert flagship.zone.only(flagship.chosen(status=2)).of(flagship.space.gauge(AREAS)).min() == 6


def test_f11_fails_without_the_rule_about_gifts(flagship: Case) -> None:
    assert independent_without_joining(flagship.without("R03_privilege_without_gift")) == 37


def most_special_of_members(case: Case) -> int:
    return int(case.zone.only(case.chosen(seat=2)).of(case.space.gauge(SPECIAL)).max())


def test_f12_a_member_has_no_claim_to_special_status__p43_p49(flagship: Case) -> None:
    assert most_special_of_members(flagship) == 1


def test_f12_fails_without_the_rule_about_exempted_members(flagship: Case) -> None:
    assert most_special_of_members(flagship.without("R06_member_with_exemptions")) == 2


def quiet_borders(case: Case) -> float:
    """How much more rules for gas are worth to the east when force, forces and compatriots are covered as well."""
    covered = case.chosen(conflicts=(1, 2), forces=(1, 2), minorities=(1, 2))
    return case.gain(*EAST, energy=(0, 1), where=covered) - case.gain(*EAST, energy=(0, 1), where=~covered)


def test_f13_fear_in_the_east_declines_when_force_gas_and_borders_are_all_covered__p15_p57_p61(flagship: Case) -> None:
    assert quiet_borders(flagship) > 8


def test_f13_fails_without_the_rule_about_quiet_borders(flagship: Case) -> None:
    assert quiet_borders(flagship.without("R19_quiet_borders")) < 3
