"""Rule sets from the documents that people write. The only part of the engine that reads YAML or files."""

from threebirds_rules.loading.problems import Problem, RuleSetError
from threebirds_rules.loading.rule_sets import load
from threebirds_rules.loading.scenarios import UnknownScenarioError, load_scenario, scenario_ids

__all__ = ["Problem", "RuleSetError", "UnknownScenarioError", "load", "load_scenario", "scenario_ids"]
