"""The half-hour scenario: what can be signed, by whom it is held up, and what events do, over all 243 packages."""

from itertools import product
from operator import ge

import pytest
from msgspec.structs import replace

from tests.support.plain_score import document_named, plain_score
from tests.support.positions import after_cards
from threebirds_rules.analysis import zone_sizes
from threebirds_rules.endings import ending
from threebirds_rules.loading import load_scenario
from threebirds_rules.mandate import Position
from threebirds_rules.names import Package, RoleId
from threebirds_rules.ruleset import Role
from threebirds_rules.scoring import Scorer, mandate, opening, score

RULES = load_scenario("shield")
DOCUMENT = document_named("shield")
ROLES = tuple(role.id for role in RULES.roles)
PACKAGES: list[Package] = list(product(range(3), repeat=5))
OPENING = opening(RULES)
CARDS = ("interceptor_test", "site_revealed", "exercise_without_notice")
INSPECTORS = 2


def deals(position: Position, without: RoleId | None = None) -> list[Package]:
    """What everybody would sign, or everybody but one."""
    signing = [Scorer(mandate(RULES, role, position)) for role in ROLES if role != without]
    return [package for package in PACKAGES if all(one.surplus(package) >= 0 for one in signing)]


def scores(package: Package) -> tuple[int, ...]:
    return tuple(score(mandate(RULES, role, OPENING), package) for role in ROLES)


def shifted(**shifts: int) -> Position:
    return replace(OPENING, shifts={RoleId(role): points for role, points in shifts.items()})


def test_there_are_four_roles_five_issues_and_243_packages() -> None:
    assert (ROLES, [len(issue.options) for issue in RULES.issues]) == (("RUS", "USA", "POL", "DEU"), [3] * 5)


def test_twelve_texts_can_be_signed_at_the_opening() -> None:
    assert len(deals(OPENING)) == 12


def test_eight_of_the_twelve_are_efficient_among_all_texts() -> None:
    every = {package: scores(package) for package in PACKAGES}

    def is_efficient(package: Package) -> bool:
        own = every[package]
        return not any(other != own and all(map(ge, other, own)) for other in every.values())

    assert sum(map(is_efficient, deals(OPENING))) == 8


def test_every_role_is_pivotal() -> None:
    assert {role: len(deals(OPENING, without=role)) for role in ROLES} == {"RUS": 18, "USA": 21, "POL": 25, "DEU": 16}


def test_whatever_can_be_signed_has_resident_inspectors() -> None:
    openness = next(at for at, issue in enumerate(RULES.issues) if issue.id == "openness")
    assert {package[openness] for package in deals(OPENING)} == {INSPECTORS}


def test_an_objective_shock_opens_the_field() -> None:
    assert len(deals(shifted(USA=-3, DEU=-3, POL=-2, RUS=-2))) == 32


def test_ill_will_makes_the_comfortable_cling() -> None:
    assert len(deals(shifted(POL=4, USA=2, DEU=1))) == 5
    assert deals(after_cards(RULES, ["exercise_without_notice"])) == deals(shifted(POL=4, USA=2, DEU=1))


@pytest.mark.parametrize(
    ("cards", "expected"),
    [(CARDS[:1], 15), (CARDS[1:2], 19), (CARDS[:2], 22), (CARDS[1:], 7), (CARDS[::2], 8), (CARDS, 10)],
)
def test_no_hand_of_cards_closes_the_field(cards: list[str], expected: int) -> None:
    assert len(deals(after_cards(RULES, cards))) == expected


def test_the_second_site_makes_articles_on_iran_worth_more() -> None:
    found = after_cards(RULES, ["site_revealed"])
    gained = {role: score(mandate(RULES, role, found), (0, 0, 0, 0, 1)) for role in ROLES}
    assert gained == {"RUS": 0, "USA": 3 + 2, "POL": 0, "DEU": 1 + 2}


@pytest.mark.parametrize("role", ROLES)
def test_a_second_scorer_finds_the_same_for_every_package(role: RoleId) -> None:
    own = mandate(RULES, role, OPENING)
    assert [score(own, one) for one in PACKAGES] == [plain_score(DOCUMENT, role, one) for one in PACKAGES]


def test_the_pass_over_all_packages_counts_the_same_deals() -> None:
    assert zone_sizes(RULES, [OPENING, after_cards(RULES, CARDS)]) == [12, 10]


@pytest.mark.parametrize(
    ("adopted", "rejected", "cards", "expected"),
    [
        ((2, 1, 1, 2, 1), None, 0, "one_shield"),
        ((2, 0, 0, 1, 1), None, 0, "shield_in_the_dark"),
        ((1, 1, 1, 2, 0), None, 1, "open_books"),
        ((1, 0, 0, 1, 0), None, 0, "first_page"),
        ((2, 2, 2, 2, 2), None, 0, "everything_at_once"),
        (None, (2, 2, 2, 0, 0), 1, "everything_at_once"),
        (None, (1, 0, 0, 0, 0), 1, "bill"),
        (None, None, 0, "on_schedule"),
    ],
)
def test_every_outcome_has_an_ending(
    adopted: Package | None, rejected: Package | None, cards: int, expected: str
) -> None:
    told = ending(RULES, adopted=adopted, last_rejected=rejected, objective_cards=cards)
    assert (told.ending, told.reservations) == (expected, False)


def test_a_game_takes_half_an_hour_with_a_vote_in_each_round_that_allows_one() -> None:
    schedule = RULES.schedule
    voting = schedule.voting
    votes = (schedule.rounds - voting.from_round + 1) * (voting.seconds + voting.closing_seconds)
    seconds = schedule.rounds * sum(phase.seconds for phase in schedule.phases) + votes
    assert 25 * 60 <= seconds <= RULES.minutes * 60 == 1800


@pytest.mark.parametrize("role", RULES.roles, ids=lambda role: role.id)
def test_every_brief_names_the_walk_away(role: Role) -> None:
    assert "worth {walk_away} or more" in role.confidential_brief
