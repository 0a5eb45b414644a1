"""Who may lay, honour or renege now."""

from threebirds_rules.mechanics.pledges.shapes import Pledge
from threebirds_rules.mechanics.settings import Pledges
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.play import current_phase, implementing
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def may_lay(rules: RuleSet, role: RoleId) -> bool:
    """Only a role that is on one of the sides."""
    played = rules.mechanics.pledges
    return played is not None and any(role in side for side in played.sides)


def are_shown(state: State) -> bool:
    """Whether this round's pledges lie open: after that nobody lays one before the next round."""
    return any(one.standing != "down" for one in laid(state, state.round))


def started(state: State, role: RoleId) -> frozenset[tuple[IssueId, int]]:
    """The wordings that this role has begun already: it cannot start them early once more."""
    honoured = (one for one in state.progress.pledges if one.role == role and one.standing == "honoured")
    return frozenset((one.issue, one.option) for one in honoured)


def wordings(rules: RuleSet, state: State, role: RoleId) -> dict[IssueId, tuple[int, ...]]:
    """What this role can pledge: any new wording that it has not started."""
    begun = started(state, role)
    left = {
        issue.id: tuple(option for option in range(1, len(issue.options)) if (issue.id, option) not in begun)
        for issue in rules.issues
    }
    return {issue: options for issue, options in left.items() if options}


def owed(rules: RuleSet, state: State, role: RoleId) -> tuple[Pledge, ...]:
    """The pledges that this role has to answer for now: in the round after it laid them, or once a text is adopted."""
    at_once = implementing(rules, state)
    return tuple(
        one
        for one in state.progress.pledges
        if one.role == role and one.standing == "due" and (at_once or one.round < state.round)
    )


def falls_due(rules: RuleSet, state: State, role: RoleId) -> bool:
    """Whether the end of this phase settles a pledge that this role has not answered."""
    settles = implementing(rules, state) or "pledge" in current_phase(rules, state).actions
    return settles and bool(owed(rules, state, role))


def laid(state: State, round_number: int) -> tuple[Pledge, ...]:
    return tuple(one for one in state.progress.pledges if one.round == round_number)


def matched(played: Pledges, pledges: tuple[Pledge, ...]) -> bool:
    """Whether every side has laid one."""
    roles = {one.role for one in pledges}
    return all(not roles.isdisjoint(side) for side in played.sides)
