"""What the bot that concedes does beside the texts.

It pledges what it would gladly begin, keeps its word, takes the hand that is held out, and suspects nobody.
"""

from collections.abc import Mapping

from threebirds_client.sight import may
from threebirds_client.strategies.situation import Situation
from threebirds_rules.mechanics.archive.shapes import JoinArchive
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge
from threebirds_rules.mechanics.projects.shapes import JoinProject
from threebirds_rules.names import CardId, IssueId
from threebirds_rules.strategy import Move


def honour(situation: Situation) -> Move | None:
    owed = may(situation.view, "honour")
    return None if owed is None else Move(action=HonourPledge(pledge=owed.choices[0]))


def join(situation: Situation) -> Move | None:
    """An entry of the dossier to put away, or a project to carry out, with whoever asks."""
    for offer in _choices(situation, "join_archive"):
        return Move(action=JoinArchive(offer=offer))
    for project in _choices(situation, "join_project"):
        return Move(action=JoinProject(project=project))
    return None


def judge(situation: Situation) -> Move | None:
    """Arrangements have failed: it lays no event on anybody's intent."""
    seen = situation.view.mechanics.attribution
    said = set[CardId]()
    for question in () if seen is None else seen.questions:
        said.update(question.card for answer in question.answers if answer.role == situation.seat.role)
    for card in _choices(situation, "attribute"):
        if card not in said:
            return Move(action=Attribute(card=CardId(card), verdict="failure"))
    return None


def _choices(situation: Situation, kind: str) -> tuple[str, ...]:
    possible = may(situation.view, kind)
    return () if possible is None else possible.choices


def pledge(situation: Situation) -> Move | None:
    """Lay one down in every round: of all wordings that are left the one that is worth most by itself."""
    possible = may(situation.view, "pledge")
    if possible is None or _has_laid(situation):
        return None
    issue, option = _dearest(situation, possible.options)
    return Move(action=LayPledge(issue=issue, option=option))


def _has_laid(situation: Situation) -> bool:
    seen = situation.view.mechanics.pledges
    role, now = situation.seat.role, situation.clock.round
    return seen is not None and any(one.role == role and one.round == now for one in seen.pledges)


def _dearest(situation: Situation, possible: Mapping[IssueId, tuple[int, ...]]) -> tuple[IssueId, int]:
    judgement = situation.judgement
    single = [
        (issue, option, judgement.gain(tuple(option if place == at else 0 for place in range(len(judgement.sizes)))))
        for at, issue in enumerate(judgement.mandate.issues)
        for option in possible.get(issue, ())
    ]
    issue, option, _ = max(single, key=lambda one: one[2])
    return issue, option
