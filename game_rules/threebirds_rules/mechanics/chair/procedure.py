"""What the chair may do now, and what it keeps others from."""

from threebirds_rules.mechanics.bold_offers import agenda_right
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.refusals import Obstacle
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Proposal, State


def presides(rules: RuleSet, role: RoleId) -> bool:
    return any(one.id == role and one.chair for one in rules.roles)


def sets_agenda(rules: RuleSet, state: State, role: RoleId) -> bool:
    """The chair, and whoever won the right to the next item by a bold offer."""
    return presides(rules, role) or agenda_right(state) == role


def floor_for(rules: RuleSet, state: State) -> tuple[RoleId, ...]:
    """To whom the floor can go: whoever sits here, but for the chair and whoever has it."""
    return tuple(
        seat.role
        for seat in state.seats
        if seat.occupied and seat.role != state.progress.floor and not presides(rules, seat.role)
    )


def hold_obstacle(rules: RuleSet, state: State) -> Obstacle | None:
    """Why no article can be held back now."""
    if state.round == rules.schedule.rounds:
        return ("hold.last_round", "In the last round nothing can be held back.")
    if held_now(state) is not None:
        return ("hold.once", "One article is held back in this round already.")
    return None


def held_now(state: State) -> IssueId | None:
    held = state.progress.held
    return held.issue if held is not None and held.round == state.round else None


def vote_obstacle(rules: RuleSet, state: State, proposal: Proposal) -> Obstacle | None:
    """A text that changes the article which the chair holds back waits for the next round."""
    held = held_now(state)
    for issue, option in zip(rules.issues, proposal.package, strict=True):
        if issue.id == held and option != 0:
            return ("vote.held", f"The chair holds “{issue.title}” back in this round, and this text changes it.")
    return None


def table_obstacle(rules: RuleSet, state: State, role: RoleId) -> Obstacle | None:
    """The chair tables so many texts in a round; one that it took back does not count."""
    played = rules.mechanics.chair
    if played is None or not presides(rules, role):
        return None
    own = [text for text in state.proposals if text.sponsor == role and text.number and text.round == state.round]
    if sum(text.status != "taken_back" for text in own) < played.texts_a_round:
        return None
    return ("table.single", "The chair has tabled its text of this round; it can still be amended.")


def is_single(rules: RuleSet, proposal: Proposal) -> bool:
    """Whether it is a text of the chair's for all to work on."""
    return rules.mechanics.chair is not None and proposal.number is not None and presides(rules, proposal.sponsor)
