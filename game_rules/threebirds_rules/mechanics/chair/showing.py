"""The chair's doings as everybody sees them, and what the chair may do."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.chair.procedure import floor_for, hold_obstacle, presides, sets_agenda
from threebirds_rules.mechanics.chair.shapes import ChairView
from threebirds_rules.mechanics.settings import Chair
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def chair(played: Chair, state: State, role: RoleId | None) -> ChairView:
    progress = state.progress
    return ChairView(
        agenda=progress.agenda,
        floor=progress.floor,
        held=progress.held,
        texts_a_round=played.texts_a_round,
        without_text=None if role is None else played.without_text.get(role, 0),
    )


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    if not (presides(rules, role) or (kind == "set_agenda" and sets_agenda(rules, state, role))):
        return None
    articles = tuple(issue.id for issue in rules.issues)
    match kind:
        case "set_agenda":
            return Legal(kind=kind, choices=articles)
        case "give_floor":
            roles = floor_for(rules, state)
            return Legal(kind=kind, roles=roles) if roles or state.progress.floor is not None else None
        case _:
            return Legal(kind=kind, choices=articles) if hold_obstacle(rules, state) is None else None
