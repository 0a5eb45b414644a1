"""Pledges as a viewer sees them: face down ones are their seat's alone."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.pledges.procedure import are_shown, may_lay, owed, wordings
from threebirds_rules.mechanics.pledges.shapes import PledgesView
from threebirds_rules.mechanics.settings import Pledges
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def pledges(played: Pledges, state: State, role: RoleId | None, *, facilitates: bool) -> PledgesView:
    seen = [one for one in state.progress.pledges if one.standing != "down" or one.role == role or facilitates]
    return PledgesView(sides=played.sides, pledges=tuple(seen))


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    return lay(rules, state, role) if kind == "pledge" else answer(kind, rules, state, role)


def lay(rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    options = wordings(rules, state, role) if may_lay(rules, role) and not are_shown(state) else {}
    return Legal(kind="pledge", options=options) if options else None


def answer(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    due = tuple(one.id for one in owed(rules, state, role))
    return Legal(kind=kind, choices=due) if due else None
