"""Rules that tie articles together: what one is worth depends on another."""

import pytest

from tests.claims.case import ALLIES, AREAS, BALANCE, EAST, OF_RUSSIA, SPECIAL, VOTERS, Case, Taken


def after_a_fifth_area(case: Case) -> float:
    """How much less independence costs the allies at five areas than at four, where nothing else is special."""
    costs = [
        case.gain(*ALLIES, status=(0, 2), seat=3, where=case.where(AREAS, areas, areas) & case.where(SPECIAL, high=1))
        for areas in (4, 5)
    ]
    return costs[1] - costs[0]


def test_c51_privilege_before_contribution_is_resented__p45_p54_p65(flagship: Case) -> None:
    assert round(after_a_fifth_area(flagship), 1) == 12.3


def test_c51_fails_without_the_rule_about_gifts(flagship: Case) -> None:
    assert after_a_fifth_area(flagship.without("R03_privilege_without_gift")) < 3


def exemption_from_inside(case: Case) -> float:
    """How much more independence costs the allies next to an ordinary seat than next to a conference of equals."""
    inside, outside = (case.gain(*ALLIES, status=(0, 2), seat=seat, where=case.where(AREAS, 6)) for seat in (2, 1))
    return inside - outside


def test_c52_exemptions_are_worse_from_inside_than_from_outside__p49(flagship: Case) -> None:
    assert round(exemption_from_inside(flagship), 1) == -9.1


def test_c52_fails_without_the_rule_about_exempted_members(flagship: Case) -> None:
    assert exemption_from_inside(flagship.without("R06_member_with_exemptions")) > -1


def respect(case: Case) -> float:
    """How much less the east minds the register once force is ruled out, from five areas on."""
    donors = case.where(AREAS, low=5)
    without, pledged = (case.gain(*EAST, status=(0, 1), minorities=pledge, where=donors) for pledge in (0, 1))
    return pledged - without


def test_c54_respect_has_to_be_earned__p64(flagship: Case) -> None:
    assert round(respect(flagship), 1) == 3.3


def test_c54_fails_without_the_rule_about_respect(flagship: Case) -> None:
    assert respect(flagship.without("R14_respect_earned")) < 1


def shared_view(case: Case) -> float:
    """How much more a joint shield is worth to the United States with a common line on proliferation."""
    shared, not_shared = (
        case.gain("USA", missile=(0, 2), where=case.chosen(threats=line)) for line in ((2, 3), (0, 1))
    )
    return shared - not_shared


def test_c55_a_shared_view_of_the_threat_makes_a_shared_shield_worth_more__p32_p38(flagship: Case) -> None:
    assert round(shared_view(flagship), 1) == 6.0


def test_c55_fails_without_the_rule_about_the_shield(flagship: Case) -> None:
    assert shared_view(flagship.without("R16_shared_shield")) < 1


def over_their_heads(case: Case) -> float:
    """How much less the east minds co-decision once force to protect compatriots is ruled out."""
    pledged = case.gain(*EAST, seat=(0, 3), where=case.chosen(minorities=(1, 2)))
    return pledged - case.gain(*EAST, seat=(0, 3), minorities=0)


def test_c57_codecision_without_the_pledge_is_a_deal_over_the_heads_of_neighbours__p15_p64(flagship: Case) -> None:
    assert round(over_their_heads(flagship), 1) == 12.5


def test_c57_fails_without_the_rule_about_neighbours(flagship: Case) -> None:
    assert over_their_heads(flagship.without("R20_over_their_heads")) < 5


def proof_without_end(case: Case) -> float:
    """The share of packages that Russia accepts among those with heavy duties and neither seat nor status."""
    where = case.where(OF_RUSSIA, low=10) & case.where(SPECIAL, high=1) & case.chosen(seat=(0, 1))
    return case.space.count(where & case.accepts("RUS")) / case.space.count(where)


def test_c58_russia_does_not_prove_its_good_will_without_end__p13_p24(flagship: Case) -> None:
    assert round(proof_without_end(flagship), 3) == 0.012


