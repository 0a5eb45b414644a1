"""Judgements as a viewer sees them: until they are counted each seat knows its own."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.attribution.procedure import open_cards, question, sides
from threebirds_rules.mechanics.attribution.shapes import AttributionView, QuestionView, SideView
from threebirds_rules.mechanics.settings import Attribution
from threebirds_rules.names import CardId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def attribution(
    rules: RuleSet, played: Attribution, state: State, role: RoleId | None, *, facilitates: bool
) -> AttributionView:
    asked = open_cards(rules, state)
    told = {one.card for one in state.progress.questions if one.counted}
    return AttributionView(
        sides=tuple(SideView(id=side.id, name=side.name, roles=side.roles) for side in played.sides),
        questions=tuple(
            _question(state, drawn.card, role, open_now=drawn.card in asked, facilitates=facilitates)
            for drawn in state.cards
            if drawn.card in asked or drawn.card in told
        ),
    )


def _question(state: State, card: CardId, role: RoleId | None, *, open_now: bool, facilitates: bool) -> QuestionView:
    known = question(state, card)
    seen = [one for one in known.answers if known.counted or facilitates or one.role == role]
    return QuestionView(card=card, open=open_now, answers=tuple(seen), side=known.side)


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:  # noqa: ARG001  # all may alike
    cards = open_cards(rules, state)
    return Legal(kind=kind, choices=cards, sides=sides(rules)) if cards else None
