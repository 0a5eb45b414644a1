"""Talking about the impossible already changes positions: a refusal with reasons softens a symbol (P14 P17)."""

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.effects import Beside, move
from threebirds_rules.mechanics.settings import ReasonedRefusals
from threebirds_rules.names import RoleId, RuleId
from threebirds_rules.play import fits, position, seated
from threebirds_rules.ruleset import Rule
from threebirds_rules.scoring import mandate
from threebirds_rules.state import Ballot, Proposal, State
from threebirds_rules.turn import Turn

NAME = "reasoned_refusals"


def text_refused(turn: Turn, played: ReasonedRefusals, text: Proposal, ballot: Ballot | None) -> None:
    """A tabled text was withdrawn, or voted down in this `ballot`. Each text softens once."""
    if text.number is None or not _is_reasoned(text, ballot) or _softened(turn.state, text):
        return
    step = min(played.points, played.at_most - _so_far(turn.state, played))
    for rule in turn.rules.rules:
        if rule.id in played.rules and step > 0 and fits(turn.rules, rule.when, text.package):
            _soften(turn, played, rule, step, text)


def _is_reasoned(text: Proposal, ballot: Ballot | None) -> bool:
    """Somebody said no, and whoever did has named an article and an aspect: the straw poll asks for both."""
    polled = {role for role, opinion in text.opinions.items() if opinion.position == "no"}
    voted = set[RoleId]() if ballot is None else {role for role, cast in ballot.votes.items() if cast.choice == "no"}
    return bool(polled) and voted <= polled


def _softened(state: State, text: Proposal) -> bool:
    return any(one.mechanic == NAME and one.about == text.id for one in state.progress.developments)


def _so_far(state: State, played: ReasonedRefusals) -> int:
    """By how much penalties were softened before."""
    return played.points * sum(one.mechanic == NAME for one in state.progress.developments)


def _soften(turn: Turn, played: ReasonedRefusals, rule: Rule, step: int, text: Proposal) -> None:
    """For every role that the rule costs something now, and never beyond 0."""
    offsets: list[Offset] = []
    for role in seated(turn.state):
        points = _points(turn, role, rule.id)
        if points < 0:
            offsets.append(Offset(points=min(step, -points), role=role, rule=rule.id))
    if offsets:
        move(turn, NAME, "softened", played.softened, about=text.id, beside=Beside(offsets=tuple(offsets)))


def _points(turn: Turn, role: RoleId, rule: RuleId) -> int:
    own = mandate(turn.rules, role, position(turn.state))
    return sum(one.points for one in own.rules if one.id == rule)
