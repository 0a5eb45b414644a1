"""The rule sets that ship with the project."""

from functools import cache
from importlib.resources import files

from threebirds_rules.loading.rule_sets import load
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import RuleSet

_FOLDER = files("threebirds_rules") / "scenarios"
_SUFFIX = ".yaml"


class UnknownScenarioError(LookupError):
    """`nearest` is the scenario that was probably meant."""

    def __init__(self, scenario: str) -> None:
        self.nearest = nearest(scenario, scenario_ids())
        hint = f"did you mean {self.nearest}?" if self.nearest else f"there are {', '.join(scenario_ids())}"
        super().__init__(f"there is no scenario {scenario}; {hint}")


def scenario_ids() -> tuple[str, ...]:
    """The ids that `load_scenario` knows, in alphabetical order."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


@cache
def load_scenario(scenario: str) -> RuleSet:
    """The rule set of a scenario; raises UnknownScenarioError."""
    return load(scenario_text(scenario), source=f"{scenario}{_SUFFIX}")


def scenario_text(scenario: str) -> str:
    """The document of a scenario; raises UnknownScenarioError."""
    if scenario not in scenario_ids():
        raise UnknownScenarioError(scenario)
    return (_FOLDER / f"{scenario}{_SUFFIX}").read_text(encoding="utf-8")
