"""Priorities as a viewer sees them: those of one's own seat, or what everybody has learnt."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.priorities.procedure import declares, in_secret, known_to, paths_open
from threebirds_rules.mechanics.priorities.shapes import PrioritiesView
from threebirds_rules.mechanics.settings import Priorities
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def priorities(played: Priorities, state: State, role: RoleId | None, *, facilitates: bool) -> PrioritiesView:
    known = known_to(state.progress.priorities, insider=facilitates or role == played.role)
    return PrioritiesView(
        role=played.role,
        count=played.count,
        points=played.points,
        path=None if known is None else known.path,
        issues=() if known is None else known.issues,
        switched=known is not None and known.switched,
    )


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    """In secret with issues to choose from; later the other paths alone."""
    paths = paths_open(rules, state)
    if not declares(rules, role) or not paths:
        return None
    issues = rules.issues if in_secret(state) else ()
    return Legal(
        kind=kind,
        choices=paths,
        options={issue.id: tuple(range(1, len(issue.options))) for issue in issues},
    )
