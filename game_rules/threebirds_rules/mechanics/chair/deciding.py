"""The chair sets the agenda, gives the floor, holds an article back."""

from threebirds_rules.mechanics.chair.procedure import floor_for, hold_obstacle, presides, sets_agenda
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, GiveFloor, HoldItem, ItemHeld, SetAgenda
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.refusals import RefusedError, no_obstacle
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import checked_options


def act(turn: Turn, action: SetAgenda | GiveFloor | HoldItem) -> None:
    entitled = sets_agenda(turn.rules, turn.state, turn.role) and isinstance(action, SetAgenda)
    if not (entitled or presides(turn.rules, turn.role)):
        raise RefusedError("illegal_action", "Only the delegation in the chair does that.", rule="chair.seat")
    match action:
        case SetAgenda(issues=issues):
            _set_agenda(turn, issues)
        case GiveFloor(role=role):
            _give_floor(turn, role)
        case _:
            _hold(turn, action.issue)


def _set_agenda(turn: Turn, issues: tuple[IssueId, ...]) -> None:
    checked_options(turn.rules, dict.fromkeys(issues, 0))
    if len(set(issues)) < len(issues):
        raise RefusedError("invalid_action", "Every article stands on the agenda once.", path="issues")
    if issues != turn.state.progress.agenda:
        turn.emit(AgendaSet(at=turn.now, role=turn.role, issues=issues))


def _give_floor(turn: Turn, role: RoleId | None) -> None:
    if role == turn.state.progress.floor:
        raise RefusedError("illegal_action", "So it is already.", rule="floor.given", path="role")
    if role is not None and role not in floor_for(turn.rules, turn.state):
        raise RefusedError("invalid_action", "Name another delegation that is here.", path="role")
    turn.emit(FloorGiven(at=turn.now, role=turn.role, to=role))


def _hold(turn: Turn, issue: IssueId) -> None:
    checked_options(turn.rules, {issue: 0})
    no_obstacle(hold_obstacle(turn.rules, turn.state))
    turn.emit(ItemHeld(at=turn.now, role=turn.role, round=turn.state.round, issue=issue))
