"""How a game ends, and the named path of a package."""

import pytest

from tests.support.rulesets import PLEDGES, WATCH, a_rule_set, an_ending
from threebirds_rules.conditions import IssueIn
from threebirds_rules.endings import Epilogue, ending, path_of
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import EndingId, GaugeId, Package
from threebirds_rules.ruleset import Ending, RuleSet


def told(
    rules: RuleSet, adopted: Package | None = None, *, rejected: Package | None = None, cards: int = 0
) -> tuple[str, bool]:
    """The ending's id, and whether there are reservations."""
    epilogue = ending(rules, adopted=adopted, last_rejected=rejected, objective_cards=cards)
    return epilogue.ending, epilogue.reservations


def with_endings(*endings: Ending) -> RuleSet:
    return a_rule_set(endings=endings)


@pytest.mark.parametrize(
    ("adopted", "expected"),
    [((0, 1, 2), "one_river"), ((0, 0, 1), "two_banks")],
)
def test_the_adopted_text_chooses_its_ending(adopted: Package, expected: str) -> None:
    assert told(a_rule_set(), adopted) == (expected, False)


@pytest.mark.parametrize(("cards", "expected"), [(0, "as_before"), (1, "drought"), (9, "drought"), (10, "as_before")])
def test_without_a_text_the_objective_cards_choose(cards: int, expected: str) -> None:
    assert told(a_rule_set(), cards=cards) == (expected, False)


def test_the_first_that_fits_is_told() -> None:
    assert told(with_endings(an_ending("first"), an_ending("second"))) == ("first", False)


def test_an_ending_for_both_outcomes_looks_at_the_text_that_was_adopted_or_last_voted_down() -> None:
    rules = with_endings(an_ending("watched", when=IssueIn(WATCH, (2,))), an_ending("other"))
    assert told(rules, (0, 0, 2)) == ("watched", False)
    assert told(rules, rejected=(0, 0, 2)) == ("watched", False)
    assert told(rules, (0, 0, 1), rejected=(0, 0, 2)) == ("other", False)


def test_without_any_text_a_condition_on_the_text_does_not_fit() -> None:
    rules = with_endings(an_ending("watched", when=IssueIn(WATCH, (0, 1, 2))), an_ending("silence"))
    assert told(rules) == ("silence", False)


def test_a_text_that_fits_no_ending_gets_the_one_whose_tag_is_largest_with_reservations() -> None:
    assert told(a_rule_set(), (0, 1, 0)) == ("one_river", True)


def test_of_two_equally_near_endings_the_earlier_is_told() -> None:
    assert told(a_rule_set(), (2, 0, 0)) == ("one_river", True)
    backwards = a_rule_set(endings=a_rule_set().endings[::-1])
    assert told(backwards, (2, 0, 0)) == ("two_banks", True)


def test_an_ending_waits_until_its_mechanic_is_played() -> None:
    endings = (an_ending("broken", mechanic="pledges"), an_ending("kept"))
    assert told(a_rule_set(endings=endings)) == ("kept", False)
    assert told(a_rule_set(endings=endings, mechanics=Mechanics(pledges=PLEDGES))) == ("broken", False)


def test_an_ending_that_waits_is_not_near_either() -> None:
    hidden = an_ending("hidden", adopted=False, tag=GaugeId("depth"), mechanic="pledges")
    near = an_ending("near", adopted=False, tag=GaugeId("inside"))
    assert told(with_endings(hidden, near), (2, 0, 0)) == ("near", True)


def test_even_a_rule_set_without_an_ending_for_silence_ends() -> None:
    rules = with_endings(an_ending("treaty", adopted=True, tag=GaugeId("inside")))
    assert ending(rules, adopted=None, last_rejected=None, objective_cards=0) == Epilogue(
        ending=EndingId("treaty"), reservations=True
    )


def test_a_path_is_found_by_its_condition() -> None:
    path = path_of(a_rule_set(), (2, 1, 2))
    assert path is not None
    assert path.name == "One river"


def test_a_package_may_take_no_path() -> None:
    assert path_of(a_rule_set(), (0, 0, 0)) is None
