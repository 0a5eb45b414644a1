"""Who may lay, honour or renege now."""

from threebirds_rules.mechanics.pledges.shapes import Pledge
from threebirds_rules.mechanics.settings import Pledges
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def may_lay(rules: RuleSet, role: RoleId) -> bool:
    """Only a role that is on one of the sides."""
    played = rules.mechanics.pledges
    return played is not None and any(role in side for side in played.sides)


def are_shown(state: State) -> bool:
    """Whether this round's pledges lie open: after that nobody lays one before the next round."""
    return any(one.standing != "down" for one in laid(state, state.round))


def wordings(rules: RuleSet) -> dict[IssueId, tuple[int, ...]]:
    """What can be pledged: any new wording."""
    return {issue.id: tuple(range(1, len(issue.options))) for issue in rules.issues}


def owed(state: State, role: RoleId) -> tuple[Pledge, ...]:
    """The pledges that this role has yet to honour."""
    return tuple(one for one in state.progress.pledges if one.role == role and one.standing == "due")


def laid(state: State, round_number: int) -> tuple[Pledge, ...]:
    return tuple(one for one in state.progress.pledges if one.round == round_number)


def matched(played: Pledges, pledges: tuple[Pledge, ...]) -> bool:
    """Whether every side has laid one."""
    roles = {one.role for one in pledges}
    return all(not roles.isdisjoint(side) for side in played.sides)
