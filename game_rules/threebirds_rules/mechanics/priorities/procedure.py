"""Who may declare what now."""

from threebirds_rules.mechanics.priorities.shapes import Declared
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def declares(rules: RuleSet, role: RoleId) -> bool:
    played = rules.mechanics.priorities
    return played is not None and played.role == role


def in_secret(state: State) -> bool:
    """Before round 2; after that a declaration is a switch before everybody."""
    return state.round <= 1


def paths_open(rules: RuleSet, state: State) -> tuple[str, ...]:
    """The paths that can be chosen now; the one declared cannot be switched to."""
    declared = state.progress.priorities
    if in_secret(state):
        return tuple(path.id for path in rules.paths)
    return tuple(path.id for path in rules.paths if declared is not None and path.id != declared.path)


def known_to(declared: Declared | None, *, insider: bool) -> Declared | None:
    """What a viewer may know of it."""
    if declared is None or insider or declared.shown:
        return declared
    return Declared(path=declared.path, issues=(), switched=True) if declared.switched else None
