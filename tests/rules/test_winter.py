"""The ten-minute scenario: its lesson holds over all 27 packages."""

from itertools import product

import pytest

from tests.support.plain_score import document_named, plain_score
from tests.support.positions import after_cards
from threebirds_rules.analysis import zone_sizes
from threebirds_rules.endings import ending, path_of
from threebirds_rules.loading import load_scenario
from threebirds_rules.mandate import Position
from threebirds_rules.names import Package, RoleId
from threebirds_rules.scoring import mandate, opening, score, surplus

RULES = load_scenario("winter")
DOCUMENT = document_named("winter")
SUPPLIER, BUYERS = RoleId("SUP"), RoleId("BUY")
PACKAGES: list[Package] = list(product(range(3), repeat=3))
COLD = after_cards(RULES, ["flow_stops"])


def surpluses(package: Package, position: Position) -> tuple[int, int]:
    supplier, buyers = (surplus(mandate(RULES, role, position), package) for role in (SUPPLIER, BUYERS))
    return supplier, buyers


def deals(position: Position) -> list[Package]:
    return [package for package in PACKAGES if min(surpluses(package, position)) >= 0]


def test_only_two_texts_are_worth_signing_at_first() -> None:
    assert deals(opening(RULES)) == [(0, 2, 2), (1, 2, 2)]


def test_meeting_halfway_on_everything_pleases_neither() -> None:
    assert surpluses((1, 1, 1), opening(RULES)) == (-4, -1)


def test_a_shock_makes_agreement_easier_and_not_better() -> None:
    assert deals(COLD) == [(0, 1, 1), (0, 2, 2), (1, 1, 2), (1, 2, 2)]
    assert surpluses((0, 1, 1), COLD) == (1, 0)
    assert surpluses((0, 2, 2), COLD) == (7, 5)


def test_the_card_moves_both_walk_aways() -> None:
    assert [mandate(RULES, role, opening(RULES)).walk_away for role in (SUPPLIER, BUYERS)] == [3, 6]
    assert [mandate(RULES, role, COLD).walk_away for role in (SUPPLIER, BUYERS)] == [1, 2]


@pytest.mark.parametrize("role", [SUPPLIER, BUYERS])
def test_a_second_scorer_finds_the_same_for_every_package(role: RoleId) -> None:
    own = mandate(RULES, role, opening(RULES))
    assert [score(own, one) for one in PACKAGES] == [plain_score(DOCUMENT, role, one) for one in PACKAGES]


def test_the_pass_over_all_packages_counts_the_same_deals() -> None:
    assert zone_sizes(RULES, [opening(RULES), COLD]) == [2, 4]


def test_stakes_for_flows_is_the_path_of_the_deals() -> None:
    taken = {path.id if path else None for path in (path_of(RULES, package) for package in deals(opening(RULES)))}
    assert taken == {"trade"}


@pytest.mark.parametrize(
    ("adopted", "cards", "expected"),
    [
        ((1, 2, 2), 0, "something_to_lose"),
        ((0, 1, 1), 1, "cold_compromise"),
        ((2, 2, 0), 0, "uneven_bargain"),
        (None, 1, "cold_rooms"),
        (None, 0, "as_every_winter"),
    ],
)
def test_every_outcome_has_an_ending(adopted: Package | None, cards: int, expected: str) -> None:
    told = ending(RULES, adopted=adopted, last_rejected=None, objective_cards=cards)
    assert (told.ending, told.reservations) == (expected, False)


def test_a_game_takes_ten_minutes() -> None:
    voting = RULES.schedule.voting
    seconds = RULES.schedule.rounds * sum(phase.seconds for phase in RULES.schedule.phases)
    assert 8 * 60 <= seconds + voting.seconds + voting.closing_seconds <= RULES.minutes * 60 == 600


def test_a_vote_may_be_called_in_the_first_round() -> None:
    assert RULES.schedule.voting.from_round == 1
