"""What viewers see of the mechanics that are on."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics import bold_offers
from threebirds_rules.mechanics.archive import showing as archive
from threebirds_rules.mechanics.archive.shapes import ArchiveView
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.mechanics.attribution import showing as attribution
from threebirds_rules.mechanics.attribution.shapes import AttributionView
from threebirds_rules.mechanics.audits import showing as audits
from threebirds_rules.mechanics.audits.shapes import AuditsView
from threebirds_rules.mechanics.chair import showing as chair
from threebirds_rules.mechanics.chair.shapes import ChairView
from threebirds_rules.mechanics.future import showing as future
from threebirds_rules.mechanics.future.shapes import FutureView
from threebirds_rules.mechanics.pledges import showing as pledges
from threebirds_rules.mechanics.pledges.shapes import PledgesView
from threebirds_rules.mechanics.priorities import showing as priorities
from threebirds_rules.mechanics.priorities.shapes import PrioritiesView
from threebirds_rules.mechanics.projects import showing as projects
from threebirds_rules.mechanics.projects.shapes import ProjectsView
from threebirds_rules.mechanics.side_tables import showing as side_tables
from threebirds_rules.mechanics.side_tables.shapes import SideTablesView
from threebirds_rules.names import RoleId, TrackId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


class DevelopmentView(Struct, frozen=True, kw_only=True):
    """`own_shift` is what it did to the viewer's own walk-away."""

    mechanic: str
    effect: str
    text: str
    round: int
    at: int
    about: str
    tracks: Mapping[TrackId, int]
    own_shift: int | None


class MechanicsView(Struct, frozen=True, kw_only=True):
    """`on` names the mechanics of this table; a part is None where its mechanic is off.

    `agenda_right` is the role that may set the next item of the agenda, for the bold offer it made.
    """

    on: tuple[str, ...]
    developments: tuple[DevelopmentView, ...]
    agenda_right: RoleId | None
    archive: ArchiveView | None
    attribution: AttributionView | None
    audits: AuditsView | None
    chair: ChairView | None
    pledges: PledgesView | None
    projects: ProjectsView | None
    side_tables: SideTablesView | None
    priorities: PrioritiesView | None
    future: FutureView | None


def mechanics(rules: RuleSet, state: State, role: RoleId | None, *, facilitates: bool) -> MechanicsView:
    on = rules.mechanics
    return MechanicsView(
        on=on.names,
        developments=tuple(
            DevelopmentView(
                mechanic=one.mechanic,
                effect=one.effect,
                text=on.sentence(one.name),
                round=one.round,
                at=one.at,
                about=one.about,
                tracks=one.tracks,
                own_shift=None if role is None else one.shifts.get(role, 0),
            )
            for one in state.progress.developments
        ),
        agenda_right=bold_offers.agenda_right(state),
        archive=None if on.archive is None else archive.archive(on.archive, state),
        attribution=None
        if on.attribution is None
        else attribution.attribution(rules, on.attribution, state, role, facilitates=facilitates),
        audits=None if on.audits is None else audits.audits(state),
        chair=None if on.chair is None else chair.chair(on.chair, state, role),
        pledges=None if on.pledges is None else pledges.pledges(on.pledges, state, role, facilitates=facilitates),
        projects=None if on.projects is None else projects.projects(on.projects, state),
        side_tables=(
            None if on.side_tables is None else side_tables.side_tables(rules, state, role, facilitates=facilitates)
        ),
        priorities=(
            None
            if on.priorities is None
            else priorities.priorities(on.priorities, state, role, facilitates=facilitates)
        ),
        future=None if on.future is None else future.future(on.future, state, role, facilitates=facilitates),
    )


def possible(rules: RuleSet, state: State, role: RoleId, kind: str) -> Legal | None:
    """What `role` may do of this kind now."""
    return POSSIBLE[MECHANIC_OF[kind]](kind, rules, state, role)


POSSIBLE: Mapping[str, Callable[[str, RuleSet, State, RoleId], Legal | None]] = {
    "archive": archive.possible,
    "attribution": attribution.possible,
    "projects": projects.possible,
    "audits": audits.possible,
    "chair": chair.possible,
    "pledges": pledges.possible,
    "priorities": priorities.possible,
    "side_tables": side_tables.possible,
}
