"""Scores of all roles at once are the scores of each."""

import pytest

from tests.support.mix import some_packages
from tests.support.positions import after_cards
from tests.support.rulesets import a_rule_set
from threebirds_rules.loading import load_scenario, scenario_ids
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import Panel, Scorer, mandate, needed, opening, score

CASES = [(load_scenario(name), seed) for name in scenario_ids() for seed in range(3)] + [(a_rule_set(), 0)]


@pytest.mark.parametrize(("rules", "seed"), CASES, ids=lambda case: getattr(case, "id", case))
def test_a_panel_gives_every_role_its_own_score(rules: RuleSet, seed: int) -> None:
    drawn = [card.id for card in rules.cards[seed::4]]
    for position in (opening(rules), after_cards(rules, drawn)):
        mandates = [mandate(rules, role.id, position) for role in rules.roles]
        panel = Panel(mandates)
        for package in some_packages(rules, 100, seed):
            own = [score(one, package) for one in mandates]
            assert panel.scores(package) == own == [Scorer(one).score(package) for one in mandates]


@pytest.mark.parametrize(("rules", "seed"), CASES, ids=lambda case: getattr(case, "id", case))
def test_a_panel_tells_every_role_what_it_needs(rules: RuleSet, seed: int) -> None:
    drawn = [card.id for card in rules.cards[seed::4]]
    mandates = [mandate(rules, role.id, after_cards(rules, drawn)) for role in rules.roles]
    panel = Panel(mandates)
    for package in some_packages(rules, 100, seed):
        assert panel.scores_and_needs(package) == [(score(one, package), needed(one, package)) for one in mandates]
