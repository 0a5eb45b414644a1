"""Asking for an audit, and what comes of it."""

from threebirds_rules.mechanics.audits.procedure import is_audited, obstacle, on_the_table
from threebirds_rules.mechanics.audits.shapes import AuditAsked, AuditPledge
from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.pledges.shapes import Pledge, Standing
from threebirds_rules.refusals import RefusedError, no_obstacle
from threebirds_rules.turn import Turn


def ask(turn: Turn, action: AuditPledge) -> None:
    pledge = next((one for one in on_the_table(turn.state) if one.id == action.pledge), None)
    if pledge is None:
        raise RefusedError("invalid_action", "There is no such pledge on the table.", path="pledge")
    no_obstacle(obstacle(turn.rules, turn.state, turn.role, pledge), path="pledge")
    turn.emit(AuditAsked(at=turn.now, role=turn.role, pledge=pledge.id, round=turn.state.round))
    _come_out(turn, pledge, pledge.standing)


def pledge_settled(turn: Turn, pledge: Pledge, standing: Standing) -> None:
    """The audit that stood open on this pledge comes out with it."""
    if is_audited(turn.state, pledge):
        _come_out(turn, pledge, standing)


def _come_out(turn: Turn, pledge: Pledge, standing: Standing) -> None:
    played = turn.rules.mechanics.audits
    if played is not None and standing == "honoured":
        move(turn, "audits", "positive", played.positive, about=pledge.id)
    elif played is not None and standing == "broken":
        move(turn, "audits", "negative", played.negative, about=pledge.id)
