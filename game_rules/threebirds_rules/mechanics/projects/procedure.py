"""Who may begin which project, and who may stop it."""

from threebirds_rules.mechanics.projects.shapes import Venture
from threebirds_rules.mechanics.settings import Projects
from threebirds_rules.names import RoleId
from threebirds_rules.state import State


def under_way(state: State) -> Venture | None:
    """One at a time: the project that two roles spend this round on, or that one has proposed."""
    return next((one for one in state.progress.ventures if one.standing in {"proposed", "joined"}), None)


def proposable(played: Projects, state: State) -> tuple[str, ...]:
    """The projects that may be proposed: not done yet, and not vetoed in this round."""
    return tuple(one.id for one in played.projects if not _is_spent(state, one.id))


def _is_spent(state: State, project: str) -> bool:
    return any(
        one.standing == "done" or (one.standing == "vetoed" and one.round == state.round)
        for one in state.progress.ventures
        if one.project == project
    )


def may(kind: str, state: State, role: RoleId) -> Venture | None:
    """The project that `role` may join, withdraw or veto now."""
    venture = under_way(state)
    if venture is None:
        return None
    match kind:
        case "join_project":
            allowed = venture.standing == "proposed" and venture.to == role
        case "withdraw_project":
            allowed = venture.standing == "proposed" and venture.role == role
        case _:
            allowed = role not in {venture.role, venture.to}
    return venture if allowed else None
