"""What the bot that concedes does beside the texts: it pledges what it would gladly begin, and keeps its word."""

from threebirds_client.sight import may
from threebirds_client.strategies.situation import Situation
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge
from threebirds_rules.names import IssueId
from threebirds_rules.strategy import Move


def honour(situation: Situation) -> Move | None:
    owed = may(situation.view, "honour")
    return None if owed is None else Move(action=HonourPledge(pledge=owed.choices[0]))


def pledge(situation: Situation) -> Move | None:
    """Lay one down in every round: of all wordings the one that is worth most by itself."""
    if may(situation.view, "pledge") is None or _has_laid(situation):
        return None
    issue, option = _dearest(situation)
    return Move(action=LayPledge(issue=issue, option=option))


def _has_laid(situation: Situation) -> bool:
    seen = situation.view.mechanics.pledges
    role, now = situation.seat.role, situation.clock.round
    return seen is not None and any(one.role == role and one.round == now for one in seen.pledges)


def _dearest(situation: Situation) -> tuple[IssueId, int]:
    judgement = situation.judgement
    single = [
        (issue, option, judgement.gain(tuple(option if place == at else 0 for place in range(len(judgement.sizes)))))
        for at, issue in enumerate(judgement.mandate.issues)
        for option in range(1, judgement.sizes[at])
    ]
    issue, option, _ = max(single, key=lambda one: one[2])
    return issue, option
