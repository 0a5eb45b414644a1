"""Beginning projects, stopping them, and what they carry."""

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.projects.procedure import may, proposable, under_way
from threebirds_rules.mechanics.projects.shapes import (
    JoinProject,
    Over,
    ProjectJoined,
    ProjectOver,
    ProjectProposed,
    ProposeProject,
    Venture,
    VetoProject,
    WithdrawProject,
)
from threebirds_rules.mechanics.settings import Project, Projects
from threebirds_rules.mechanics.sides import partners
from threebirds_rules.names import RoleId
from threebirds_rules.play import seated
from threebirds_rules.refusals import RefusedError
from threebirds_rules.turn import Turn

REFUSALS = {
    "join_project": "Nobody waits for you to join this project.",
    "withdraw_project": "You have not proposed this project, or it has begun.",
    "veto_project": "This project is not under way, or it is your own.",
}


def act(turn: Turn, action: ProposeProject | JoinProject | WithdrawProject | VetoProject) -> None:
    match action:
        case ProposeProject():
            _propose(turn, action)
        case JoinProject():
            venture = _checked(turn, "join_project", action.project)
            turn.emit(ProjectJoined(at=turn.now, project=venture.project, role=turn.role))
        case WithdrawProject():
            _end(turn, _checked(turn, "withdraw_project", action.project), "withdrawn", turn.role)
        case _:
            _end(turn, _checked(turn, "veto_project", action.project), "vetoed", turn.role)


def _propose(turn: Turn, action: ProposeProject) -> None:
    played = turn.rules.mechanics.projects
    if played is None or action.project not in {one.id for one in played.projects}:
        raise RefusedError("invalid_action", "There is no such project.", path="project")
    if under_way(turn.state) is not None:
        raise RefusedError("illegal_action", "One project at a time: another is under way.", rule="project.one")
    if action.project not in proposable(played, turn.state):
        sentence = "This project has been done, or was vetoed in this round."
        raise RefusedError("illegal_action", sentence, rule="project.once", path="project")
    if action.to not in partners(played.sides, turn.state, turn.role):
        sentence = "A project is of two sides: name a delegation of the other one that is at the table."
        raise RefusedError("illegal_action", sentence, rule="project.side", path="to")
    turn.emit(
        ProjectProposed(at=turn.now, project=action.project, role=turn.role, to=action.to, round=turn.state.round)
    )


def _checked(turn: Turn, kind: str, project: str) -> Venture:
    venture = may(kind, turn.state, turn.role)
    if venture is None or venture.project != project:
        raise RefusedError("illegal_action", REFUSALS[kind], rule="project.role", path="project")
    return venture


def _end(turn: Turn, venture: Venture, standing: Over, role: RoleId | None) -> None:
    turn.emit(ProjectOver(at=turn.now, project=venture.project, role=role, standing=standing))


def phase_closing(turn: Turn) -> None:
    """Who was asked and has not joined lets it lapse; and no project outlives the talks."""
    venture = under_way(turn.state)
    if venture is not None and (venture.standing == "proposed" or turn.state.adoption is not None):
        _end(turn, venture, "lapsed", None)


def round_closing(turn: Turn, played: Projects) -> None:
    """Two have spent the round on it, and nobody has said no."""
    venture = under_way(turn.state)
    if venture is None:
        return
    _end(turn, venture, "done", None)
    project = next(one for one in played.projects if one.id == venture.project)
    move(turn, "projects", "done", played.done, about=project.id, beside=Beside(offsets=_gained(turn, project)))


def _gained(turn: Turn, project: Project) -> tuple[Offset, ...]:
    return tuple(
        Offset(points=project.points, role=role, option=(project.issue, option))
        for role in seated(turn.state)
        for option in project.options
    )
