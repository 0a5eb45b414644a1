"""Declaring a path and priorities, switching the path, and what matches at the end."""

from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.priorities.procedure import declares, in_secret, paths_open
from threebirds_rules.mechanics.priorities.shapes import (
    DeclarePriorities,
    PathSwitched,
    PrioritiesDeclared,
    PrioritiesShown,
)
from threebirds_rules.mechanics.settings import Priorities
from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.play import fits
from threebirds_rules.refusals import RefusedError
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import STATUS_QUO, checked_options

NAME = "priorities"


def declare(turn: Turn, action: DeclarePriorities) -> None:
    played = turn.rules.mechanics.priorities
    if played is None or not declares(turn.rules, turn.role):
        raise RefusedError("illegal_action", "Your delegation has no path to declare.", rule="priorities.role")
    if action.path not in {path.id for path in turn.rules.paths}:
        known = ", ".join(path.id for path in turn.rules.paths)
        raise RefusedError("invalid_action", f"The paths are {known}.", path="path")
    if in_secret(turn.state):
        _declare(turn, played, action)
    else:
        _switch(turn, played, action)


def _declare(turn: Turn, played: Priorities, action: DeclarePriorities) -> None:
    checked_options(turn.rules, dict.fromkeys(action.issues, STATUS_QUO))
    if len(action.issues) != played.count or len(set(action.issues)) != played.count:
        raise RefusedError("invalid_action", f"Name {played.count} different articles.", path="issues")
    turn.emit(
        PrioritiesDeclared(at=turn.now, audience=(turn.role,), role=turn.role, path=action.path, issues=action.issues)
    )


def _switch(turn: Turn, played: Priorities, action: DeclarePriorities) -> None:
    if action.issues:
        raise RefusedError(
            "illegal_action", "After round 1 the path alone can change.", rule="priorities.round", path="issues"
        )
    if turn.state.progress.priorities is None:
        raise RefusedError(
            "illegal_action", "A path is declared before round 2; it can only be switched now.", rule="priorities.round"
        )
    if action.path not in paths_open(turn.rules, turn.state):
        raise RefusedError("illegal_action", "That is your path already.", rule="priorities.path", path="path")
    turn.emit(PathSwitched(at=turn.now, role=turn.role, path=action.path))
    move(turn, NAME, "switched", played.switched, about=action.path)


def ending(turn: Turn, played: Priorities) -> None:
    """At the end everybody learns what was declared."""
    declared = turn.state.progress.priorities
    if declared is not None:
        turn.emit(PrioritiesShown(at=turn.now, role=played.role, path=declared.path, issues=declared.issues))


def beside(rules: RuleSet, state: State, played: Priorities, role: RoleId, package: Package | None) -> list[Adjustment]:
    """What the role gets beside its score, with the text that was adopted or without one."""
    declared = state.progress.priorities
    if role != played.role or declared is None:
        return []
    if package is not None and _takes(rules, declared.path, package) and _changes(rules, declared.issues, package):
        return [Adjustment(points=played.points, text=played.matched)]
    return [Adjustment(points=0, text=played.missed)]


def _takes(rules: RuleSet, name: str, package: Package) -> bool:
    return any(path.id == name and fits(rules, path.when, package) for path in rules.paths)


def _changes(rules: RuleSet, issues: tuple[IssueId, ...], package: Package) -> bool:
    changed = {issue.id for issue, option in zip(rules.issues, package, strict=True) if option != STATUS_QUO}
    return changed.issuperset(issues)
