"""The facts that mechanics add to the log, and which of their fields leave the table."""

from collections.abc import Mapping

from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.archive.shapes import ArchiveClosed, ArchiveProposed
from threebirds_rules.mechanics.attribution.shapes import Attributed, AttributionCounted
from threebirds_rules.mechanics.audits.shapes import AuditAsked
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, ItemHeld
from threebirds_rules.mechanics.future.shapes import FutureDrawn
from threebirds_rules.mechanics.pledges.shapes import PledgeLaid, PledgeSettled, PledgesShown
from threebirds_rules.mechanics.priorities.shapes import (
    PathSwitched,
    PrioritiesDeclared,
    PrioritiesFact,
    PrioritiesShown,
)
from threebirds_rules.mechanics.projects.shapes import ProjectJoined, ProjectOver, ProjectProposed
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialBroken, InitialPut, SideTableFact
from threebirds_rules.names import RoleId, RuleId, TrackId
from threebirds_rules.tagged import Fact


class PositionMoved(Fact, frozen=True, tag="position_moved"):
    """A mechanic moved what texts or walking away are worth. `about` is what it came from, such as a pledge or text."""

    mechanic: str
    effect: str
    round: int
    about: str
    tracks: Mapping[TrackId, int]
    shifts: Mapping[RoleId, int]
    offsets: tuple[Offset, ...]
    woken: tuple[RuleId, ...]


MechanicFact = (
    PositionMoved
    | PledgeLaid
    | PledgesShown
    | PledgeSettled
    | AgendaSet
    | FloorGiven
    | ItemHeld
    | SideTableFact
    | AuditAsked
    | Attributed
    | AttributionCounted
    | PrioritiesFact
    | FutureDrawn
    | ArchiveProposed
    | ArchiveClosed
    | ProjectProposed
    | ProjectJoined
    | ProjectOver
)

SHOWN: Mapping[type[Fact], tuple[str, ...]] = {
    PositionMoved: ("mechanic", "effect", "round", "about", "tracks"),
    PledgeLaid: ("role", "round", "issue", "option"),
    PledgesShown: ("round", "pledges"),
    PledgeSettled: ("pledge", "role", "standing"),
    AgendaSet: ("role", "issues"),
    FloorGiven: ("role", "to"),
    ItemHeld: ("role", "round", "issue"),
    InitialPut: ("table", "role", "round", "issue", "option"),
    ArticleInitialled: ("initial", "table", "round", "issue", "option", "parties"),
    InitialBroken: ("initial", "role", "proposal"),
    AuditAsked: ("role", "pledge", "round"),
    Attributed: ("role", "card", "verdict", "side"),
    AttributionCounted: ("card", "answers", "side"),
    PrioritiesDeclared: ("role", "path", "issues"),
    PathSwitched: ("role", "path"),
    PrioritiesShown: ("role", "path", "issues"),
    FutureDrawn: ("card",),
    ArchiveProposed: ("offer", "role", "to", "round", "note"),
    ArchiveClosed: ("offer", "role", "standing"),
    ProjectProposed: ("project", "role", "to", "round"),
    ProjectJoined: ("project", "role"),
    ProjectOver: ("project", "role", "standing"),
}
"""Shifts, offsets and surpluses stay: each seat finds its own in its mandate, and nobody another's."""


def openly_acting(event: MechanicFact) -> RoleId | None:
    """The seat that did this before everybody's eyes."""
    match event:
        case AgendaSet() | FloorGiven() | ItemHeld() | AuditAsked() | PathSwitched():
            return event.role
        case ArchiveProposed() | ArchiveClosed() | ProjectProposed() | ProjectJoined() | ProjectOver():
            return event.role
        case PledgeSettled(standing="honoured" | "broken"):
            return event.role
        case _:
            return None
