"""What goes over HTTP in the place of frames: the body of an action, and its answer."""

from msgspec import Struct, field

from threebirds_rules.names import PhaseKey
from threebirds_wire.frames import Act, AskedAction, Cid, Count, If, TableId, ViewerName


class ActionBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An `act` frame without what the address says already. `phase` is the one the sender saw."""

    viewer: ViewerName
    cid: Cid
    phase: PhaseKey
    action: AskedAction
    given: If | None = field(default=None, name="if")
    dry: bool = False

    def at(self, table: TableId) -> Act:
        """The same as a frame."""
        return Act(
            id=0,
            table=table,
            viewer=self.viewer,
            cid=self.cid,
            phase=self.phase,
            action=self.action,
            given=self.given,
            dry=self.dry,
        )


class Done(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Committed. `n` is the viewer's number of the last event; `dup` says that the answer was given before."""

    ok: bool
    dup: bool = False
    n: Count | None = None
