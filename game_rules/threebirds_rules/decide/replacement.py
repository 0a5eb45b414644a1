"""Another version of the rule set takes over between two phases."""

from threebirds_rules import events as facts
from threebirds_rules.decide import phases
from threebirds_rules.procedure import replaceable
from threebirds_rules.refusals import RefusedError
from threebirds_rules.replacing import incompatible
from threebirds_rules.turn import Turn


def replace_rules(turn: Turn, digest: str) -> None:
    new = turn.replacement
    if not replaceable(turn.rules, turn.state):
        raise RefusedError(
            "illegal_action",
            "Rules are replaced before the start or between two phases, while no vote is under way or due.",
            rule="replace.moment",
        )
    if new is None or new.digest != digest:
        raise RefusedError("invalid_action", "No rule set with this digest is known here.", path="digest")
    if digest == turn.state.digest:
        raise RefusedError("illegal_action", "The table goes by these rules already.", rule="replace.same")
    problems = incompatible(turn.rules, new)
    if problems:
        raise RefusedError(
            "illegal_action",
            f"Only numbers and texts may differ. {' '.join(problems[:3])}",
            rule="replace.shape",
            path="digest",
        )
    if turn.state.status == "lobby":
        turn.go_by(new, facts.RulesReplaced(at=turn.now, digest=digest))
        return
    phases.leave(turn, "facilitator")
    turn.go_by(new, facts.RulesReplaced(at=turn.now, digest=digest))
    phases.go_on(turn)
