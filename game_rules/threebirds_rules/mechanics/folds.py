"""Facts of mechanics, folded into the state."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from threebirds_rules.mechanics.chair import folding as chair
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, ItemHeld
from threebirds_rules.mechanics.facts import MechanicFact, PositionMoved
from threebirds_rules.mechanics.pledges import folding as pledges
from threebirds_rules.mechanics.pledges.shapes import PledgeLaid, PledgesShown
from threebirds_rules.mechanics.progress import Development, Progress
from threebirds_rules.mechanics.side_tables import folding as side_tables
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialBroken, InitialPut
from threebirds_rules.state import State

Name = TypeVar("Name", bound=str)


def evolved(state: State, event: MechanicFact) -> State:
    if isinstance(event, PositionMoved):
        return _moved(state, event)
    if isinstance(event, InitialBroken):  # what it was broken by is answered, and cannot be taken back
        state = replace(state, undoable={role: last for role, last in state.undoable.items() if role != event.role})
    return replace(state, progress=_progress(state.progress, event))


def _progress(progress: Progress, event: MechanicFact) -> Progress:
    match event:
        case PositionMoved():
            return replace(progress, developments=(*progress.developments, _development(event)))
        case InitialPut() | ArticleInitialled() | InitialBroken():
            return side_tables.folded(progress, event)
        case PledgeLaid():
            return pledges.laid(progress, event)
        case AgendaSet() | FloorGiven() | ItemHeld():
            return chair.evolved(progress, event)
        case PledgesShown():
            return pledges.shown(progress, event)
        case _:
            return pledges.settled(progress, event)


def _moved(state: State, event: PositionMoved) -> State:
    return replace(
        state,
        tracks=added(state.tracks, event.tracks),
        shifts=added(state.shifts, event.shifts),
        offsets=(*state.offsets, *event.offsets),
        woken=(*state.woken, *(rule for rule in event.woken if rule not in state.woken)),
        progress=_progress(state.progress, event),
    )


def _development(event: PositionMoved) -> Development:
    return Development(
        mechanic=event.mechanic,
        effect=event.effect,
        round=event.round,
        at=event.at,
        about=event.about,
        tracks=event.tracks,
        shifts=event.shifts,
    )


def added(sums: Mapping[Name, int], more: Mapping[Name, int]) -> dict[Name, int]:
    return {**sums, **{name: sums.get(name, 0) + points for name, points in more.items()}}
