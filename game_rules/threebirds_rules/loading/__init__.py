"""Rule sets from the documents that people write. The only part of the engine that reads YAML or files."""

from threebirds_rules.loading.problems import Problem, RuleSetError
from threebirds_rules.loading.rule_sets import Accepted, Loaded, load, load_with_positions
from threebirds_rules.loading.scenarios import UnknownScenarioError, load_scenario, scenario_ids, scenario_text
from threebirds_rules.loading.vocabulary import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "Accepted",
    "Loaded",
    "Problem",
    "RuleSetError",
    "UnknownScenarioError",
    "load",
    "load_scenario",
    "load_with_positions",
    "scenario_ids",
    "scenario_text",
]