def test_c58_fails_without_the_rule_about_endless_proof(flagship: Case) -> None:
    assert proof_without_end(flagship.without("R25_endless_proof")) > 0.05


def further_privilege(case: Case) -> dict[str, float]:
    """What a right to be consulted is worth on top of much special status, against its worth on top of none."""
    much, none = case.where(SPECIAL, low=3), case.where(SPECIAL, high=0)
    return {
        role: round(case.gain(role, enlarge=(0, 1), where=much) - case.gain(role, enlarge=(0, 1), where=none), 1)
        for role in VOTERS
    }


def each_costs_more_and_gives_less(found: dict[str, float]) -> bool:
    """For every ally, most for the leading one; and for Russia."""
    dearer = all(found[role] < -8 for role in ALLIES) and min(found, key=lambda role: found[role]) == "USA"
    return dearer and found["RUS"] < 0


def test_c60_each_further_privilege_costs_allies_more_and_gives_russia_less__p27_p65(flagship: Case) -> None:
    found = further_privilege(flagship)
    assert found == {"RUS": -1.1, "USA": -16.6, "DEU": -12.7, "FRA": -12.7, "POL": -13.7, "LTU": -13.7}
    assert each_costs_more_and_gives_less(found)


@pytest.mark.parametrize(
    "part", ["R18_two_leaders", (SPECIAL, "DEU"), (SPECIAL, "POL"), (SPECIAL, "RUS"), (SPECIAL, "USA")]
)
def test_c60_fails_without(flagship: Case, part: Taken) -> None:
    assert not each_costs_more_and_gives_less(further_privilege(flagship.without(part)))


def a_step_of_russia(case: Case) -> float:
    """How much more a duty of Russia alone is worth to the allies when their own duties have piled up."""
    piled_up, even = case.where(BALANCE, high=-4), case.where(BALANCE, low=0)
    return case.gain(*ALLIES, economy=(0, 2), where=piled_up) - case.gain(*ALLIES, economy=(0, 2), where=even)


def test_c61_when_duties_pile_up_on_the_allies_they_value_each_russian_step_more__p19(flagship: Case) -> None:
    assert round(a_step_of_russia(flagship), 1) == 4.3


def test_c61_fails_without_what_allies_see_in_the_balance(flagship: Case) -> None:
    assert a_step_of_russia(flagship.without((BALANCE, "USA"))) < 0


def one_camp(case: Case, *roles: str) -> float:
    """How much more openness is worth where Russia decides too and conflicts are quiet."""
    quiet = case.chosen(conflicts=(1, 2))
    inside = case.gain(*roles, forces=(0, 1), seat=3, where=quiet)
    return inside - case.gain(*roles, forces=(0, 1), where=quiet & case.chosen(seat=(0, 1)))


def test_c63_in_one_camp_rivalry_stops_reproducing_itself__p52(flagship: Case) -> None:
    assert round(one_camp(flagship, "RUS"), 1) == 5.3
    assert round(one_camp(flagship, *ALLIES), 1) == 3.0


def test_c63_fails_without_the_rule_about_confrontation(flagship: Case) -> None:
    case = flagship.without("R15_confrontation_ends")
    assert one_camp(case, "RUS") < 1
    assert one_camp(case, *ALLIES) < 1


def test_c64_the_united_states_gains_where_it_has_no_direct_interest__p27_p45_p54(flagship: Case) -> None:
    assert flagship.worth("USA", energy=1) == 0
    assert round(flagship.gain("USA", energy=(0, 1)), 2) == 3.67


def from_a_strong_donor(case: Case) -> float:
    """What transit rules are worth to the United States as a seventh or eighth contribution."""
    return case.gain("USA", energy=(0, 1), where=case.where(AREAS, 6, 6) & case.where(SPECIAL, high=2))


def test_c64_burdens_are_shared_by_a_new_donor__p45_p54(flagship: Case) -> None:
    assert from_a_strong_donor(flagship) > 3


def test_c64_fails_without_what_the_united_states_sees_in_contributions(flagship: Case) -> None:
    case = flagship.without((AREAS, "USA"))
    assert case.gain("USA", energy=(0, 1)) < 3
    assert from_a_strong_donor(case) < 1
