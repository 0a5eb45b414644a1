"""Who may have which pledge examined."""

from threebirds_rules.mechanics.pledges.shapes import Pledge
from threebirds_rules.mechanics.sides import Sides, across
from threebirds_rules.names import RoleId
from threebirds_rules.refusals import Obstacle
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def on_the_table(state: State) -> tuple[Pledge, ...]:
    """One that lies face down is not there for anybody."""
    return tuple(one for one in state.progress.pledges if one.standing != "down")


def obstacle(rules: RuleSet, state: State, role: RoleId, pledge: Pledge) -> Obstacle | None:
    """Why `role` may not have this pledge examined; None if it may."""
    if pledge.standing in {"unmatched", "lapsed"}:
        return ("audit.owed", "Nobody has to answer for this pledge: there is nothing to examine.")
    if not across(_sides(rules), role, (pledge.role,)):
        return ("audit.side", "Only a delegation of another side asks for an audit.")
    if is_audited(state, pledge):
        return ("audit.once", "This pledge has been examined, or is being examined: each is only once.")
    if _is_proved(state, pledge):
        return ("audit.proved", "This delegation has proved that it keeps this article: nobody asks again.")
    return None


def _sides(rules: RuleSet) -> Sides:
    return () if rules.mechanics.pledges is None else rules.mechanics.pledges.sides


def is_audited(state: State, pledge: Pledge) -> bool:
    return any(one.pledge == pledge.id for one in state.progress.audits)


def _is_proved(state: State, pledge: Pledge) -> bool:
    """Whether an audit of this role on this article has come out well."""
    return any(
        one.standing == "honoured" and (one.role, one.issue) == (pledge.role, pledge.issue) and is_audited(state, one)
        for one in state.progress.pledges
    )
