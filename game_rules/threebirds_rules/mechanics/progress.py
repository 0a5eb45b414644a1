"""What mechanics add to a table's state."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.mechanics.archive.shapes import ArchiveOffer
from threebirds_rules.mechanics.attribution.shapes import Question
from threebirds_rules.mechanics.audits.shapes import Audit
from threebirds_rules.mechanics.chair.shapes import HeldItem
from threebirds_rules.mechanics.future.shapes import DrawnFuture
from threebirds_rules.mechanics.pledges.shapes import Pledge
from threebirds_rules.mechanics.priorities.shapes import Declared
from threebirds_rules.mechanics.projects.shapes import Venture
from threebirds_rules.mechanics.side_tables.shapes import SideTablesState
from threebirds_rules.names import IssueId, RoleId, TrackId


class Development(Struct, frozen=True, kw_only=True):
    """An effect that came about: what it moved, and what it came from."""

    mechanic: str
    effect: str
    round: int
    at: int
    about: str
    tracks: Mapping[TrackId, int]
    shifts: Mapping[RoleId, int]

    @property
    def name(self) -> str:
        """As endings call it."""
        return f"{self.mechanic}.{self.effect}"


class Progress(Struct, frozen=True, kw_only=True):
    developments: tuple[Development, ...] = ()
    agreed_in: int = 0
    """The last round in which a sponsor took another's wording of an article, or a side table initialled one."""
    pledges: tuple[Pledge, ...] = ()
    agenda: tuple[IssueId, ...] = ()
    floor: RoleId | None = None
    held: HeldItem | None = None
    side_tables: SideTablesState = SideTablesState()
    archive_offers: tuple[ArchiveOffer, ...] = ()
    ventures: tuple[Venture, ...] = ()
    """What was made of `projects`."""
    audits: tuple[Audit, ...] = ()
    questions: tuple[Question, ...] = ()
    """What was said of objective cards, for `attribution`."""
    priorities: Declared | None = None
    future: DrawnFuture | None = None
