"""Agenda, floor and the article held back, in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, HeldItem, ItemHeld
from threebirds_rules.mechanics.progress import Progress


def evolved(progress: Progress, event: AgendaSet | FloorGiven | ItemHeld) -> Progress:
    match event:
        case AgendaSet(issues=issues):
            return replace(progress, agenda=issues)
        case FloorGiven(to=to):
            return replace(progress, floor=to)
        case _:
            return replace(progress, held=HeldItem(issue=event.issue, round=event.round))


def phase_opened(progress: Progress) -> Progress:
    """Nobody keeps the floor into the next phase."""
    return progress if progress.floor is None else replace(progress, floor=None)
