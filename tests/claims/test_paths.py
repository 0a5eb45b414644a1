"""Sovereignty and contribution: three roads, and the fourth that is all of them at once."""

from itertools import combinations

import pytest

from tests.claims.case import ALLIES, AREAS, DEPTH, OBJECTIVE, SOVEREIGNTY, SPECIAL, VOTERS, Case, Taken, mean
from tests.claims.measures import half_joined
from tests.claims.roads import DONOR, MEMBER, MIXTURE, OUTSIDE, accepted, attainable, best_for_russia

FAVOURABLE = (("E1", "E2", "E6"), ("E2", "E5", "E6"), ("E2", "E5", "E6", "E9"), ("E1", "E2", "E5", "E6", "E7", "E9"))


def test_c26_nobody_gets_a_changed_order_for_nothing__p42_p45_p47_p51(flagship: Case) -> None:
    corner = flagship.where(SOVEREIGNTY, low=18) & flagship.where(AREAS, high=3)
    assert flagship.space.count(corner) == 717_120
    assert flagship.zone.count(corner) == 0
    after = [flagship.after(card.id).zone.only(corner) for card in flagship.rules.cards]
    assert len({text for texts in after for text in texts.listed()}) == 2
    assert all(texts.count(flagship.chosen(seat=(0, 1), status=(0, 1))) == len(texts) for texts in after)


def test_c28_special_status_costs_the_west_more_next_to_ordinary_membership__p43_p49(flagship: Case) -> None:
    donors = flagship.where(AREAS, low=6)
    costs = [flagship.gain(*ALLIES, status=(0, 2), seat=seat, where=donors) for seat in (2, 3)]
    assert costs == pytest.approx([-33.72683531746032, -16.186557539682536])


def test_c30_donor_and_member_are_acceptable_now__p51(flagship: Case) -> None:
    assert [accepted(flagship, path) for path in (DONOR, MEMBER, OUTSIDE)] == [1699, 87, 0]


def test_c30_outside_as_an_equal_is_acceptable_after_two_objective_shocks__p51(flagship: Case) -> None:
    found = [accepted(flagship.after(*pair), OUTSIDE) for pair in combinations(OBJECTIVE, 2)]
    assert len(found) - found.count(0) == 16
    assert max(found) == accepted(flagship.after("E2", "E6"), OUTSIDE) == 29


def test_c30_fails_without_the_prize_of_the_club(flagship: Case) -> None:
    assert accepted(flagship.without("R05_club_prize"), MEMBER) == 0


def test_c30_fails_without_the_modus_vivendi(flagship: Case) -> None:
    case = flagship.without("R28_modus_vivendi")
    assert [accepted(case.after("E2", card), OUTSIDE) for card in ("E1", "E6", "E7")] == [0, 0, 0]


def winners(case: Case) -> dict[str, list[str]]:
    """Who gains more on average in the accepted packages of which road."""
    better: dict[str, list[str]] = {MEMBER: [], DONOR: []}
    texts = {path: case.zone.only(case.path(path)) for path in better}
    for role in VOTERS:
        surplus = case.surplus(role)
        better[max(texts, key=lambda path: mean(texts[path].of(surplus)))].append(role)
    return better


def test_c31_each_road_has_winners_of_its_own__p51_p43_p45(flagship: Case) -> None:
    assert winners(flagship) == {MEMBER: ["DEU", "POL", "LTU"], DONOR: ["RUS", "USA", "FRA"]}


def test_c31_fails_without_the_prize_of_the_club(flagship: Case) -> None:
    case = flagship.without("R05_club_prize")
    assert accepted(case, MEMBER) == 0


def test_c32_no_mixture_that_russia_can_get_is_worth_a_pure_road__p51_p66(flagship: Case) -> None:
    mixtures = {cards: best_for_russia(flagship.after(*cards), MIXTURE) for cards in FAVOURABLE}
    assert list(mixtures.values()) == [4, 17, 19, 34]
    for cards, best in mixtures.items():
        assert best is not None
        assert best < min(attainable(flagship.after(*cards)))


def test_c32_after_two_shocks_each_road_leads_somewhere_and_the_mixture_nowhere__p51_p66(flagship: Case) -> None:
    found = {
        pair: attainable(flagship.after(*pair)) for pair in (("E1", "E2"), ("E12", "E13"), ("E2", "E12"), ("E2", "E6"))
    }
    assert list(found.values()) == [[14, 23, 47], [2, 22, 43], [10, 29, 47], [14, 37, 55]]
    assert attainable(flagship) == [14, 37]
    for pair in combinations(OBJECTIVE, 2):
        assert accepted(flagship.after(*pair), MIXTURE) == 0


def test_c32_fails_without_the_fourth_path_rule(flagship: Case) -> None:
    case = flagship.without("R01_fourth_path")
    assert best_for_russia(case, MIXTURE) == 21 > min(attainable(case))


def test_c33_the_fourth_path_gets_no_result__p66(flagship: Case) -> None:
    assert flagship.space.count(flagship.path(MIXTURE)) == 5_745_600
    assert accepted(flagship, MIXTURE) == 0
    assert [card.id for card in flagship.rules.cards if accepted(flagship.after(card.id), MIXTURE)] == []


def test_c33_fails_without_the_fourth_path_rule(flagship: Case) -> None:
    assert accepted(flagship.without("R01_fourth_path"), MIXTURE) == 93


def test_c35_equal_participation_asks_for_openness_restraint_and_standards__p53(flagship: Case) -> None:
    assert flagship.zone.count(flagship.chosen(seat=2)) == 1022
    assert flagship.zone.count(half_joined(flagship)) == 0


@pytest.mark.parametrize(
    ("part", "accepted"),
    [("R12_no_transparency", 294), ((DEPTH, "RUS"), 5), ((SOVEREIGNTY, "RUS"), 4)],
)
def test_c35_fails_without(flagship: Case, part: Taken, accepted: int) -> None:
    assert flagship.without(part).zone.count(half_joined(flagship)) == accepted


def test_c42_nearly_every_agreement_ends_the_confrontation__p67_p52(flagship: Case) -> None:
    ends = flagship.chosen(seat=(2, 3), conflicts=(1, 2), forces=(1, 2))
    assert round(flagship.zone.count(ends) / len(flagship.zone), 2) == 0.99


def test_c42_no_agreement_holds_parity_by_two_means_at_once__p67(flagship: Case) -> None:
    """Limits on the other's shield, a bar on its steps, a pause of its growth: none but the first is ever accepted."""
    limits, bar, pause = flagship.chosen(missile=3), flagship.chosen(status=3), flagship.chosen(enlarge=2)
    assert flagship.zone.count(bar | pause) == 0
    assert flagship.zone.count(limits) == 49


def trade_gains(case: Case) -> tuple[float, float]:
    """What market access brings Russia inside the common rules, and outside."""
    inside = case.chosen(seat=2, governance=(1, 2)) & case.where(SPECIAL, high=1)
    ends = [case.gain("RUS", economy=(0, 1), where=where) for where in (inside, case.chosen(seat=0))]
    return ends[0], ends[1]


def test_c46_inside_the_common_rules_russia_has_something_to_lose__p8(flagship: Case) -> None:
    inside, outside = trade_gains(flagship)
    assert (round(inside, 1), round(outside, 1)) == (22.9, 5.5)


def test_c46_fails_without_the_prize_of_the_club(flagship: Case) -> None:
    inside, outside = trade_gains(flagship.without("R05_club_prize"))
    assert inside < 1.5 * outside
