"""Judgements in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.attribution.shapes import Answer, Attributed, AttributionCounted, Question
from threebirds_rules.mechanics.progress import Progress
from threebirds_rules.names import CardId
from threebirds_rules.state import Drawn, State


def attributed(progress: Progress, event: Attributed) -> Progress:
    answer = Answer(role=event.role, verdict=event.verdict, side=event.side)
    said = [one for question in progress.questions if question.card == event.card for one in question.answers]
    others = tuple(one for one in said if one.role != event.role)
    return _with(progress, Question(card=event.card, answers=(*others, answer)))


def counted(state: State, event: AttributionCounted) -> State:
    """Held to be ill will, the card works the other way from now on, also in what is left of it later."""
    question = Question(card=event.card, answers=event.answers, counted=True, side=event.side)
    cards = state.cards if event.side is None else tuple(_turned(one, event.card) for one in state.cards)
    return replace(state, cards=cards, progress=_with(state.progress, question))


def _turned(drawn: Drawn, card: CardId) -> Drawn:
    if drawn.card != card:
        return drawn
    return replace(drawn, shifts={role: -points for role, points in drawn.shifts.items()})


def _with(progress: Progress, question: Question) -> Progress:
    others = tuple(one for one in progress.questions if one.card != question.card)
    return replace(progress, questions=(*others, question))
