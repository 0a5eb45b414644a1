"""Facts of mechanics, folded into the state."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from threebirds_rules.mechanics.archive import folding as archive
from threebirds_rules.mechanics.archive.shapes import ArchiveClosed, ArchiveProposed
from threebirds_rules.mechanics.attribution import folding as attribution
from threebirds_rules.mechanics.attribution.shapes import Attributed, AttributionCounted
from threebirds_rules.mechanics.audits import folding as audits
from threebirds_rules.mechanics.audits.shapes import AuditAsked
from threebirds_rules.mechanics.chair import folding as chair
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, ItemHeld
from threebirds_rules.mechanics.facts import MechanicFact, PositionMoved
from threebirds_rules.mechanics.future import folding as future
from threebirds_rules.mechanics.future.shapes import FutureDrawn
from threebirds_rules.mechanics.pledges import folding as pledges
from threebirds_rules.mechanics.pledges.shapes import PledgeLaid, PledgeSettled, PledgesShown
from threebirds_rules.mechanics.priorities import folding as priorities
from threebirds_rules.mechanics.priorities.shapes import PathSwitched, PrioritiesDeclared, PrioritiesShown
from threebirds_rules.mechanics.progress import Development, Progress
from threebirds_rules.mechanics.projects import folding as projects
from threebirds_rules.mechanics.projects.shapes import ProjectJoined, ProjectOver, ProjectProposed
from threebirds_rules.mechanics.side_tables import folding as side_tables
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialBroken, InitialPut
from threebirds_rules.scoring import added
from threebirds_rules.state import State
from threebirds_rules.tagged import Fact


def evolved(state: State, event: MechanicFact) -> State:
    if isinstance(event, PositionMoved):
        return _moved(state, event)
    if isinstance(event, AttributionCounted):
        return attribution.counted(state, event)
    if isinstance(event, InitialBroken):  # what it was broken by is answered, and cannot be taken back
        state = replace(state, undoable={role: last for role, last in state.undoable.items() if role != event.role})
    return replace(state, progress=FOLDS[type(event)](state.progress, event))


FOLDS: Mapping[type[Fact], Callable[[Progress, Any], Progress]] = {
    PledgeLaid: pledges.laid,
    PledgesShown: pledges.shown,
    PledgeSettled: pledges.settled,
    AgendaSet: chair.evolved,
    FloorGiven: chair.evolved,
    ItemHeld: chair.evolved,
    AuditAsked: audits.asked,
    Attributed: attribution.attributed,
    ArchiveProposed: archive.proposed,
    ArchiveClosed: archive.closed,
    ProjectProposed: projects.proposed,
    ProjectJoined: projects.joined,
    ProjectOver: projects.over,
    InitialPut: side_tables.folded,
    ArticleInitialled: side_tables.folded,
    InitialBroken: side_tables.folded,
    PrioritiesDeclared: priorities.folded,
    PathSwitched: priorities.folded,
    PrioritiesShown: priorities.folded,
    FutureDrawn: future.drawn,
}
"""Of the facts that change nothing but their mechanic's progress."""


def _moved(state: State, event: PositionMoved) -> State:
    return replace(
        state,
        tracks=added(state.tracks, event.tracks),
        shifts=added(state.shifts, event.shifts),
        offsets=(*state.offsets, *event.offsets),
        woken=(*state.woken, *(rule for rule in event.woken if rule not in state.woken)),
        progress=replace(state.progress, developments=(*state.progress.developments, _development(event))),
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
